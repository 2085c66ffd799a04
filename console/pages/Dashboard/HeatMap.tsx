import { For } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/** Starts by weekday and hour of the reader's zone; darker is more. */
export const HeatMap = (props: { hours: readonly (readonly number[])[] }) => {
  const copy = useCopy()
  const format = useFormat()
  const most = () => Math.max(1, ...props.hours.flat())
  return (
    <div class="heat">
      <For each={props.hours}>
        {(row, day) => (
          <>
            <span class="muted small">{copy().dashboard.weekdays[day()]}</span>
            <svg viewBox="0 0 240 10" preserveAspectRatio="none" class="accent" aria-hidden="true">
              <For each={row}>
                {(count, hour) => (
                  <rect
                    x={hour() * 10 + 0.5}
                    y="0.5"
                    width="9"
                    height="9"
                    fill="currentColor"
                    fill-opacity={count === 0 ? 0.04 : 0.15 + 0.85 * (count / most())}
                  >
                    <title>
                      {copy().dashboard.hour(
                        copy().dashboard.weekdays[day()] ?? '',
                        hour(),
                        format.whole(count),
                      )}
                    </title>
                  </rect>
                )}
              </For>
            </svg>
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
