import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { duration } from '../../lib/time.ts'
import { Spark } from './Spark.tsx'

type FigureName = keyof Dashboard['figures']
type Figure = Dashboard['figures'][FigureName]

const kinds: Readonly<Record<FigureName, 'count' | 'share' | 'seconds'>> = {
  started: 'count',
  completionRate: 'share',
  passRate: 'share',
  medianSeconds: 'seconds',
  p95Seconds: 'seconds',
  challengeSuccess: 'share',
  highRisk: 'count',
}
const filters: Partial<Record<FigureName, { outcome?: string; riskFrom?: string }>> = {
  passRate: { outcome: 'passed' },
  highRisk: { riskFrom: '7.5' },
}

const show = (kind: 'count' | 'share' | 'seconds', value: number | null): string => {
  if (value === null) return '–'
  if (kind === 'share') return `${(value * 100).toFixed(1)} %`
  return kind === 'seconds' ? duration(value) : value.toLocaleString()
}

/** One line of figures, each with its change against the period before and its days as a line. */
export const Figures = (props: {
  figures: Dashboard['figures']
  href: (filter?: { outcome?: string; riskFrom?: string }) => string
}) => {
  const copy = useCopy()
  const names = Object.keys(kinds) as FigureName[]
  return (
    <ul class="figures">
      <For each={names}>
        {(name) => (
          <li>
            <A class="card" href={props.href(filters[name])}>
              <span class="muted">{copy().dashboard.figures[name]}</span>
              <strong>{show(kinds[name], props.figures[name].value)}</strong>
              <Delta kind={kinds[name]} figure={props.figures[name]} />
              <Spark points={props.figures[name].spark} />
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}

const Delta = (props: { kind: 'count' | 'share' | 'seconds'; figure: Figure }) => {
  const copy = useCopy()
  const change = () => {
    const { value, previous } = props.figure
    if (value === null || previous === null || (props.kind !== 'share' && previous === 0)) return null
    return props.kind === 'share' ? (value - previous) * 100 : ((value - previous) / previous) * 100
  }
  const unit = () => (props.kind === 'share' ? copy().dashboard.points : '%')
  return (
    <Show when={change() !== null} fallback={<span class="muted small">{copy().dashboard.noBefore}</span>}>
      <span class="muted small" title={copy().dashboard.before(show(props.kind, props.figure.previous))}>
        <span aria-hidden="true">{(change() ?? 0) > 0 ? '▲' : (change() ?? 0) < 0 ? '▼' : '='}</span>{' '}
        {Math.abs(change() ?? 0).toFixed(1)} {unit()}
      </span>
    </Show>
  )
}
