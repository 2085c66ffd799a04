import { onMount, Show, untrack } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const lookMs = 5000

/** The code to another contact was not sent: why, when it can be, and what the participant can do instead. */
export const SecondCodeRefused = (props: StepProps<'second_code_refused'>) => {
  const later = useLaterCopy()
  const words = () => later().refused
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  // The server says when the time is over: a clock that is set wrong keeps nobody waiting.
  const run = async () => {
    while (await pause(lookMs)) await visit.refresh()
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  const at = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), { dateStyle: 'medium', timeStyle: 'short' })
  const sendAt = () => (props.step.asksLeft > 0 ? props.step.sendAt : null)
  return (
    <StepPage heading={words().heading[props.step.because]} progress={props.step.progress}>
      <Show when={props.step.because === 'delivery'}>
        <p>{words().undelivered(props.step.contactMasked)}</p>
      </Show>
      <Show when={sendAt()} fallback={<p>{words().never}</p>}>
        {(instant) => (
          <>
            <Show when={props.step.because === 'limit'}>
              <p>{words().limit}</p>
            </Show>
            <p>
              <strong>
                <Show when={props.step.secondsLeft !== 0} fallback={words().now}>
                  <time dateTime={instant()}>{words().at(at().format(new Date(instant())))}</time>
                </Show>
              </strong>
            </p>
            <button
              type="button"
              class="main"
              disabled={props.step.secondsLeft !== 0}
              onClick={() => void visit.go('portal.sendSecondCode', { body: {} })}
            >
              {words().send}
            </button>
          </>
        )}
      </Show>
      <p>{words().otherWay[props.step.otherWay]}</p>
      <button
        type="button"
        aria-disabled={visit.isWorking()}
        onClick={() => void visit.go('portal.withoutSecondCode', { body: {} })}
      >
        {words().without}
      </button>
      <p>{words().tell}</p>
    </StepPage>
  )
}
