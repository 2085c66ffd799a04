import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { Step } from '#api/contract/portal.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'
import { Each } from './Each.tsx'

type Again = Extract<Step, { kind: 'second_code' }>['again']

/** "I didn't get it": the same code once more, or one to another contact, as soon as the message had time to arrive. */
export const CodeAgain = (props: {
  again: Again
  advice: string
  visit: Pick<Visit, 'go' | 'isWorking'>
}) => {
  const later = useLaterCopy()
  const words = () => later().second.again
  const [left, setLeft] = createSignal(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)
  const begin = (seconds: number) => {
    stop()
    const endsAt = performance.now() + seconds * 1000
    const look = () => {
      setLeft(Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)))
      if (left() === 0) stop()
    }
    timer = setInterval(look, 500)
    look()
  }
  createEffect(on(() => props.again?.secondsLeft ?? 0, begin))
  onCleanup(stop)
  const isBlocked = () => props.visit.isWorking() || left() > 0
  const send = (contactId: string) => {
    if (!isBlocked()) void props.visit.go('portal.sendSecondCode', { body: { contactId } })
  }
  return (
    <Show when={props.again} fallback={<p>{words().never}</p>}>
      {(again) => (
        <>
          <p>{again().isHeld ? words().held : props.advice}</p>
          <Show when={left() > 0}>
            <p>
              {words().soon(`${String(Math.floor(left() / 60))}:${String(left() % 60).padStart(2, '0')}`)}
            </p>
          </Show>
          <Each of={again().choices}>
            {(choice) => (
              <button
                type="button"
                aria-disabled={isBlocked()}
                onClick={() => {
                  send(choice.id)
                }}
              >
                {words().sendTo(choice.masked.replaceAll(' ', '\u00a0'))}
              </button>
            )}
          </Each>
        </>
      )}
    </Show>
  )
}
