import { A } from '@solidjs/router'
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
  /** The list of what the tile counts. */
  listHref: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  isEmpty?: boolean
  children: JSX.Element
}) => {
  const copy = useCopy()
  const [isTable, setTable] = createSignal(false)
  const shape = () => (isTable() ? copy().dashboard.chart : copy().dashboard.table)
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
          <button
            type="button"
            class="quiet"
            aria-label={copy().dashboard.showAs(props.title, shape())}
            onClick={() => setTable(!isTable())}
          >
            {shape()}
          </button>
          <button
            type="button"
            class="quiet"
            aria-label={copy().dashboard.showAs(props.title, copy().dashboard.csv)}
            onClick={save}
          >
            {copy().dashboard.csv}
          </button>
          <A
            class="button quiet"
            href={props.listHref}
            aria-label={copy().dashboard.showAs(props.title, copy().dashboard.list)}
          >
            {copy().dashboard.list}
          </A>
        </div>
      </header>
      <Show
        when={!isTable()}
        fallback={<Table title={props.title} columns={props.columns} rows={props.rows} />}
      >
        <Show when={!props.isEmpty} fallback={<p class="muted">{copy().dashboard.noData}</p>}>
          {props.children}
        </Show>
      </Show>
    </section>
  )
}

const Table = (props: { title: string; columns: readonly string[]; rows: readonly (readonly Cell[])[] }) => (
  <div class="tile-table" role="region" tabindex="0" aria-label={props.title}>
    <table class="plain">
      <thead>
        <tr>
          <For each={props.columns}>
            {(name, index) => (
              <th scope="col" class={typeof props.rows[0]?.[index()] === 'number' ? 'number' : ''}>
                {name}
              </th>
            )}
          </For>
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
