import { For, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { call } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import { MeasuredCell, RateCell } from './Rate.tsx'

type Cohort = Calibration['cohorts'][number]

const tones: Readonly<Record<string, string>> = { uneven: 'high', uncertain: 'elevated' }

/** Each group beside everybody else of whom the same is known, with the decision on it where there is one. */
export const Cohorts = (props: { cohorts: readonly Cohort[]; onDecided: () => void }) => {
  const copy = useCopy()
  const words = () => copy().calibration.cohorts
  const knowsPlaces = () => props.cohorts.some(({ dimension }) => dimension === 'place')
  return (
    <section class="card policy-section" aria-labelledby="calibration-cohorts">
      <h2 id="calibration-cohorts">{words().title}</h2>
      <p class="muted">{words().story}</p>
      <Show when={!knowsPlaces()}>
        <p class="muted">{words().noPlace}</p>
      </Show>
      <Show when={props.cohorts.length > 0} fallback={<p>{words().none}</p>}>
        <div class="scroll-x" role="group" aria-label={words().title} tabindex="0">
          <table class="policy-table">
            <thead>
              <tr>
                <th scope="col">{words().group}</th>
                <th scope="col">{words().alarms}</th>
                <th scope="col">{words().ratio}</th>
                <th scope="col">{words().passes}</th>
                <th scope="col">{words().verdict}</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.cohorts}>
                {(cohort) => <CohortRow cohort={cohort} onDecided={() => props.onDecided()} />}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </section>
  )
}

const CohortRow = (props: { cohort: Cohort; onDecided: () => void }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.cohorts
  const name = () => {
    const { dimension, value } = props.cohort
    return dimension === 'country' && value !== 'other'
      ? format.country(value)
      : (words().values[value] ?? value)
  }
  const isFew = () => props.cohort.verdict === 'too_few'
  return (
    <tr>
      <th scope="row">
        {name()} <span class="muted small">{words().dimensions[props.cohort.dimension]}</span>
      </th>
      <td>
        <Show when={!isFew()} fallback={<Few of={props.cohort.alarms.of} />}>
          <RateCell rate={props.cohort.alarms} />
        </Show>
      </td>
      <td>
        <Show when={props.cohort.ratio} fallback="–">
          {(ratio) => <MeasuredCell measured={ratio()} />}
        </Show>
      </td>
      <td>
        <Show when={!isFew()} fallback="–">
          <RateCell rate={props.cohort.passes} />
        </Show>
      </td>
      <td>
        <span
          class={
            tones[props.cohort.verdict] === undefined ? 'muted' : `tag ${String(tones[props.cohort.verdict])}`
          }
        >
          {words().verdicts[props.cohort.verdict]}
        </span>
        <Decision cohort={props.cohort} onDecided={() => props.onDecided()} />
      </td>
    </tr>
  )
}

/** A group that is too small to be judged: how many cases, and no more. */
const Few = (props: { of: number }) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <span class="muted">
      {copy().calibration.reliability.cases}: {format.whole(props.of)}
    </span>
  )
}

const Decision = (props: { cohort: Cohort; onDecided: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().calibration.cohorts
  const isOpen = () => props.cohort.verdict === 'uneven' || props.cohort.verdict === 'uncertain'
  const record = (reason: string, key: string) =>
    call(
      'console.decideCohort',
      { body: { dimension: props.cohort.dimension, value: props.cohort.value, reason } },
      { key },
    )
  return (
    <>
      <Show when={props.cohort.decision}>
        {(decision) => (
          <p class="small break">
            <q>{decision().reason}</q>{' '}
            <span class="muted">
              {words().decided(decision().byName)}, <Moment at={decision().at} />
            </span>
          </p>
        )}
      </Show>
      <Show when={isOpen() && may('policy.write')}>
        <details>
          <summary>{words().decide}</summary>
          <Reasoned
            label={words().reason}
            actions={[{ word: words().record, act: record }]}
            onDone={() => props.onDecided()}
          />
        </details>
      </Show>
    </>
  )
}
