import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { ReportedAlarm } from '#api/contract/console-alarms.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Moment } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { Duress } from './Duress.tsx'
import '../Policy/policy.css'
import '../Sources/sources.css'
import { Impersonations, Limits, Reveals, Sessions, Unreadable } from './Staff.tsx'

/** Shows recent reports of participants and notable acts of staff: for those who watch, never for agents (B9). */
export const AlarmsPage = () => {
  const copy = useCopy()
  const { page, trouble, load } = createLoaded(() => call('console.alarms', {}))
  return (
    <div class="page">
      <h1>{copy().alarms.heading}</h1>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(alarms) => (
          <>
            <Show when={alarms().duress}>
              {(found) => <Duress alarms={found()} onCleared={() => void load()} />}
            </Show>
            <Reports reports={alarms().reports} />
            <Impersonations found={alarms().impersonations} />
            <Sessions found={alarms().sessions} />
            <Unreadable found={alarms().unreadable} />
            <Limits limits={alarms().limits} />
            <Reveals reveals={alarms().reveals} />
          </>
        )}
      </Show>
    </div>
  )
}

const Reports = (props: { reports: readonly ReportedAlarm[] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <section class="card policy-section" aria-labelledby="alarms-reports">
      <h2 id="alarms-reports">
        {copy().sentence({ key: 'event.participant.reported', slots: {} })}{' '}
        <span class="count">{props.reports.length}</span>
      </h2>
      <Show when={props.reports.length > 0} fallback={<p class="muted">{words().none}</p>}>
        <p>{words().story}</p>
        <table class="sources-table stacks">
          <thead>
            <tr>
              <For each={[words().person, words().when, words().how, words().now]}>
                {(name) => <th scope="col">{name}</th>}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.reports}>{(report) => <Row report={report} />}</For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

const Row = (props: { report: ReportedAlarm }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <tr>
      <th scope="row">
        <A href={`/people/${props.report.personId}`}>{props.report.personName}</A>
      </th>
      <td class="at-end">
        <Moment at={props.report.at} />
      </td>
      <td data-name={words().how}>
        {words().sources[props.report.source]} ·{' '}
        <Show when={props.report.verificationId} fallback={words().ownPasskey}>
          {(id) => <A href={`/verifications/${id()}`}>{words().seeCase}</A>}
        </Show>
      </td>
      <td data-name={words().now}>
        <Standing report={props.report} />
        <Show when={props.report.lock}>{(lock) => <> · {words().locks[lock()]}</>}</Show>
      </td>
    </tr>
  )
}

/** Lifted, or what still holds because of it. */
const Standing = (props: { report: ReportedAlarm }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Show
      when={props.report.lifted}
      fallback={
        <Show when={props.report.blockedUntil} fallback={words().standing}>
          {(until) => (
            <span class="tag high">
              {words().blockedUntil} <Moment at={until()} />
            </span>
          )}
        </Show>
      }
    >
      {(lifted) => <span class="muted">{words().lifted(lifted().byName, lifted().reason)}</span>}
    </Show>
  )
}
