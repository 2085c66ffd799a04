import { A } from '@solidjs/router'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { saveSheet, type Cell, type Sheet } from './sheet.ts'

type TileSheet = Sheet & {
  /** The list behind a cell of the table, where it has one. */
  readonly cellHref?: (row: number, column: number) => string | undefined
}

/** A chart that answers the question in its title, the same as a table, as CSV, and the list of what it counts if there is one. */
export const Tile = (
  props: TileSheet & {
    readonly listHref: string | null
    readonly isEmpty?: boolean
    readonly children: JSX.Element
  },
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
          <button
            type="button"
            class="quiet"
            aria-label={label(words().csv)}
            onClick={() => saveSheet(props)}
          >
            {words().csv}
          </button>
          <Show when={props.listHref}>
            {(href) => (
              <A class="button quiet" href={href()} aria-label={label(words().list)}>
                {words().list}
              </A>
            )}
          </Show>
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

const Table = (props: TileSheet) => {
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
            {(row, index) => (
              <tr>
                <For each={row}>
                  {(cell, column) => (
                    <td class={classOf(cell)}>
                      <CellText text={cell} href={props.cellHref?.(index(), column())} />
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

const CellText = (props: { text: Cell; href: string | undefined }) => (
  <Show when={props.href} fallback={props.text}>
    {(href) => <A href={href()}>{props.text}</A>}
  </Show>
)
