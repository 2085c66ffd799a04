import { createSignal, For, Show } from 'solid-js'
import { createInputWatch } from '../components/input-watch.ts'
import { Countdown } from '../components/Countdown.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { TypedAnswer } from '../components/TypedAnswer.tsx'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

type Ask = StepProps<'question'>['step']['ask']
type Choice = Extract<Ask, { form: 'choice' }>
type Label = Choice['options'][number]['label']

/** One question a page: choose or type, more time, "I don't know", no way back, and no hint what was right. */
export const Question = (props: StepProps<'question'>) => {
  const copy = useCopy()
  const later = useLaterCopy()
  const [reply, setReply] = createSignal('')
  const [isEmpty, setEmpty] = createSignal(false)
  const watch = createInputWatch()
  const words = () => later().question
  const choice = () => (props.step.ask.form === 'choice' ? props.step.ask : null)
  const typed = () => (props.step.ask.form === 'typed' ? props.step.ask : null)
  const labelOf = (label: Label) =>
    label.kind === 'text' ? label.text : words().quarter(label.year, label.quarter)

  type Reply = Parameters<typeof answer>[0]
  const answer = (
    given:
      | { kind: 'option'; optionId: string }
      | { kind: 'text'; text: string }
      | { kind: 'dont_know' }
      | { kind: 'time_is_up' },
  ) =>
    props.visit.go('portal.answer', {
      body: { position: props.step.position, reply: given, summary: watch.summary() },
    })
  const submit = (event: Event) => {
    event.preventDefault()
    const value = reply().trim()
    setEmpty(value === '')
    if (value === '') return
    const given: Reply = choice() ? { kind: 'option', optionId: value } : { kind: 'text', text: value }
    void answer(given)
  }

  return (
    <StepPage heading={words().text(props.step.text)} progress={props.step.progress}>
      <p class="count">
        <span>{words().count(props.step.number, props.step.askedOf)}</span>
        <Countdown
          seconds={props.step.secondsLeft}
          label={words().left}
          warning={words().ending}
          onEnd={() => void answer({ kind: 'time_is_up' })}
        />
      </p>
      <form onSubmit={submit} ref={watch.attach}>
        <Show when={choice()}>
          {(ask) => (
            <fieldset>
              <legend class="hidden">{words().text(props.step.text)}</legend>
              <For each={ask().options}>
                {(option) => (
                  <label class="option">
                    <input
                      type="radio"
                      name="answer"
                      value={option.id}
                      checked={reply() === option.id}
                      onChange={() => setReply(option.id)}
                    />
                    <span>{labelOf(option.label)}</span>
                  </label>
                )}
              </For>
            </fieldset>
          )}
        </Show>
        <Show when={typed()}>{(ask) => <TypedAnswer field={ask().field} onChange={setReply} />}</Show>
        <Show when={isEmpty() && reply().trim() === ''}>
          <p class="error" role="alert">
            {choice() ? words().choose : words().fill}
          </p>
        </Show>
        <button class="main" disabled={props.visit.isWorking()}>
          {copy().goOn}
        </button>
        <button
          type="button"
          disabled={props.visit.isWorking()}
          onClick={() => void answer({ kind: 'dont_know' })}
        >
          {words().dontKnow}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => void props.visit.go('portal.moreTime', { body: { position: props.step.position } })}
        >
          {words().more}
        </button>
      </form>
    </StepPage>
  )
}
