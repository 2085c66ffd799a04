import { Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { duration } from '../../lib/time.ts'
import { DayAxis } from './StackedDays.tsx'

type Day = Dashboard['timeByDay'][number]

/** Median and 95th percentile of the time to complete, day by day. */
export const TimeLine = (props: { days: readonly Day[] }) => {
  const copy = useCopy()
  const most = () => Math.max(1, ...props.days.map((day) => day.p95 ?? day.median ?? 0))
  const path = (pick: (day: Day) => number | null) => {
    const step = 100 / Math.max(1, props.days.length - 1)
    let isDown = false
    return props.days
      .map((day, index) => {
        const value = pick(day)
        const command =
          value === null
            ? ''
            : `${isDown ? 'L' : 'M'}${(index * step).toFixed(2)} ${(98 - (value / most()) * 96).toFixed(2)}`
        isDown = value !== null
        return command
      })
      .join('')
  }
  return (
    <Show
      when={props.days.some((day) => day.median !== null)}
      fallback={<p class="muted">{copy().dashboard.noData}</p>}
    >
      <div class="with-axis">
        <span class="axis">{duration(most())}</span>
        <svg class="stack" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path class="line-p95" d={path((day) => day.p95)} vector-effect="non-scaling-stroke" />
          <path class="line-median" d={path((day) => day.median)} vector-effect="non-scaling-stroke" />
        </svg>
        <DayAxis first={props.days[0]?.day} last={props.days.at(-1)?.day} />
      </div>
      <ul class="legend">
        <li>
          <span class="accent" aria-hidden="true">
            ━
          </span>{' '}
          {copy().dashboard.median}
        </li>
        <li>
          <span class="muted" aria-hidden="true">
            ┅
          </span>{' '}
          {copy().dashboard.p95}
        </li>
      </ul>
    </Show>
  )
}
