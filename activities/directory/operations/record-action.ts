import { actionEnds, actionEvents, type EventType } from '#domain/events/catalog.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { actions, type ActingPurpose } from '#domain/verification/verification.ts'
import { readActionKind, recordActionRow } from '#services/actions/actions.ts'
import { voidGrant } from '#services/actions/grants.ts'
import { addNotices } from '#services/sending/notices.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActionRecord } from '#workflows/action/activity-types.ts'
import { operations } from './index.ts'
import { isReportMade, type AttestationDeps } from '../../verification/check-attestation.ts'
import { tellNothingDone } from '../../verification/tell-end.ts'

type Ending = (typeof actionEnds)[number]
const isEnding = (state: ActionState): state is Ending => actionEnds.some((end) => end === state)

/** Stores the state of an action, and does what belongs to it: voids a grant, sends notices to every contact, ends sessions. */
export const createRecordAction =
  (deps: AttestationDeps) =>
  async (said: ActionRecord): Promise<void> => {
    const input = await asReported(deps, said)
    await inTenant(deps.db, input.reset.tenantId, async (tx) => {
      const { reset, seq, state, reason, at } = input
      const isNewer = await recordActionRow(tx, {
        reset,
        seq,
        state,
        reason,
        countsTry: reason === 'password_refused',
        ...(state === 'completed' ? { completedAt: at } : {}),
      })
      if (!isNewer) return
      const found = await readActionKind(tx, reset.verificationId)
      if (found === undefined || !isEnding(state)) return
      const { kind, grantId } = found
      const isVoided = grantId !== null && (await voidGrant(tx, grantId, reason ?? state))
      if (state === 'completed') await goWith(tx, input, kind)
      else if (isNothingDone(input)) await tellNothingDone(tx, reset)
      await recordEnd(tx, input, `${actionEvents[kind]}.${state}`, isVoided ? grantId : null)
    })
  }

/**
 * T11: an action that claims to end by a report, where nobody reported anything, is a cancelled one, and contacts get a
 * notice.
 */
const asReported = async (deps: AttestationDeps, input: ActionRecord): Promise<ActionRecord> => {
  const { tenantId, verificationId, personId } = input.reset
  if (input.reason !== 'reported' || (await isReportMade(deps, { tenantId, verificationId, personId })))
    return input
  return { ...input, reason: 'cancelled' }
}

/** An unknown result may yet be found out, and a report sends its own notices. */
const isNothingDone = ({ state, reason }: ActionRecord): boolean =>
  state !== 'unknown' && reason !== 'reported'

/** B12: every contact gets a notice of a done action; then come the changes that go with it. */
const goWith = async (tx: Tx, input: ActionRecord, purpose: ActingPurpose): Promise<void> => {
  const { verificationId, personId } = input.reset
  const kind = actions[purpose].notice
  await addNotices(tx, { verificationId, personId, kind, exceptContactId: null })
  await operations[purpose].whenDone(tx, input)
}

const recordEnd = async (
  tx: Tx,
  input: ActionRecord,
  type: EventType,
  voidedGrantId: string | null,
): Promise<void> => {
  const { reset, state, reason, at } = input
  const object = { kind: 'verification' as const, id: reset.verificationId }
  const ended = { type, object, payload: { action: state, reason }, occurredAt: at }
  const voided =
    voidedGrantId === null
      ? []
      : [
          {
            type: 'grant.voided' as const,
            object,
            payload: { grantId: voidedGrantId, reason },
            occurredAt: at,
          },
        ]
  const drafts = [...voided, ended]
  const ids = drafts.map((draft) => uuidOf(draft.type, reset.verificationId, reset.run.id, String(input.seq)))
  await recordEvents(tx, { kind: 'system', id: 'workflow' }, reset.verificationId, drafts, ids)
}
