import { A } from '@solidjs/router'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { useCopy } from '../../copy/index.ts'

type Cell = string | number
type Sheet = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The text of a table as a CSV file; texts that a spreadsheet would run are quoted as text (security.md K5). */
const toCsv = ({ columns, rows }: Sheet): string => {
  const cell = (value: Cell) => {
    const text = String(value)
    const safe = typeof value === 'string' && /^[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text
    return `"${safe.replaceAll('"', '""')}"`
  }
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

const save = (sheet: Sheet) => {
  const url = URL.createObjectURL(new Blob([toCsv(sheet)], { type: 'text/csv;charset=utf-8' }))
  Object.assign(document.createElement('a'), { href: url, download: `${sheet.title}.csv` }).click()
  URL.revokeObjectURL(url)
}

/** A chart that answers the question in its title, the same as a table, as CSV, and the list of what it counts. */
export const Tile = (
  props: Sheet & { readonly listHref: string; readonly isEmpty?: boolean; readonly children: JSX.Element },
) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const [isTable, setTable] = createSignal(false)
  const shape = () => (isTable() ? words().chart : words().table)
  const label = (name: string) => words().showAs(props.title, name)
  return (
    <section class="card tile" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <div class="tools">
          <button
            type="button"
            class="quiet"
            aria-label={label(shape())}
            onClick={() => setTable(!isTable())}
          >
            {shape()}
          </button>
          <button type="button" class="quiet" aria-label={label(words().csv)} onClick={() => save(props)}>
            {words().csv}
          </button>
          <A class="button quiet" href={props.listHref} aria-label={label(words().list)}>
            {words().list}
          </A>
        </div>
      </header>
      <Show when={!isTable()} fallback={<Table {...props} />}>
        <Show when={!props.isEmpty} fallback={<p class="muted">{words().noData}</p>}>
          {props.children}
        </Show>
      </Show>
    </section>
  )
}

const Table = (props: Sheet) => {
  const classOf = (cell: Cell | undefined) => (typeof cell === 'number' ? 'number' : '')
  return (
    <div class="tile-table" role="region" tabindex="0" aria-label={props.title}>
      <table class="plain">
        <thead>
          <tr>
            <For each={props.columns}>
              {(name, index) => (
                <th scope="col" class={classOf(props.rows[0]?.[index()])}>
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
                <For each={row}>{(cell) => <td class={classOf(cell)}>{cell}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
