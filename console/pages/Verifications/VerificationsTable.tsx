import { For, Show, untrack } from 'solid-js'
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
  | 'state'
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
  { key: 'state' },
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
  /** Nothing has been loaded yet: neither rows nor the word that there are none. */
  isFirst: boolean
  /** What went wrong is said above; "nothing here" would be a guess. */
  hasTrouble: boolean
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
  const isEmpty = () => props.rows.length === 0 && !props.isLoading && !props.isFirst && !props.hasTrouble
  return (
    <>
      <table class="rows" aria-busy={props.isLoading} aria-label={copy().rail.verifications}>
        <thead>
          <tr>
            <For each={columns}>
              {(column) => (
                <Heading
                  column={column}
                  order={column.sort === props.sort ? props.order : null}
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
  column: { key: Column; sort?: string }
  /** Null: not sorted by this one. */
  order: Order | null
  onSort: Props['onSort']
}) => {
  const copy = useCopy()
  const ariaSort = () => {
    if (props.order === null) return undefined
    return props.order === 'asc' ? 'ascending' : 'descending'
  }
  return (
    <th scope="col" class={`c-${props.column.key}`} aria-sort={ariaSort()}>
      <Show when={props.column.sort} fallback={copy().columns[props.column.key]}>
        {(sort) => (
          <button
            type="button"
            class="sort"
            onClick={() => props.onSort(sort(), props.order === 'desc' ? 'asc' : 'desc')}
          >
            {copy().columns[props.column.key]}
            <span class="arrow" aria-hidden="true">
              {props.order === null ? '' : props.order === 'asc' ? '↑' : '↓'}
            </span>
          </button>
        )}
      </Show>
    </th>
  )
}

const Row = (props: {
  row: VerificationRow
  /** Came after the first page was shown: it fades in. */
  isLate: boolean
  isOpen: boolean
  onOpen: () => void
}) => {
  const copy = useCopy()
  return (
    <tr classList={{ open: props.isOpen, 'late-row': props.isLate }} onClick={() => props.onOpen()}>
      <Participant row={props.row} isOpen={props.isOpen} />
      <td class="c-purpose">{copy().purposes[props.row.purpose]}</td>
      <td class="c-outcome">
        <Show when={props.row.outcome === null} fallback={<StatusBadge row={props.row} />}>
          <span class="muted wide-only">–</span>
          <span class="narrow-only">
            <StatusBadge row={props.row} />
          </span>
        </Show>
      </td>
      <td class="c-risk">
        <Risk row={props.row} />
      </td>
      <td class="c-state">
        <Show
          when={props.row.outcome === null}
          fallback={<span class="muted">{copy().states[props.row.state]}</span>}
        >
          <StatusBadge row={props.row} />
        </Show>
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

const Participant = (props: { row: VerificationRow; isOpen: boolean }) => (
  <td class="c-participant">
    <a
      href={`/verifications/${props.row.id}`}
      data-row={props.row.id}
      class="ellipsis"
      title={props.row.participant.name}
      aria-current={props.isOpen ? 'true' : undefined}
      onClick={(event) => {
        // A plain click opens beside the list; with a modifier the browser opens the page.
        if (event.metaKey || event.ctrlKey || event.shiftKey) event.stopPropagation()
        else event.preventDefault()
      }}
    >
      {props.row.participant.name}
    </a>
    <span class="muted ellipsis small">{props.row.participant.email}</span>
  </td>
)
