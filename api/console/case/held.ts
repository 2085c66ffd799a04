/**
 * What a held action looks like to those who must not know of it (docs/adr/0010-silent-signal.md): as one whose grant was
 * signed and that waits for the participant, or for a slow directory.
 */
import { actionEvents } from '#domain/events/catalog.ts'
import { isFinishedByParticipant } from '#domain/verification/verification.ts'
import { may } from '#domain/roles.ts'
import { readHeldActions, type HeldAction } from '#services/actions/held-actions.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { RawVerification } from './panel/raw.ts'

/** Those who may know see the truth, but for a signal of their own. */
export const heldFor = (tx: Tx, { role, staffId }: StaffCaller): Promise<readonly HeldAction[]> =>
  readHeldActions(tx, may(role, 'duress.read') ? staffId : null)

/** What begins by itself is under way; everything else waits for the participant. */
const stateOf = ({ purpose }: HeldAction): 'in_progress' | 'granted' =>
  isFinishedByParticipant(purpose) ? 'granted' : 'in_progress'

const eventsOf = ({ purpose }: HeldAction): readonly string[] =>
  isFinishedByParticipant(purpose) ? ['grant.issued'] : ['grant.issued', `${actionEvents[purpose]}.intended`]

/** The panel of an ordinary case instead of the held one. */
export const withHeldPanel = (raw: RawVerification, held: readonly HeldAction[]): RawVerification => {
  const found = held.find(({ id }) => id === raw.verification.id)
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
export const withHeldRows = (page: string, held: readonly HeldAction[]): string =>
  held.reduce(
    (text, one) =>
      text.replace(new RegExp(`("id": "${one.id}", "band": [^{}]*?"action": )"none"`), `$1"${stateOf(one)}"`),
    page,
  )
