/** That a member of staff, or a system that calls by a key, reached a limit: an alarm, and mail to those who watch (D8). */
import { raw } from 'objection'
import { notify } from '#platform/database/notify.ts'
import type { EventActor } from '#platform/database/record-events.ts'
import { tellOfLimit } from './staff-notices.ts'
import type { CountedKind } from './staff-counters.ts'
import { daysAgo } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { LimitReached } from './models.ts'

/** One of them, as it is shown. */
export type StaffAlarm = {
  readonly id: string
  /** The name of the member of staff, or of the system. */
  readonly staffName: string
  readonly isSystem: boolean
  readonly kind: CountedKind
  readonly at: Date
}

const columnOf = (who: EventActor['kind']): 'staff_id' | 'client_id' =>
  who === 'api_client' ? 'client_id' : 'staff_id'

/** Raises it and tells all who watch but the member, once an hour; false where that was done already. `actor`: an agent or an API client. */
export const raiseStaffAlarm = async (
  tx: Tx,
  { kind: who, id, name = null }: EventActor,
  kind: CountedKind,
): Promise<boolean> => {
  // If two refusals come at once, the second waits and finds the first.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.tenantId}/${id}/${kind}/alarm`,
  ])
  const raised = await tx.one<{ id: string }>(
    `insert into staff_alarms (tenant_id, ${columnOf(who)}, staff_name, kind) select $1, $2, $3, $4
     where not exists (select from staff_alarms
       where tenant_id = $1 and ${columnOf(who)} = $2 and kind = $4 and raised_at > now() - interval '1 hour')
     returning id`,
    [tx.tenantId, id, name ?? '', kind],
  )
  if (raised === undefined) return false
  await tellOfLimit(tx, raised.id, { id, name: name ?? '' })
  await notify(tx, 'alarm', raised.id)
  return true
}

/** Those of the last thirty days, newest first. */
export const readStaffAlarms = async (tx: Tx, limit: number): Promise<StaffAlarm[]> =>
  LimitReached.of(tx)
    .where('raisedAt', '>', daysAgo(30))
    .orderBy('raisedAt', 'desc')
    .limit(limit)
    .select('id', 'staffName', 'kind', 'raisedAt as at', raw('client_id is not null').as('isSystem'))
    .castTo<StaffAlarm[]>()

/** True if one was raised within a day that is not about the reader. */
export const isLimitReached = async (tx: Tx, readerId: string): Promise<boolean> =>
  (await LimitReached.of(tx)
    .where('raisedAt', '>', daysAgo(1))
    .whereRaw('staff_id is distinct from ?', readerId)
    .select('id')
    .first()) !== undefined
