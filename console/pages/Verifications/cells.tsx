import { Show, type JSX } from 'solid-js'
import type { VerificationRow } from '#api/contract/console-verifications.ts'
import type { ListColumn } from '#domain/verification/list-columns.ts'
import { Risk, StatusBadge } from '../../components/Badges.tsx'
import { Time } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

type Props = {
  row: VerificationRow
  isOpen: boolean
  /** The state has a column of its own. */
  hasState: boolean
}

/** The one link of a row; a click anywhere else on it does the same. */
const Participant = (props: Props) => (
  <>
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
    <span class="muted ellipsis small" title={props.row.participant.email ?? undefined}>
      {props.row.participant.email}
    </span>
  </>
)

const Purpose = (props: Props) => {
  const copy = useCopy()
  return <>{copy().purposes[props.row.purpose]}</>
}

/** Without a column for the state, this cell shows the state until there is an outcome. */
const Outcome = (props: Props) => (
  <Show when={props.row.outcome === null && props.hasState} fallback={<StatusBadge row={props.row} />}>
    <span class="muted">–</span>
  </Show>
)

const State = (props: Props) => {
  const copy = useCopy()
  return (
    <Show
      when={props.row.outcome === null}
      fallback={<span class="muted">{copy().states[props.row.state]}</span>}
    >
      <StatusBadge row={props.row} />
    </Show>
  )
}

const Channel = (props: Props) => {
  const copy = useCopy()
  return (
    <>
      {copy().channels[props.row.channel]}{' '}
      <span class="muted" title={props.row.contactMasked}>
        {props.row.contactMasked}
      </span>
    </>
  )
}

const Feedback = (props: Props) => {
  const copy = useCopy()
  return <>{props.row.feedback ? copy().feedback[props.row.feedback] : '–'}</>
}

const Completed = (props: Props) => (
  <Show when={props.row.completedAt} fallback="–">
    {(at) => <Time at={at()} />}
  </Show>
)

/** The cells of each column. */
export const cells: Readonly<Record<ListColumn, (props: Props) => JSX.Element>> = {
  participant: Participant,
  purpose: Purpose,
  outcome: Outcome,
  risk: (props) => <Risk row={props.row} />,
  state: State,
  referrer: (props) => <>{props.row.referrer.name}</>,
  channel: Channel,
  ticket: (props) => <>{props.row.ticket ?? '–'}</>,
  feedback: Feedback,
  started: (props) => <Time at={props.row.startedAt} />,
  completed: Completed,
}
