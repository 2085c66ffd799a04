import { For, Show } from 'solid-js'
import type { VerificationRow } from '#api/contract/console-verifications.ts'
import { Risk, StatusBadge } from '../../components/Badges.tsx'
import { Time } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

type Order = 'asc' | 'desc'
type Column =
  | 'participant'
  | 'purpose'
  | 'outcome'
  | 'risk'
  | 'referrer'
  | 'channel'
  | 'ticket'
  | 'feedback'
  | 'started'
  | 'completed'

const columns: readonly { key: Column; sort?: string }[] = [
  { key: 'participant' },
  { key: 'purpose', sort: 'purpose' },
  { key: 'outcome', sort: 'outcome' },
  { key: 'risk', sort: 'risk' },
  { key: 'referrer' },
  { key: 'channel' },
  { key: 'ticket' },
  { key: 'feedback' },
  { key: 'started', sort: 'started' },
  { key: 'completed', sort: 'completed' },
]

type Props = {
  rows: readonly VerificationRow[]
  openId: string | null
  isLoading: boolean
  hasFilters: boolean
  sort: string
  order: Order
  onSort: (sort: string, order: Order) => void
  onOpen: (id: string) => void
  onReset: () => void
}

/** The table: every column of the list, sorted by the server, one link a row. */
export const VerificationsTable = (props: Props) => {
  const copy = useCopy()
  const ariaSort = (sort: string | undefined) => {
    if (sort !== props.sort) return undefined
    return props.order === 'asc' ? 'ascending' : 'descending'
  }
  const turn = (sort: string) =>
    props.onSort(sort, props.sort === sort && props.order === 'desc' ? 'asc' : 'desc')
  return (
    <>
      <table class="rows" aria-busy={props.isLoading}>
        <thead>
          <tr>
            <For each={columns}>
              {(column) => (
                <th scope="col" class={`c-${column.key}`} aria-sort={ariaSort(column.sort)}>
                  <Show when={column.sort} fallback={copy().columns[column.key]}>
                    {(sort) => (
                      <button type="button" class="sort" onClick={() => turn(sort())}>
                        {copy().columns[column.key]}
                        <span aria-hidden="true">
                          {props.sort === sort() ? (props.order === 'asc' ? ' ↑' : ' ↓') : ''}
                        </span>
                      </button>
                    )}
                  </Show>
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => <Row row={row} isOpen={row.id === props.openId} onOpen={() => props.onOpen(row.id)} />}
          </For>
        </tbody>
      </table>
      <Show when={props.rows.length === 0 && !props.isLoading}>
        <div class="empty">
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

const Row = (props: { row: VerificationRow; isOpen: boolean; onOpen: () => void }) => {
  const copy = useCopy()
  return (
    <tr classList={{ open: props.isOpen }} onClick={() => props.onOpen()}>
      <td class="c-participant">
        <a
          href={`/verifications/${props.row.id}`}
          data-row={props.row.id}
          aria-current={props.isOpen ? 'true' : undefined}
          onClick={(event) => {
            // A plain click opens beside the list; with a modifier the browser opens the page.
            if (event.metaKey || event.ctrlKey || event.shiftKey) return event.stopPropagation()
            event.preventDefault()
            return undefined
          }}
        >
          {props.row.participant.name}
        </a>
        <span class="muted ellipsis">{props.row.participant.email}</span>
      </td>
      <td class="c-purpose">{copy().purposes[props.row.purpose]}</td>
      <td class="c-outcome">
        <StatusBadge row={props.row} />
      </td>
      <td class="c-risk">
        <Risk row={props.row} />
      </td>
      <td class="c-referrer">{props.row.referrer.name}</td>
      <td class="c-channel">
        {copy().channels[props.row.channel]} <span class="muted">{props.row.contactMasked}</span>
      </td>
      <td class="c-ticket">{props.row.ticket ?? '–'}</td>
      <td class="c-feedback">{props.row.feedback ? copy().feedback[props.row.feedback] : '–'}</td>
      <td class="c-started">
        <Time at={props.row.startedAt} />
      </td>
      <td class="c-completed">
        <Show when={props.row.completedAt} fallback="–">
          {(at) => <Time at={at()} />}
        </Show>
      </td>
    </tr>
  )
}
