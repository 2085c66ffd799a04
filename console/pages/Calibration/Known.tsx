import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Calibration } from '#api/contract/console-calibration.ts'
import { labelSources, unlabelledReasons } from '#domain/risk/calibration/labels.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { RateCell } from './Rate.tsx'

/** Where labels come from, what has none, and the sample of passes. */
export const Known = (props: { report: Calibration }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.labels
  return (
    <section class="card policy-section" aria-labelledby="calibration-labels">
      <h2 id="calibration-labels">{words().title}</h2>
      <p class="muted">{words().story}</p>
      <div class="scroll-x" role="group" aria-label={words().title} tabindex="0">
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{words().source}</th>
              <th scope="col" class="number">
                {words().genuine}
              </th>
              <th scope="col" class="number">
                {words().fraud}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={labelSources}>
              {(source) => (
                <tr>
                  <th scope="row">{words().sources[source]}</th>
                  <td class="number">{format.whole(props.report.labels.genuine[source])}</td>
                  <td class="number">{format.whole(props.report.labels.fraud[source])}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Unlabelled report={props.report} />
      <p>
        {words().refused(
          format.whole(props.report.refused.labelled),
          format.whole(props.report.refused.cases),
        )}
      </p>
      <Sample audit={props.report.audit} />
    </section>
  )
}

const Unlabelled = (props: { report: Calibration }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.labels
  const some = () => unlabelledReasons.filter((reason) => props.report.labels.unlabelled[reason] > 0)
  return (
    <Show when={some().length > 0}>
      <h3>{words().unlabelled}</h3>
      <ul class="plain">
        <For each={some()}>
          {(reason) => (
            <li>
              {format.whole(props.report.labels.unlabelled[reason])}: {words().reasons[reason]}
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

const Sample = (props: { audit: Calibration['audit'] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().calibration.audit
  return (
    <>
      <h3>{words().title}</h3>
      <p>{words().story(format.whole(props.audit.sampled), format.whole(props.audit.passes))}</p>
      <p>
        {words().suspicious}: <RateCell rate={props.audit.suspicious} />
      </p>
      <Show when={props.audit.waiting.length > 0} fallback={<p class="muted">{words().none}</p>}>
        <p>{words().waiting}:</p>
        <ul class="calibration-waiting">
          <For each={props.audit.waiting}>
            {(id, index) => (
              <li>
                <A href={`/verifications/${id}`}>{words().open(index() + 1)}</A>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}
