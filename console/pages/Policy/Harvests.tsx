import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { HarvestAlarm } from '#api/contract/console-policy.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import { listHref } from '../Dashboard/list-href.ts'

const dayMs = 86_400_000
const notPassed = outcomes.filter((outcome) => outcome !== 'passed').join(',')

/** The list of the cases that an alarm is made of, and others that did not pass in its twenty-four hours. */
const casesBehind = ({ raisedAt }: HarvestAlarm): string => {
  const from = new Date(Date.parse(raisedAt) - dayMs).toISOString()
  return listHref({ from, to: raisedAt }, {}, { step: 'code', outcome: notPassed })
}

/** That lists of options may have been collected: which, how many, and what to do now (docs/questions.md). */
export const Harvests = (props: { alarms: readonly [HarvestAlarm, ...HarvestAlarm[]] }) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().policy.harvest
  const href = () => casesBehind(props.alarms[0])
  return (
    <section class="card policy-section" aria-labelledby="policy-harvest">
      <h2 id="policy-harvest">{words().title}</h2>
      <p class="notice high">{words().what}</p>
      <AlarmTable alarms={props.alarms} />
      <h3>{words().now}</h3>
      <ol class="policy-steps">
        <li>
          {words().look} <A href={href()}>{words().see}</A>
        </li>
        <Show when={may('threat.switch')}>
          <li>{words().raise}</li>
        </Show>
        <li>{words().off}</li>
      </ol>
      <p class="muted small">{words().stays}</p>
    </section>
  )
}

const AlarmTable = (props: { alarms: readonly HarvestAlarm[] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().policy.harvest
  return (
    <div class="scroll-x" tabindex="0" role="group" aria-label={words().title}>
      <table class="policy-table">
        <thead>
          <tr>
            <th scope="col">{words().question}</th>
            <th scope="col">{words().network}</th>
            <th scope="col">{words().lists}</th>
            <th scope="col">{words().cases}</th>
            <th scope="col">{words().when}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.alarms}>
            {(alarm) => (
              <tr>
                <th scope="row">{copy().policy.families[alarm.family]}</th>
                <td>{alarm.asn === null ? words().everywhere : words().asn(alarm.asn)}</td>
                <td>{words().of(format.whole(alarm.lists), format.whole(alarm.listsInForce))}</td>
                <td>
                  {format.whole(alarm.cases)}{' '}
                  <span class="muted">({words().usual(format.tenths(alarm.usualCases))})</span>
                </td>
                <td>
                  <Moment at={alarm.raisedAt} />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
