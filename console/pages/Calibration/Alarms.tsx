import { For, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { useCopy } from '../../copy/index.ts'
import { RateCell } from './Rate.tsx'

type Check = Calibration['checks'][number]

const tones: Readonly<Record<string, string>> = { halve: 'elevated', demote: 'high' }

/** Shows how often each check fires on genuine people: those in shadow first, then the most frequent. */
export const Alarms = (props: { report: Calibration }) => {
  const copy = useCopy()
  const words = () => copy().calibration.alarms
  const rows = () =>
    props.report.checks
      .filter(({ advice, alarms }) => advice !== null && alarms.hits > 0)
      .sort((a, b) => Number(b.mode === 'shadow') - Number(a.mode === 'shadow') || shareOf(b) - shareOf(a))
  const most = () => Math.max(0.1, ...rows().map(shareOf))
  return (
    <section class="card policy-section" aria-labelledby="calibration-alarms">
      <h2 id="calibration-alarms">{words().title}</h2>
      <p class="muted">{words().story}</p>
      <Show when={rows().length > 0} fallback={<p>{words().none}</p>}>
        <div class="scroll-x" role="group" aria-label={words().title} tabindex="0">
          <table class="policy-table">
            <thead>
              <tr>
                <th scope="col">{copy().calibration.weights.check}</th>
                <th scope="col">{words().mode}</th>
                <th scope="col">{words().rate}</th>
                <th scope="col">{words().advice}</th>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>{(check) => <AlarmRow check={check} most={most()} />}</For>
            </tbody>
          </table>
        </div>
      </Show>
    </section>
  )
}

const shareOf = ({ alarms }: Check): number => alarms.share ?? 0

const AlarmRow = (props: { check: Check; most: number }) => {
  const copy = useCopy()
  const advice = () => props.check.advice ?? 'too_little_data'
  return (
    <tr>
      <th scope="row">
        {copy().checkName(props.check.code)} <code class="muted">{props.check.code}</code>
      </th>
      <td>{copy().policy.modes[props.check.mode]}</td>
      <td>
        <RateCell rate={props.check.alarms} most={props.most} />
      </td>
      <td>
        <span class={tones[advice()] === undefined ? 'muted' : `tag ${String(tones[advice()])}`}>
          {copy().calibration.alarms.words[advice()]}
        </span>
      </td>
    </tr>
  )
}
