import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Moment } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Alarms } from './Alarms.tsx'
import '../Policy/policy.css'
import './calibration.css'
import { Cohorts } from './Cohorts.tsx'
import { Known } from './Known.tsx'
import { Reliability } from './Reliability.tsx'
import { Weights } from './Weights.tsx'
import type { Fault } from '../../copy/sentences.ts'

const periods = [30, 90, 180, 366] as const

/** Compares labelled cases with checks, score and groups of people; it proposes and changes nothing. */
export const CalibrationPage = () => {
  const copy = useCopy()
  const [params, setParams] = useSearchParams<{ days?: string }>()
  const [report, setReport] = createSignal<Calibration | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const days = () => periods.find((value) => String(value) === params.days) ?? 90
  let current = 0
  const load = async () => {
    const turn = ++current
    setLoading(true)
    setTrouble(null)
    try {
      const found = await call('console.calibration', { query: { days: String(days()) } })
      if (turn === current) setReport(found)
    } catch (error) {
      if (turn === current) setTrouble(faultOf(error))
    } finally {
      if (turn === current) setLoading(false)
    }
  }
  createEffect(on(days, () => void load()))
  return (
    <div class="page wide policy-stack calibration-page" aria-busy={isLoading()}>
      <header class="page-head policy-head">
        <h1>
          {copy().calibration.title}{' '}
          <Show when={report()}>
            {(shown) => <span class="muted">| {copy().calibration.version(shown().draft.version)}</span>}
          </Show>
        </h1>
        <label class="unit">
          {copy().calibration.days}
          <select value={String(days())} onChange={(event) => setParams({ days: event.currentTarget.value })}>
            <For each={periods}>
              {(value) => (
                <option value={String(value)} selected={value === days()}>
                  {copy().calibration.lastDays(value)}
                </option>
              )}
            </For>
          </select>
        </label>
      </header>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={report()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => <Report report={shown()} onDecided={() => void load()} />}
      </Show>
    </div>
  )
}

const Report = (props: { report: Calibration; onDecided: () => void }) => {
  const copy = useCopy()
  const words = () => copy().calibration
  return (
    <>
      <Window report={props.report} />
      <Show when={props.report.cases > 0} fallback={<p class="card">{words().empty}</p>}>
        <Known report={props.report} />
        <Weights report={props.report} />
        <Alarms report={props.report} />
        <Reliability report={props.report} />
        <Cohorts cohorts={props.report.cohorts} onDecided={() => props.onDecided()} />
      </Show>
    </>
  )
}

const Window = (props: { report: Calibration }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration
  return (
    <p class="muted">
      {words().counted(format.whole(props.report.cases))}
      <Show when={props.report.window.from}>
        {(from) => (
          <>
            {' '}
            (<Moment at={from()} /> – <Moment at={props.report.window.to ?? from()} />)
          </>
        )}
      </Show>
      {'. '}
      <Show when={props.report.window.isCapped}>
        {words().capped(format.whole(props.report.window.most))}{' '}
      </Show>
      {words().changesNothing}
    </p>
  )
}
