import { createSignal, Show } from 'solid-js'
import type { StepAnswer } from '#api/contract/portal.ts'
import { useCopy } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import { ConfirmNo } from './ConfirmNo.tsx'

/** A small way out on every step after the first, which has a larger one of its own. */
export const NotMe = (props: { step: StepAnswer['step']; visit: Visit }) => {
  const copy = useCopy()
  const [isAsking, setAsking] = createSignal(false)
  const inSession = () => props.visit.answer()?.reportDigits ?? null
  /** Before there is a session, the link itself is declined, with the digits of the first page. */
  const digits = () => inSession() ?? (props.step.kind === 'match_code' ? props.visit.declineDigits() : null)
  const report = (typed: string) => {
    const { token, go } = props.visit
    if (inSession() !== null) void go('portal.report', { body: { digits: typed } })
    else if (token !== null) void go('public.declineLink', { body: { token, digits: typed } })
  }
  return (
    <Show when={digits()}>
      {(shown) => (
        <Show
          when={isAsking()}
          fallback={
            <button type="button" class="link small" onClick={() => setAsking(true)}>
              {copy().notMe.link}
            </button>
          }
        >
          <section class="card" aria-label={copy().notMe.heading}>
            <h2 ref={(heading) => queueMicrotask(() => heading.focus())} tabindex="-1">
              {copy().notMe.heading}
            </h2>
            <ConfirmNo
              digits={shown()}
              isWorking={props.visit.isWorking()}
              onConfirm={report}
              onBack={() => setAsking(false)}
            />
          </section>
        </Show>
      )}
    </Show>
  )
}
