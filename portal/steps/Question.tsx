import { createSignal, Show, untrack } from 'solid-js'
import { ChoiceAnswer } from '../components/ChoiceAnswer.tsx'
import { Countdown } from '../components/Countdown.tsx'
import { createInputWatch } from '../components/input-watch.ts'
import { QuestionActions } from '../components/QuestionActions.tsx'
import type { AnswerReply } from '../components/reply.ts'
import { StepPage } from '../components/StepPage.tsx'
import { TypedAnswer } from '../components/TypedAnswer.tsx'
import { whenBack } from '../components/when-back.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

/** One question a page: choose or type, more time, "I don't know", no way back, and no hint what was right. */
export const Question = (props: StepProps<'question'>) => {
  const later = useLaterCopy()
  const [reply, setReply] = createSignal<AnswerReply | null>(null)
  const [isEmpty, setEmpty] = createSignal(false)
  const watch = createInputWatch()
  const words = () => later().question
  // One component, one question: a clock that ends late must not answer the next one, and a list must not be drawn
  // anew under a finger.
  const { step, visit } = untrack(() => ({ step: props.step, visit: props.visit }))
  const { position, ask } = step
  // The server's clock runs while a phone sleeps; this page's may not.
  whenBack(() => void visit.refresh())

  const answer = (given: AnswerReply) =>
    void visit.go('portal.answer', { body: { position, reply: given, summary: watch.summary() } })
  const choose = (given: AnswerReply | null) => {
    setReply(given)
    setEmpty(false)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    const given = reply()
    setEmpty(given === null)
    if (given !== null) answer(given)
  }
  const clock = () => (
    <p class="count">
      <span>{words().count(props.step.number, props.step.askedOf)}</span>
      <Countdown
        seconds={props.step.secondsLeft}
        label={words().left}
        warning={words().ending}
        onEnd={() => answer({ kind: 'time_is_up' })}
      />
    </p>
  )
  return (
    <StepPage heading={words().text(step.text)} progress={props.step.progress} above={clock()}>
      <form onSubmit={submit} ref={watch.attach}>
        {ask.form === 'choice' ? (
          <ChoiceAnswer options={ask.options} onChange={choose} />
        ) : (
          <TypedAnswer field={ask.field} onChange={choose} />
        )}
        <Show when={isEmpty()}>
          <p class="error" role="alert">
            {ask.form === 'choice' ? words().choose : words().fill}
          </p>
        </Show>
        <QuestionActions
          isTyped={ask.form === 'typed'}
          visit={visit}
          onDontKnow={() => answer({ kind: 'dont_know' })}
          onMoreTime={() => void visit.go('portal.moreTime', { body: { position } })}
        />
      </form>
    </StepPage>
  )
}
