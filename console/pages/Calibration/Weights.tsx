import { useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import { handOver } from '../Policy/handed-draft.ts'
import { MeasuredCell } from './Rate.tsx'
import type { Fault } from '../../copy/sentences.ts'

type Check = Calibration['checks'][number]
type Row = Check['weights'][number] & { readonly code: string; readonly combined: number }

const rowsOf = (checks: readonly Check[]): readonly Row[] =>
  checks.flatMap(({ code, combined, weights }) => weights.map((weight) => ({ ...weight, code, combined })))

/** Weights as counted beside those in force: what is proposed first, the rest on demand. */
export const Weights = (props: { report: Calibration }) => {
  const copy = useCopy()
  const format = useFormat()
  const may = useMay()
  const words = () => copy().calibration.weights
  const rows = () => rowsOf(props.report.checks)
  const proposed = () => rows().filter(({ state }) => state === 'proposed')
  const others = () =>
    rows()
      .filter(({ state }) => state !== 'proposed')
      .sort((a, b) => Number(a.measured === null) - Number(b.measured === null))
  return (
    <section class="card policy-section" aria-labelledby="calibration-weights">
      <h2 id="calibration-weights">{words().title}</h2>
      <p class="muted">{words().story}</p>
      <Show when={proposed().length > 0} fallback={<p>{words().none}</p>}>
        <WeightTable rows={proposed()} label={words().title} />
        <Show when={may('policy.write')}>
          <OpenDraft draft={props.report.draft} />
        </Show>
      </Show>
      <details>
        <summary>{words().others(format.whole(others().length))}</summary>
        <WeightTable rows={others()} label={words().others(format.whole(others().length))} />
      </details>
    </section>
  )
}

const WeightTable = (props: { rows: readonly Row[]; label: string }) => {
  const copy = useCopy()
  const words = () => copy().calibration.weights
  return (
    <div class="scroll-x" role="group" aria-label={props.label} tabindex="0">
      <table class="policy-table">
        <thead>
          <tr>
            <th scope="col">{words().check}</th>
            <th scope="col" class="number">
              {words().current}
            </th>
            <th scope="col" class="number">
              {words().measured}
            </th>
            <th scope="col" class="number">
              {words().hits}
            </th>
            <th scope="col">{words().proposed}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>{(row) => <WeightRow row={row} />}</For>
        </tbody>
      </table>
    </div>
  )
}

const WeightRow = (props: { row: Row }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.weights
  const db = (value: number) =>
    copy().calibration.decibels(value > 0 ? `+${format.tenths(value)}` : format.tenths(value))
  return (
    <tr>
      <th scope="row">
        {copy().checkName(props.row.code)}: <span class="muted">{copy().weightCase(props.row.name)}</span>
      </th>
      <td class="number">{db(props.row.current)}</td>
      <td class="number">
        <Show when={props.row.measured} fallback="–">
          {(measured) => <MeasuredCell measured={measured()} isSigned />}
        </Show>
      </td>
      <td class="number">
        {format.whole(props.row.hits.genuine)} / {format.whole(props.row.hits.fraud)}
      </td>
      <td>
        <Show
          when={props.row.proposed !== null}
          fallback={<span class="muted">{words().states[props.row.state]}</span>}
        >
          <strong>{db(props.row.proposed ?? 0)}</strong>
        </Show>
        <Remarks row={props.row} />
      </td>
    </tr>
  )
}

const Remarks = (props: { row: Row }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.weights
  return (
    <span class="muted small">
      <Show when={props.row.state === 'sources_disagree' && props.row.independent}>
        {(independent) => <> {words().independent(format.tenths(independent().value))}</>}
      </Show>
      <Show when={props.row.isOtherWay}> {words().otherWay}</Show>
      <Show when={props.row.combined > 0 && props.row.measured !== null}>
        {' '}
        {words().combined(format.whole(props.row.combined))}
      </Show>
    </span>
  )
}

/** Puts the proposals into a copy of the policy in force and goes to its editor; nothing is saved on the way. */
const OpenDraft = (props: { draft: Calibration['draft'] }) => {
  const copy = useCopy()
  const navigate = useNavigate()
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isStale, setStale] = createSignal(false)
  const open = async () => {
    setTrouble(null)
    try {
      const { policy } = await call('console.policy', {})
      setStale(policy.version !== props.draft.version)
      if (isStale()) return
      handOver({ ...policy, score: { ...policy.score, checks: props.draft.checks } })
      navigate('/policy?view=review')
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <>
      <div class="tools">
        <button type="button" class="main" onClick={() => void open()}>
          {copy().calibration.weights.draft}
        </button>
      </div>
      <Show when={isStale()}>
        <p class="notice elevated" role="alert">
          {copy().calibration.weights.stale}
        </p>
      </Show>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void open()} />}</Show>
    </>
  )
}
