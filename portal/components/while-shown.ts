import { onCleanup } from 'solid-js'

/**
 * Work that is done in rounds while a component is shown. `pause` resolves to false as soon as it is gone, so that no round
 * is begun for a step that is over.
 */
export const whileShown = (): { pause: (ms: number) => Promise<boolean> } => {
  let isGone = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let wake: (() => void) | undefined
  onCleanup(() => {
    isGone = true
    clearTimeout(timer)
    wake?.()
  })
  const pause = async (ms: number): Promise<boolean> => {
    if (!isGone)
      await new Promise<void>((resolve) => {
        wake = resolve
        timer = setTimeout(resolve, ms)
      })
    return !isGone
  }
  return { pause }
}
