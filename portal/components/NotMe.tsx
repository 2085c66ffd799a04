import { createSignal, Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { ConfirmNo } from './ConfirmNo.tsx'
import type { Visit } from '../visit.ts'

/** A small way out on every step of a running session. The first page has its own, larger one. */
export const NotMe = (props: { visit: Visit }) => {
  const copy = useCopy()
  const [isAsking, setAsking] = createSignal(false)
  const digits = () => props.visit.answer()?.reportDigits ?? null
  const report = async (typed: string) => {
    await props.visit.go('portal.report', { body: { digits: typed } })
    setAsking(false)
  }
  return (
    <Show when={digits()}>
      {(shown) => (
        <Show
          when={isAsking()}
          fallback={
            <button type="button" class="link" onClick={() => setAsking(true)}>
              {copy().notMe.link}
            </button>
          }
        >
          <section class="card" aria-label={copy().notMe.heading}>
            <h2>{copy().notMe.heading}</h2>
            <ConfirmNo
              digits={shown()}
              isWorking={props.visit.isWorking()}
              onConfirm={(typed) => void report(typed)}
              onBack={() => setAsking(false)}
            />
          </section>
        </Show>
      )}
    </Show>
  )
}
