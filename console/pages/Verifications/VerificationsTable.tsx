import { createMemo, For, Show, untrack } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { VerificationRow } from '#api/contract/console-verifications.ts'
import type { ListColumn } from '#domain/verification/list-columns.ts'
import { useCopy } from '../../copy/index.ts'
import { cells } from './cells.tsx'

type Order = 'asc' | 'desc'

/** Columns that the server sorts by, with the sort's name. */
const sorts: Partial<Record<ListColumn, string>> = {
  purpose: 'purpose',
  outcome: 'outcome',
  risk: 'risk',
  started: 'started',
  completed: 'completed',
}

type Props = {
  columns: readonly ListColumn[]
  /** They were chosen, whatever the window's width. */
  hasChosen: boolean
  rows: readonly VerificationRow[]
  openId: string | null
  isLoading: boolean
  /** Nothing has been loaded yet: neither rows nor the word that there are none. */
  isFirst: boolean
  /** The trouble is shown above; "nothing here" would be a guess. */
  hasTrouble: boolean
  hasFilters: boolean
  sort: string
  order: Order
  onSort: (sort: string, order: Order) => void
  onOpen: (id: string) => void
  onReset: () => void
}

/** The table: the columns that are wanted, sorted by the server, one link a row. */
export const VerificationsTable = (props: Props) => {
  const copy = useCopy()
  const isEmpty = () => props.rows.length === 0 && !props.isLoading && !props.isFirst && !props.hasTrouble
  return (
    <>
      <table
        class="rows"
        classList={{ chosen: props.hasChosen }}
        aria-busy={props.isLoading}
        aria-label={copy().rail.verifications}
      >
        <thead>
          <tr>
            <For each={props.columns}>
              {(column) => (
                <Heading
                  column={column}
                  order={sorts[column] === props.sort ? props.order : null}
                  onSort={props.onSort}
                />
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <Row
                row={row}
                columns={props.columns}
                isLate={untrack(() => !props.isFirst)}
                isOpen={row.id === props.openId}
                onOpen={() => props.onOpen(row.id)}
              />
            )}
          </For>
        </tbody>
      </table>
      <Show when={props.isFirst && props.rows.length === 0}>
        <div class="skeleton late" aria-hidden="true" />
      </Show>
      <Show when={isEmpty()}>
        <div class="empty" role="status">
          <p>{props.hasFilters ? copy().list.noMatch : copy().list.none}</p>
          <Show when={props.hasFilters}>
            <button type="button" onClick={() => props.onReset()}>
              {copy().list.reset}
            </button>
          </Show>
        </div>
      </Show>
    </>
  )
}

const Heading = (props: {
  column: ListColumn
  /** Null: not sorted by this one. */
  order: Order | null
  onSort: Props['onSort']
}) => {
  const copy = useCopy()
  const order = createMemo(() => props.order)
  const ariaSort = () => {
    if (order() === null) return undefined
    return order() === 'asc' ? 'ascending' : 'descending'
  }
  return (
    <th scope="col" class={`c-${props.column}`} aria-sort={ariaSort()}>
      <Show when={sorts[props.column]} fallback={copy().columns[props.column]}>
        {(sort) => (
          <button
            type="button"
            class="sort"
            onClick={() => props.onSort(sort(), order() === 'desc' ? 'asc' : 'desc')}
          >
            {copy().columns[props.column]}
            <span class="arrow" aria-hidden="true">
              {order() === null ? '' : order() === 'asc' ? '↑' : '↓'}
            </span>
          </button>
        )}
      </Show>
    </th>
  )
}

const Row = (props: {
  row: VerificationRow
  columns: readonly ListColumn[]
  /** Came after the first page was shown: it fades in. */
  isLate: boolean
  isOpen: boolean
  onOpen: () => void
}) => (
  <tr classList={{ open: props.isOpen, 'late-row': props.isLate }} onClick={() => props.onOpen()}>
    <For each={props.columns}>
      {(column) => (
        <td class={`c-${column}`}>
          <Dynamic
            component={cells[column]}
            row={props.row}
            isOpen={props.isOpen}
            hasState={props.columns.includes('state')}
          />
        </td>
      )}
    </For>
  </tr>
)
