import { A } from '@solidjs/router'
import { For } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { binDrill, type Drill } from './list-href.ts'

type Bin = Dashboard['riskBins'][number]

/** Thresholds of the default policy that the chart draws: more evidence, and escalation. */
const thresholds = { moreEvidence: 5, high: 7.5 } as const

/** Bands: 0-2.0, 2.1-4.9, 5-7.4, 7.5-10; a bin takes the band of its lower edge. */
const toneOf = (from: number): string => {
  if (from < 2) return 'low'
  if (from < thresholds.moreEvidence) return 'guarded'
  return from < thresholds.high ? 'elevated' : 'high'
}

/** Shows how many verifications had which risk, with the policy's thresholds. Each column leads to its list. */
export const RiskBins = (props: { bins: readonly Bin[]; href: (drill: Drill) => string }) => {
  const copy = useCopy()
  const format = useFormat()
  const most = () => Math.max(1, ...props.bins.map((bin) => bin.count))
  return (
    <div class="with-axis">
      <div class="columns">
        <For each={props.bins}>
          {(bin) => (
            <A
              href={props.href(binDrill(bin))}
              class={toneOf(bin.from)}
              aria-label={`${copy().columns.risk} ${bin.from}–${bin.to}: ${format.whole(bin.count)}`}
            >
              <span class="count" aria-hidden="true">
                {format.whole(bin.count)}
              </span>
              <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  y={100 - (bin.count / most()) * 100}
                  width="10"
                  height={(bin.count / most()) * 100}
                  fill="currentColor"
                />
              </svg>
            </A>
          )}
        </For>
        <svg class="thresholds" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <For each={Object.values(thresholds)}>
            {(value) => <path d={`M${value * 10} 0V10`} vector-effect="non-scaling-stroke" />}
          </For>
        </svg>
      </div>
      <span class="axis days" aria-hidden="true">
        <For each={[0, 2, 4, 6, 8, 10]}>{(value) => <span>{value}</span>}</For>
      </span>
      <p class="muted small">
        ┆ {copy().dashboard.escalatedFrom(format.tenths(thresholds.moreEvidence))} ·{' '}
        {copy().dashboard.highFrom(format.tenths(thresholds.high))}
      </p>
    </div>
  )
}
