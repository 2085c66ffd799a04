/**
 * Messages to a workflow that named a person without the API's attestation: an alarm, and mail to all who watch over cases
 * (T11).
 */
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import type { StaffAct } from '#platform/crypto/staff-attestation.ts'
import { tellOfImpersonation } from '../staff/staff-notices.ts'
import { daysAgo } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { ForgedMessage } from './models.ts'

/** An act in the name of staff, or a participant's report: "this was not me". */
type ForgedAct = StaffAct | 'report'

/** The claims of such a message. */
export type Impersonation = {
  readonly act: ForgedAct
  readonly byId: string
  readonly verificationId: string
}

/** An impersonation, as it is shown. */
export type ShownImpersonation = {
  readonly id: string
  /** The name of the member of staff who was named; empty where there is none. */
  readonly staffName: string
  readonly act: ForgedAct
  readonly verificationId: string
  readonly at: Date
}

/** Raises an alarm once an hour in an organisation, however many messages come; false where that was done already. */
export const raiseImpersonation = async (
  tx: Tx,
  { act, byId, verificationId }: Impersonation,
): Promise<boolean> => {
  // If two come at once, the second waits and finds the first.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenantId}/impersonation`])
  const raised = await tx.one<{ id: string }>(
    `insert into impersonations (tenant_id, act, by_id, staff_name, verification_id)
     select $1, $2, $3, coalesce((select display_name from staff where tenant_id = $1 and id::text = $3), ''), $4
     where not exists (select from impersonations where tenant_id = $1 and raised_at > now() - interval '1 hour')
     returning id`,
    [tx.tenantId, act, byId, verificationId],
  )
  if (raised === undefined) return false
  await tellOfImpersonation(tx, raised.id)
  await notify(tx, 'alarm', raised.id)
  await recordEvents(tx, { kind: 'system', id: 'worker' }, null, [
    {
      type: 'staff.impersonated',
      object: { kind: 'alarm', id: raised.id },
      payload: { act, byId, verificationId },
    },
  ])
  return true
}

/** Impersonations of the last thirty days, newest first. */
export const readImpersonations = async (tx: Tx, limit: number): Promise<ShownImpersonation[]> =>
  ForgedMessage.of(tx)
    .where('raisedAt', '>', daysAgo(30))
    .orderBy('raisedAt', 'desc')
    .limit(limit)
    .select('id', 'staffName', 'act', 'verificationId', 'raisedAt as at')
    .castTo<ShownImpersonation[]>()

/** True if one was raised within a day. */
export const isImpersonated = async (tx: Tx): Promise<boolean> =>
  (await ForgedMessage.of(tx).where('raisedAt', '>', daysAgo(1)).select('id').first()) !== undefined
