import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { outcomes, type Outcome } from '#domain/verification/outcome.ts'
import { useCopy } from '../../copy/index.ts'

const height = 100

/** Outcomes of each day, stacked; the legend leads to the list of an outcome. */
export const StackedDays = (props: {
  days: Dashboard['outcomesByDay']
  href: (outcome: Outcome) => string
}) => {
  const copy = useCopy()
  const totals = () =>
    props.days.map((day) => outcomes.reduce((sum, outcome) => sum + (day.counts[outcome] ?? 0), 0))
  const most = () => Math.max(1, ...totals())
  const width = () => 100 / Math.max(1, props.days.length)
  const segments = (counts: Record<string, number>) => {
    let y = height
    return outcomes.map((outcome) => {
      const size = ((counts[outcome] ?? 0) / most()) * height
      y -= size
      return { outcome, y, size }
    })
  }
  const present = () => outcomes.filter((outcome) => props.days.some((day) => (day.counts[outcome] ?? 0) > 0))
  return (
    <Show when={props.days.length > 0} fallback={<p class="muted">{copy().dashboard.noData}</p>}>
      <div class="with-axis">
        <span class="axis">{most().toLocaleString()}</span>
        <svg class="stack" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <For each={props.days}>
            {(day, index) => (
              <g>
                <title>{day.day}</title>
                <For each={segments(day.counts)}>
                  {(segment) => (
                    <rect
                      class={`o-${segment.outcome}`}
                      x={index() * width() + width() * 0.1}
                      y={segment.y}
                      width={width() * 0.8}
                      height={segment.size}
                    />
                  )}
                </For>
              </g>
            )}
          </For>
        </svg>
        <span class="axis days">
          <span>{props.days[0]?.day}</span>
          <span>{props.days.at(-1)?.day}</span>
        </span>
      </div>
      <ul class="legend">
        <For each={present()}>
          {(outcome) => (
            <li>
              <A href={props.href(outcome)}>
                <svg class="key" viewBox="0 0 8 8" aria-hidden="true">
                  <rect class={`o-${outcome}`} width="8" height="8" />
                </svg>{' '}
                {copy().outcomes[outcome]}
              </A>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
