import { createSignal, Show } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

type Rating = 'easy' | 'hard'

/** The end, whichever it is: what happened, what to do, and one tap of feedback. */
export const Ended = (props: StepProps<'ended'>) => {
  const later = useLaterCopy()
  const [rating, setRating] = createSignal<Rating | null>(null)
  const [comment, setComment] = createSignal('')
  const [isSent, setSent] = createSignal(false)
  const words = () => later().ended[props.step.ending]
  const give = async (value: Rating) => {
    setRating(value)
    await send(value, null)
  }
  const send = (value: Rating, text: string | null) =>
    props.visit.go('portal.feedback', { body: { rating: value, comment: text } })
  const sendComment = async (event: Event) => {
    event.preventDefault()
    await send(rating() ?? 'easy', comment().trim() || null)
    setSent(true)
  }
  return (
    <StepPage heading={words()[0]}>
      <p>{words()[1]}</p>
      <Show when={!props.step.feedbackGiven}>
        <section class="card" aria-label={later().feedback.heading}>
          <Show when={!isSent()} fallback={<p role="status">{later().feedback.thanks}</p>}>
            <h2>{later().feedback.heading}</h2>
            <div class="choices two">
              <button
                type="button"
                class="choice"
                aria-pressed={rating() === 'easy'}
                onClick={() => void give('easy')}
              >
                {later().feedback.easy}
              </button>
              <button
                type="button"
                class="choice"
                aria-pressed={rating() === 'hard'}
                onClick={() => void give('hard')}
              >
                {later().feedback.hard}
              </button>
            </div>
            <Show when={rating()}>
              <form onSubmit={(event) => void sendComment(event)}>
                <div class="field">
                  <label for="comment">{later().feedback.comment}</label>
                  <textarea
                    id="comment"
                    rows="3"
                    maxlength="1000"
                    value={comment()}
                    onInput={(event) => setComment(event.currentTarget.value)}
                  />
                </div>
                <button class="main">{later().feedback.send}</button>
              </form>
            </Show>
          </Show>
        </section>
      </Show>
    </StepPage>
  )
}
