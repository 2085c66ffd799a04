import { createSignal, onCleanup } from 'solid-js'
import { useLanguage } from '../copy/index.ts'
import { exactTime, relativeTime } from '../lib/time.ts'

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

/** A time, relative; the exact one on hover and for assistive technology. */
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
