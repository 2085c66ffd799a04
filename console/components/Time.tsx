import { createSignal, onCleanup } from 'solid-js'
import { useLanguage } from '../copy/index.ts'
import { exactTime, relativeTime } from '../lib/time.ts'

const [now, setNow] = createSignal(Date.now())
let readers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on the screen. */
const follow = () => {
  readers += 1
  timer ??= setInterval(() => setNow(Date.now()), 15_000)
  onCleanup(() => {
    readers -= 1
    if (readers > 0) return
    clearInterval(timer)
    timer = undefined
  })
}

/** A time, relative; the exact one on hover and for assistive technology. */
export const Time = (props: { at: string }) => {
  const language = useLanguage()
  follow()
  return (
    <time dateTime={props.at} title={exactTime(props.at, language())}>
      {relativeTime(props.at, language(), Math.max(now(), Date.now()))}
    </time>
  )
}
