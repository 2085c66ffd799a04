import type { EventType } from '#domain/events/catalog.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { notePasswordChanged, recordActionRow } from '#platform/server/db/actions.ts'
import { voidGrant } from '#platform/server/db/grants.ts'
import { addNotices } from '#platform/server/db/notices.ts'
import { endOtherSessions } from '#platform/server/db/portal-sessions-write.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { readGrantId } from '#platform/server/db/actions.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import type { ActionRecord } from '#workflows/password-reset/steps.ts'
import type { ActivityDeps } from '../../ports.ts'

const eventOf: Partial<Record<ActionState, EventType>> = {
  completed: 'reset.completed',
  failed: 'reset.failed',
  unknown: 'reset.unknown',
  expired: 'reset.expired',
}

/** Stores where a reset stands, with what goes with it: a void grant, notices to every contact, ended sessions. */
export const createRecordAction =
  (deps: Pick<ActivityDeps, 'db'>) =>
  (input: ActionRecord): Promise<void> =>
    inTenant(deps.db, input.reset.tenantId, async (tx) => {
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
      const grantId = await readGrantId(tx, reset.verificationId)
      const isVoided = isEnd(state) && grantId !== null && (await voidGrant(tx, grantId, reason ?? state))
      if (state === 'completed') await tellEveryone(tx, input)
      await recordEnd(tx, input, isVoided ? grantId : null)
    })

const isEnd = (state: ActionState): boolean => eventOf[state] !== undefined

/** B12: every contact is told; B14: nobody else stays in. The card says when it was. */
const tellEveryone = async (tx: Tx, { reset, at }: ActionRecord): Promise<void> => {
  const { verificationId, personId } = reset
  await addNotices(tx, { verificationId, personId, kind: 'password_changed', exceptContactId: null })
  await endOtherSessions(tx, personId, verificationId)
  await notePasswordChanged(tx, personId, at)
}

const recordEnd = async (tx: Tx, input: ActionRecord, voidedGrantId: string | null): Promise<void> => {
  const { reset, state, reason, at } = input
  const object = { kind: 'verification' as const, id: reset.verificationId }
  const type = eventOf[state]
  const ended =
    type === undefined ? [] : [{ type, object, payload: { action: state, reason }, occurredAt: at }]
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
  const drafts = [...voided, ...ended]
  const ids = drafts.map((draft) => uuidOf(draft.type, reset.verificationId, reset.run.id, String(input.seq)))
  if (drafts.length > 0) {
    await recordEvents(tx, { kind: 'system', id: 'workflow' }, reset.verificationId, drafts, ids)
  }
}
