import { createSignal, createUniqueId, onCleanup } from 'solid-js'
import { useLanguage } from '../copy/index.ts'
import { exactTime, relativeTime } from '../lib/time.ts'
import { createTip } from '../lib/tip.ts'

const tickMs = 15_000
const [now, setNow] = createSignal(Date.now())
let readers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on the screen. */
const follow = () => {
  readers += 1
  if (timer === undefined) {
    setNow(Date.now())
    timer = setInterval(() => setNow(Date.now()), tickMs)
  }
  onCleanup(() => {
    readers -= 1
    if (readers > 0) return
    clearInterval(timer)
    timer = undefined
  })
}

/** The time of the screen's clock, milliseconds since 1970; it moves every 15 seconds. */
export const useNow = () => {
  follow()
  return now
}

/** A time, relative; the exact one on hover. For rows that lead to where `Moment` shows it. */
export const Time = (props: { at: string }) => {
  const language = useLanguage()
  follow()
  const relative = () => relativeTime(props.at, language(), Math.max(now(), Date.now()))
  return (
    <time dateTime={props.at} title={exactTime(props.at, language())}>
      {relative()}
    </time>
  )
}

/**
 * A time, relative; the exact one on hover, on focus and at a touch, as its description for assistive technology, and
 * in its place on paper.
 */
export const Moment = (props: { at: string }) => {
  const language = useLanguage()
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  follow()
  const tip = createTip()
  const exact = () => exactTime(props.at, language())
  return (
    <time class="moment" dateTime={props.at}>
      <button
        type="button"
        class="no-print"
        aria-describedby={id}
        onPointerEnter={tip.place}
        onFocus={tip.place}
        onClick={() => setOpen(!isOpen())}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false)
        }}
      >
        {relativeTime(props.at, language(), Math.max(now(), Date.now()))}
      </button>
      <span id={id} role="tooltip" class="tip" classList={{ open: isOpen(), back: tip.isAtEnd() }}>
        {exact()}
      </span>
      <span class="print-only">{exact()}</span>
    </time>
  )
}
