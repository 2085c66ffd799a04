import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { figureDrills, type Drill } from './list-href.ts'
import { saveSheet, type Cell } from './sheet.ts'
import { Spark } from './Spark.tsx'

type FigureName = keyof Dashboard['figures']
type Figure = Dashboard['figures'][FigureName]
type Kind = 'count' | 'share' | 'seconds'

const kinds: Readonly<Record<FigureName, Kind>> = {
  started: 'count',
  completionRate: 'share',
  passRate: 'share',
  medianSeconds: 'seconds',
  p95Seconds: 'seconds',
  challengeSuccess: 'share',
  highRisk: 'count',
  overturned: 'count',
}

const useShow = () => {
  const format = useFormat()
  return (kind: Kind, value: number | null): string => {
    if (value === null) return '–'
    if (kind === 'share') return format.percent(value, 1)
    return kind === 'seconds' ? format.duration(value) : format.whole(value)
  }
}

/** One line of figures, each with its change against the period before and its days as a line. */
export const Figures = (props: { figures: Dashboard['figures']; href: (filter: Drill) => string }) => {
  const copy = useCopy()
  const show = useShow()
  const words = () => copy().dashboard
  const names = Object.keys(kinds) as FigureName[]
  const sheet = () => ({
    title: words().keyFigures,
    columns: [words().figure, words().value, words().valueBefore],
    rows: names.map((name) => [words().figures[name], ...cellsOf(kinds[name], props.figures[name])]),
  })
  return (
    <section class="key-figures" aria-label={words().keyFigures}>
      <ul class="figures">
        <For each={names}>
          {(name) => (
            <li class="card">
              <A class="lead" href={props.href(figureDrills[name])} aria-describedby={`define-${name}`}>
                <span class="muted">{words().figures[name]}</span>
                <strong>{show(kinds[name], props.figures[name].value)}</strong>
                <Delta kind={kinds[name]} figure={props.figures[name]} />
                <Spark points={props.figures[name].spark} />
              </A>
              <span class="tip" id={`define-${name}`} role="tooltip">
                {words().definitions[name]}
              </span>
            </li>
          )}
        </For>
      </ul>
      <button
        type="button"
        class="quiet"
        aria-label={words().showAs(words().keyFigures, words().csv)}
        onClick={() => saveSheet(sheet())}
      >
        {words().csv}
      </button>
    </section>
  )
}

/**
 * Now and before, as numbers that a spreadsheet can calculate with: shares in percent, times in seconds; empty where there is
 * none.
 */
const cellsOf = (kind: Kind, { value, previous }: Figure): Cell[] =>
  [value, previous].map((one) => {
    if (one === null) return ''
    return kind === 'share' ? Math.round(one * 1_000) / 10 : Math.round(one * 10) / 10
  })

const changeOf = (kind: Kind, { value, previous }: Figure): number | null => {
  if (value === null || previous === null) return null
  if (kind === 'share') return (value - previous) * 100
  return previous === 0 ? null : ((value - previous) / previous) * 100
}

const markOf = (change: number): string => {
  if (Math.abs(change) < 0.05) return '='
  return change > 0 ? '▲' : '▼'
}

const Delta = (props: { kind: Kind; figure: Figure }) => {
  const copy = useCopy()
  const format = useFormat()
  const show = useShow()
  const change = () => changeOf(props.kind, props.figure)
  /** A change of a share is given in points, any other as a share of the value before. */
  const amount = (of: number): string =>
    props.kind === 'share' ? `${format.tenths(of)} ${copy().dashboard.points}` : format.percent(of / 100, 1)
  return (
    <span class="muted small delta">
      <Show when={change() !== null} fallback={copy().dashboard.noBefore}>
        <span>
          {markOf(change() ?? 0)} {amount(Math.abs(change() ?? 0))}
        </span>
        <span>{copy().dashboard.before(show(props.kind, props.figure.previous))}</span>
      </Show>
    </span>
  )
}
