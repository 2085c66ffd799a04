import { onCleanup, Show } from 'solid-js'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { exactTime } from '../../lib/time.ts'

/** The relay looks several times a second; minutes mean that analytics is away or has much to catch up with. */
const behindMs = 5 * 60_000

const followMs = 3_000

/** `asOf`: everything recorded up to then is counted, ISO 8601; null before anything was counted. */
type Counted = { readonly asOf: string | null }

const isBehind = ({ asOf }: Counted): boolean => asOf === null || Date.now() - Date.parse(asOf) > behindMs

/** Calls `again` every three seconds while the figures shown are behind. */
export const useFollowing = (shown: () => Counted | null, again: () => void): void => {
  const timer = setInterval(() => {
    const figures = shown()
    if (figures !== null && isBehind(figures)) again()
  }, followMs)
  onCleanup(() => {
    clearInterval(timer)
  })
}

/** Said above the figures, so that nobody takes what is missing for nothing. */
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
