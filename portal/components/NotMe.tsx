import { createSignal, Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import { ConfirmNo } from './ConfirmNo.tsx'

/** A small way out on every step after the first, which has a larger one of its own. */
export const NotMe = (props: { visit: Visit }) => {
  const copy = useCopy()
  const [isAsking, setAsking] = createSignal(false)
  const report = (digits: string) => void props.visit.go('portal.report', { body: { digits } })
  return (
    <Show when={props.visit.answer()?.reportDigits}>
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
              visit={props.visit}
              onConfirm={report}
              onBack={() => setAsking(false)}
            />
          </section>
        </Show>
      )}
    </Show>
  )
}
