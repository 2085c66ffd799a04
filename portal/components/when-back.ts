import { onCleanup } from 'solid-js'

/** Does `work` whenever the page is looked at again: clocks and timers of a sleeping phone are not to be trusted. */
export const whenBack = (work: () => void): void => {
  const look = () => {
    if (!document.hidden) work()
  }
  document.addEventListener('visibilitychange', look)
  onCleanup(() => document.removeEventListener('visibilitychange', look))
}
