import { createSignal } from 'solid-js'
import { closeOnLeave } from '../../lib/close-on-leave.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Pill } from './MultiFilter.tsx'

type Change = (change: { riskFrom: string | null; riskTo: string | null }) => void

/** Risk from … to, two sliders of tenths. */
export const RiskFilter = (props: { from: string | undefined; to: string | undefined; onChange: Change }) => {
  const copy = useCopy()
  const format = useFormat()
  const from = () => Number(props.from ?? 0)
  const to = () => Number(props.to ?? 10)
  // From 0.0 to 10.0 is a filter too: a case without a score has no risk.
  const isSet = () => props.from !== undefined || props.to !== undefined
  const [draft, setDraft] = createSignal<readonly [number, number] | null>(null)
  const shown = () => draft() ?? ([from(), to()] as const)
  const settle = () => {
    const [low, high] = [Math.min(...shown()), Math.max(...shown())]
    setDraft(null)
    props.onChange({ riskFrom: low > 0 ? String(low) : null, riskTo: high < 10 ? String(high) : null })
  }
  return (
    <Pill
      label={copy().columns.risk}
      isSet={isSet()}
      onClear={() => props.onChange({ riskFrom: null, riskTo: null })}
    >
      <details class="menu" ref={closeOnLeave}>
        <summary class="button" classList={{ chosen: isSet() }}>
          {copy().columns.risk} {format.tenths(shown()[0])}–{format.tenths(shown()[1])}{' '}
          <span aria-hidden="true">▾</span>
        </summary>
        <div class="menu-body sliders" role="group" aria-label={copy().columns.risk}>
          <label>
            {copy().list.riskFrom} <output>{format.tenths(shown()[0])}</output>
            <input
              type="range"
              min="0"
              max="10"
              step="0.1"
              value={shown()[0]}
              onInput={(event) => setDraft([Number(event.currentTarget.value), shown()[1]])}
              onChange={settle}
            />
          </label>
          <label>
            {copy().list.riskTo} <output>{format.tenths(shown()[1])}</output>
            <input
              type="range"
              min="0"
              max="10"
              step="0.1"
              value={shown()[1]}
              onInput={(event) => setDraft([shown()[0], Number(event.currentTarget.value)])}
              onChange={settle}
            />
          </label>
        </div>
      </details>
    </Pill>
  )
}
