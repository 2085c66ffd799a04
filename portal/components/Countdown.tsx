import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'

const warnAt = 20

/** Time left, visible, with one spoken warning. The server's clock decides; this one only shows. */
export const Countdown = (props: { seconds: number; label: string; warning: string; onEnd: () => void }) => {
  const [left, setLeft] = createSignal(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)
  const begin = (seconds: number) => {
    stop()
    const endsAt = performance.now() + seconds * 1000
    setLeft(seconds)
    timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
      setLeft(now)
      if (now > 0) return
      stop()
      props.onEnd()
    }, 250)
  }
  createEffect(on(() => props.seconds, begin))
  onCleanup(stop)
  const clock = () => `${Math.floor(left() / 60)}:${String(left() % 60).padStart(2, '0')}`
  return (
    <>
      <span
        class="clock"
        classList={{ ending: left() <= warnAt }}
        role="timer"
        aria-label={`${props.label} ${clock()}`}
      >
        {clock()}
      </span>
      <span role="status" class="hidden">
        <Show when={left() <= warnAt && left() > 0}>{props.warning}</Show>
      </span>
    </>
  )
}
