import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { SourceImport } from '#api/contract/console-sources.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/** The newest imports. */
export const History = (props: { imports: readonly SourceImport[] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().sources.history
  /** Names who uploaded it, and the way where that is not the console. */
  const uploadedBy = ({ origin, by }: SourceImport): string =>
    origin === 'console' ? by.name : `${by.name} (${words()[origin]})`
  return (
    <section class="card sources-section" aria-labelledby="sources-history">
      <h2 id="sources-history">{words().title}</h2>
      <Show when={props.imports.length > 0} fallback={<p>{words().none}</p>}>
        <div class="scroll-x" tabindex="0" role="group" aria-label={words().title}>
          <table class="sources-table">
            <thead>
              <tr>
                <th scope="col">{words().what}</th>
                <th scope="col">{words().when}</th>
                <th scope="col">{words().who}</th>
                <th scope="col">{words().state}</th>
                <th scope="col" class="number">
                  {words().rows}
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={props.imports}>
                {(one) => (
                  <tr>
                    <th scope="row">
                      <A href={`/sources?import=${one.id}`}>{copy().sources.kinds[one.kind]}</A>
                    </th>
                    <td>
                      <Moment at={one.uploadedAt} />
                    </td>
                    <td>{uploadedBy(one)}</td>
                    <td>{copy().sources.import.states[one.state]}</td>
                    <td class="number">{one.figures === null ? '' : format.whole(one.figures.rows)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </section>
  )
}
