import { createSignal, For, Show, type JSX } from 'solid-js'
import { useCopy } from '../../copy/index.ts'

type Cell = string | number

/** The text of a table as a CSV file; texts that a spreadsheet would run are quoted as text (security.md K5). */
const toCsv = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const cell = (value: Cell) => {
    const text = String(value)
    const safe = typeof value === 'string' && /^[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text
    return `"${safe.replaceAll('"', '""')}"`
  }
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

/** A chart that answers the question in its title, the same as a table, and as CSV. */
export const Tile = (props: {
  title: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  children: JSX.Element
}) => {
  const copy = useCopy()
  const [isTable, setTable] = createSignal(false)
  const save = () => {
    const url = URL.createObjectURL(
      new Blob([toCsv(props.columns, props.rows)], { type: 'text/csv;charset=utf-8' }),
    )
    const link = Object.assign(document.createElement('a'), { href: url, download: `${props.title}.csv` })
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <section class="card tile" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <div class="tools">
          <button type="button" class="quiet" aria-pressed={isTable()} onClick={() => setTable(!isTable())}>
            {isTable() ? copy().dashboard.chart : copy().dashboard.table}
          </button>
          <button type="button" class="quiet" onClick={save}>
            CSV
          </button>
        </div>
      </header>
      <Show when={!isTable()} fallback={<Table columns={props.columns} rows={props.rows} />}>
        {props.children}
      </Show>
    </section>
  )
}

const Table = (props: { columns: readonly string[]; rows: readonly (readonly Cell[])[] }) => (
  <div class="tile-table" tabindex="0">
    <table class="plain">
      <thead>
        <tr>
          <For each={props.columns}>{(name) => <th scope="col">{name}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr>
              <For each={row}>
                {(cell) => <td class={typeof cell === 'number' ? 'number' : ''}>{cell}</td>}
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </div>
)
