import { For } from 'solid-js'
import type { AccessReport as Report } from '#api/contract/console-access.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/** Completeness: what is kept in each table, for how long, and what is not told. */
export const Tables = (props: { tables: Report['tables'] }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().access
  return (
    <section>
      <h2>{words().tables}</h2>
      <p class="muted small">{words().tablesStory}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={words().tables}>
        <table class="plain small">
          <thead>
            <tr>
              <th scope="col">{words().tableHead.table}</th>
              <th scope="col" class="number">
                {words().tableHead.rows}
              </th>
              <th scope="col">{words().tableHead.kept}</th>
              <th scope="col">{words().tableHead.withheld}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.tables}>
              {(table) => (
                <tr>
                  <td>{words().tableNames[table.table] ?? table.table}</td>
                  <td class="number">{format.whole(table.rows.length)}</td>
                  <td>{table.days === null ? words().keptOpen : format.days(table.days)}</td>
                  <td>{table.withheld.map(({ reason }) => words().withheld[reason]).join('; ')}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  )
}
