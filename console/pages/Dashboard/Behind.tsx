import { onCleanup, Show } from 'solid-js'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { exactTime } from '../../lib/time.ts'

/** The relay looks several times a second; minutes mean that analytics is away or has much to catch up with. */
const behindMs = 5 * 60_000

/** Asked again after this time at first, then after twice as long each time that nothing moved, up to the longest. Milliseconds. */
const againMs = 3_000
const longestAgainMs = 60_000

/** `asOf`: everything recorded up to then is counted, ISO 8601; null before anything was counted. */
type Counted = { readonly asOf: string | null }

const isBehind = ({ asOf }: Counted): boolean => asOf === null || Date.now() - Date.parse(asOf) > behindMs

/** Calls `again` while the figures shown are behind: often while they catch up, seldom while they do not move. */
export const useFollowing = (shown: () => Counted | null, again: () => void): void => {
  let pauseMs = againMs
  let lastAsOf: string | null | undefined
  const look = () => {
    const figures = shown()
    const behind = figures !== null && isBehind(figures) ? figures : undefined
    const standsStill = behind !== undefined && behind.asOf === lastAsOf
    pauseMs = standsStill ? Math.min(longestAgainMs, pauseMs * 2) : againMs
    lastAsOf = behind?.asOf
    if (behind !== undefined) again()
    timer = setTimeout(look, pauseMs)
  }
  let timer = setTimeout(look, pauseMs)
  onCleanup(() => {
    clearTimeout(timer)
  })
}

/** A line above the figures, so that nobody reads missing cases as none. */
export const Behind = (props: Counted) => {
  const copy = useCopy()
  const language = useLanguage()
  const words = () => copy().dashboard
  return (
    <Show when={isBehind(props)}>
      <p class="notice" role="status">
        {props.asOf === null ? words().filling : words().behind(exactTime(props.asOf, language()))}
      </p>
    </Show>
  )
}
