import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

type Days = Dashboard['outcomesByDay']
type Counts = Days[number]['counts']

/** The outcomes of a day's verifications; `open`: not closed yet. */
export const endings = [...outcomes, 'open'] as const

/** One of them. */
export type Ending = (typeof endings)[number]

const height = 100

const countOf = (counts: Counts, ending: Ending): number => counts[ending] ?? 0
const totalOf = ({ counts }: Days[number]): number =>
  endings.reduce((sum, ending) => sum + countOf(counts, ending), 0)

/** The words of an ending. */
export const useEndingName = () => {
  const copy = useCopy()
  return (ending: Ending): string => (ending === 'open' ? copy().dashboard.open : copy().outcomes[ending])
}

/** Outcomes of each day, stacked; the legend leads to the list of an outcome. */
export const StackedDays = (props: { days: Days; href: (ending: Ending) => string }) => {
  const copy = useCopy()
  const format = useFormat()
  const most = () => Math.max(0, ...props.days.map(totalOf))
  return (
    <Show when={most() > 0} fallback={<p class="muted">{copy().dashboard.noData}</p>}>
      <div class="with-axis">
        <span class="axis">{copy().dashboard.perDay(format.whole(most()))}</span>
        <Stack days={props.days} most={most()} />
        <DayAxis first={props.days[0]?.day} last={props.days.at(-1)?.day} />
      </div>
      <Legend days={props.days} href={props.href} />
    </Show>
  )
}

const Stack = (props: { days: Days; most: number }) => {
  const format = useFormat()
  const nameOf = useEndingName()
  const width = () => 100 / Math.max(1, props.days.length)
  const segments = (counts: Counts) => {
    let y = height
    return endings.map((ending) => {
      const size = (countOf(counts, ending) / props.most) * height
      y -= size
      return { ending, y, size }
    })
  }
  const told = ({ day, counts }: Days[number]) =>
    [
      format.day(day),
      ...endings
        .filter((ending) => countOf(counts, ending) > 0)
        .map((ending) => `${nameOf(ending)}: ${format.whole(countOf(counts, ending))}`),
    ].join('\n')
  return (
    <svg class="stack" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <For each={props.days}>
        {(day, index) => (
          <g>
            <title>{told(day)}</title>
            <rect class="ground" x={index() * width()} y="0" width={width()} height={height} />
            <For each={segments(day.counts)}>
              {(segment) => (
                <rect
                  class={`o-${segment.ending}`}
                  x={(index() + 0.1) * width()}
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
  )
}

const Legend = (props: { days: Days; href: (ending: Ending) => string }) => {
  const format = useFormat()
  const nameOf = useEndingName()
  const sum = (ending: Ending) => props.days.reduce((all, { counts }) => all + countOf(counts, ending), 0)
  return (
    <ul class="legend">
      <For each={endings.filter((ending) => sum(ending) > 0)}>
        {(ending) => (
          <li>
            <A href={props.href(ending)}>
              <svg class="key" viewBox="0 0 8 8" aria-hidden="true">
                <rect class={`o-${ending}`} width="8" height="8" />
              </svg>
              {nameOf(ending)} <span class="muted">{format.whole(sum(ending))}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}

/** First and last day below a chart. */
export const DayAxis = (props: { first: string | undefined; last: string | undefined }) => {
  const format = useFormat()
  return (
    <span class="axis days">
      <span>{props.first && format.day(props.first)}</span>
      <span>{props.last && format.day(props.last)}</span>
    </span>
  )
}
