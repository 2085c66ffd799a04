import { createSignal, onMount, Show, untrack } from 'solid-js'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'
import { whenBack } from './when-back.ts'
import { whileShown } from './while-shown.ts'

const firstMs = 3_000
const longestMs = 20_000
/** The server settles an unknown result within minutes; who waits longer is sent to the help desk. */
const boundMs = 15 * 60_000

/** Asks, ever more slowly, whether a result is known by now; the answer is another ending. Ends after a quarter of an hour. */
export const UntilKnown = (props: { visit: Visit }) => {
  const later = useLaterCopy()
  const [isLong, setLong] = createSignal(false)
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async () => {
    let passed = 0
    for (let ms = firstMs; passed < boundMs && (await pause(ms)); ms = Math.min(longestMs, ms * 1.5)) {
      passed += ms
      await visit.refresh()
    }
    setLong(passed >= boundMs)
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  return (
    <Show
      when={isLong()}
      fallback={
        <>
          <p>{later().unknown.meanwhile}</p>
          <progress class="running" aria-label={later().ended.password_unknown[0]} />
        </>
      }
    >
      <p role="status">{later().unknown.long}</p>
    </Show>
  )
}
