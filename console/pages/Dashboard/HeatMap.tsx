import { A } from '@solidjs/router'
import { For } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/**
 * Starts by weekday and hour of the reader's zone; darker is more. A cell leads to its list for a pointer; 168 stops for the
 * keyboard would be a wall, so for the keyboard the tile's table has the same links.
 */
export const HeatMap = (props: {
  hours: readonly (readonly number[])[]
  href: (day: number, hour: number) => string
}) => {
  const copy = useCopy()
  const format = useFormat()
  const most = () => Math.max(1, ...props.hours.flat())
  return (
    <div class="heat">
      <For each={props.hours}>
        {(row, day) => (
          <>
            <span class="muted small">{copy().dashboard.weekdays[day()]}</span>
            <div class="hours accent" aria-hidden="true">
              <For each={row}>
                {(count, hour) => (
                  <A
                    href={props.href(day(), hour())}
                    tabindex="-1"
                    title={copy().dashboard.hour(
                      copy().dashboard.weekdays[day()] ?? '',
                      hour(),
                      format.whole(count),
                    )}
                  >
                    <svg viewBox="0 0 10 10" preserveAspectRatio="none">
                      <rect
                        width="10"
                        height="10"
                        fill="currentColor"
                        fill-opacity={count === 0 ? 0.04 : 0.15 + 0.85 * (count / most())}
                      />
                    </svg>
                  </A>
                )}
              </For>
            </div>
          </>
        )}
      </For>
      <span />
      <span class="axis days small">
        <span>0</span>
        <span>6</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
      </span>
    </div>
  )
}
