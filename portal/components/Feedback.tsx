import { createSignal, Show } from 'solid-js'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'
import { Each } from './Each.tsx'

const ratings = ['easy', 'hard'] as const
type Rating = (typeof ratings)[number]

/** One tap is sent at once; a comment may follow and is sent with the same rating. */
export const Feedback = (props: { visit: Visit }) => {
  const later = useLaterCopy()
  const [rating, setRating] = createSignal<Rating | null>(null)
  const [comment, setComment] = createSignal('')
  const [isSent, setSent] = createSignal(false)
  const send = async (value: Rating, text: string | null): Promise<boolean> =>
    (await props.visit.go('portal.feedback', { body: { rating: value, comment: text } })) !== null
  const rate = async (value: Rating) => {
    if (value === rating()) return
    setRating(value)
    // Not sent: the same tap tries again.
    if (!(await send(value, null))) setRating(null)
  }
  const sendComment = async (event: Event) => {
    event.preventDefault()
    const value = rating()
    if (value !== null) setSent(await send(value, comment().trim() || null))
  }
  return (
    <section class="card" aria-label={later().feedback.heading}>
      <Show when={!isSent()} fallback={<p role="status">{later().feedback.thanks}</p>}>
        <h2>{later().feedback.heading}</h2>
        <div class="pair">
          <Each of={ratings}>
            {(value) => (
              <button
                type="button"
                class="choice"
                aria-pressed={rating() === value}
                onClick={() => void rate(value)}
              >
                {later().feedback[value]}
              </button>
            )}
          </Each>
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
            <button class="main" aria-disabled={props.visit.isWorking()}>
              {later().feedback.send}
            </button>
          </form>
        </Show>
      </Show>
    </section>
  )
}
