/**
 * An action on hold looks to those who must not know of it (docs/adr/0010-silent-signal.md) like one whose grant was
 * signed and that waits for the participant, or for a slow directory.
 */
import { actionEvents } from '#domain/events/catalog.ts'
import { isFinishedByParticipant } from '#domain/verification/verification.ts'
import { may } from '#domain/roles.ts'
import { readActionsOnHold, type ActionOnHold } from '#services/actions/on-hold.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { RawVerification } from './panel/raw.ts'

/** Those who may know see the truth, but for a signal of their own. */
export const readOnHold = (tx: Tx, { role, staffId }: StaffCaller): Promise<readonly ActionOnHold[]> =>
  readActionsOnHold(tx, may(role, 'duress.read') ? staffId : null)

/** An action that begins by itself is under way; every other one waits for the participant. */
const stateOf = ({ purpose }: ActionOnHold): 'in_progress' | 'granted' =>
  isFinishedByParticipant(purpose) ? 'granted' : 'in_progress'

const eventsOf = ({ purpose }: ActionOnHold): readonly string[] =>
  isFinishedByParticipant(purpose) ? ['grant.issued'] : ['grant.issued', `${actionEvents[purpose]}.intended`]

/** The panel of an ordinary case instead of the one on hold. */
export const panelWithoutHold = (raw: RawVerification, onHold: readonly ActionOnHold[]): RawVerification => {
  const found = onHold.find(({ id }) => id === raw.verification.id)
  if (found === undefined) return raw
  const at = found.decidedAt.toISOString()
  const action = { reason: null, recorded_at: at, completed_at: null, sessions_ended: null, not_before: null }
  const told = eventsOf(found).map((type) => ({
    ...{ at, type, actorKind: 'system', actorName: null },
    payload: {},
  }))
  return { ...raw, action: { ...action, state: stateOf(found) }, events: [...raw.events, ...told] }
}

/** The same in a page of the list, as the database wrote it. */
export const rowsWithoutHold = (page: string, onHold: readonly ActionOnHold[]): string =>
  onHold.reduce(
    (text, one) =>
      text.replace(new RegExp(`("id": "${one.id}", "band": [^{}]*?"action": )"none"`), `$1"${stateOf(one)}"`),
    page,
  )
