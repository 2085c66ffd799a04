import { For, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

type Given = Panel['approval']['given'][number]

/** Shape and colour of an approval; the word is beside it. */
const looks: Readonly<Record<Given['state'], readonly [shape: string, tone: string]>> = {
  waiting: ['◔', ''],
  counts: ['●', 'low'],
  unused: ['○', ''],
  expired: ['○', ''],
  changed: ['■', 'high'],
  broken: ['■', 'high'],
}

/** True if there is anything to say about two approvals. */
export const hasApprovals = ({ approval, row, recommendation }: Panel): boolean =>
  approval.given.length > 0 || (approval.isNeeded && row.state !== 'closed' && recommendation !== null)

/** Shows who approved, until when that waits for a second person, and who that could be. */
export const Approvals = (props: { panel: Panel }) => {
  const copy = useCopy()
  const approval = () => props.panel.approval
  const isOpen = () => props.panel.row.state !== 'closed'
  /** The people who may give the second are looked up once there is something to approve. */
  const isWaiting = () => props.panel.row.state === 'awaiting_decision'
  const hasLive = () => approval().given.some(({ state }) => state === 'waiting')
  return (
    <section aria-labelledby="panel-approvals">
      <h3 id="panel-approvals">{copy().approvals.title}</h3>
      <ol class="plain approvers" aria-live="polite">
        <For each={approval().given}>{(given) => <OneApproval given={given} />}</For>
      </ol>
      <Show when={isOpen() && !hasLive()}>
        <p>{copy().approvals.none}</p>
      </Show>
      <Show when={isWaiting()}>
        <p class="muted">
          {approval().mayGiveSecond.length > 0
            ? copy().approvals.who(approval().mayGiveSecond)
            : copy().approvals.nobody}
        </p>
      </Show>
    </section>
  )
}

const OneApproval = (props: { given: Given }) => {
  const copy = useCopy()
  const look = () => looks[props.given.state]
  return (
    <li>
      <p>
        <strong class={look()[1]}>
          <span aria-hidden="true">{look()[0]} </span>
          {copy().approvals.ordinals[props.given.ordinal]}
        </strong>{' '}
        · {props.given.byName} · {copy().approvals.states[props.given.state]}
      </p>
      <p class="muted small">
        <Moment at={props.given.at} /> · <q>{props.given.reason}</q>
        <Show when={props.given.state === 'waiting'}>
          {' '}
          · {copy().approvals.until} <Moment at={props.given.expiresAt} />
        </Show>
      </p>
    </li>
  )
}
