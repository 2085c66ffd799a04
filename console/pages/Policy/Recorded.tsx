import { For } from 'solid-js'
import type { RecordedDemand } from '#api/contract/console-policy.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/** The cases that would have been asked for more proof, had the policy not only recorded it. */
export const Recorded = (props: { demands: readonly RecordedDemand[] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().policy.recorded
  return (
    <section class="card policy-section" aria-labelledby="policy-recorded">
      <h2 id="policy-recorded">{words().title}</h2>
      <p class="muted">{words().note}</p>
      <div class="scroll-x" tabindex="0" role="group" aria-label={words().title}>
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{words().demand}</th>
              <th scope="col" class="number">
                {words().cases}
              </th>
              <th scope="col" class="number">
                {words().passed}
              </th>
              <th scope="col" class="number">
                {words().withoutWay}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.demands}>
              {(row) => (
                <tr>
                  <th scope="row">{words().demands[row.demand]}</th>
                  <td class="number">{format.whole(row.cases)}</td>
                  <td class="number">{format.whole(row.passed)}</td>
                  <td class="number">{format.whole(row.peopleWithoutWay)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  )
}
