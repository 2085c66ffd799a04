/** That a member of staff reached a limit of theirs: an alarm, and mail to those who watch (security.md D8). */
import { notify } from './notify.ts'
import type { EventActor } from './record-events.ts'
import { tellOfLimit } from './staff-notices.ts'
import type { CountedKind } from './staff-counters.ts'
import type { Tx } from './transaction.ts'

/** One of them, as it is shown. */
export type StaffAlarm = {
  readonly id: string
  readonly staffName: string
  readonly kind: CountedKind
  readonly at: Date
}

/** Raises it and tells all who watch but the member, once an hour; false where that was done already. */
export const raiseStaffAlarm = async (
  tx: Tx,
  { id: staffId, name = null }: EventActor,
  kind: CountedKind,
): Promise<boolean> => {
  // Of two refusals at once, the second waits and finds the first.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.tenantId}/${staffId}/${kind}/alarm`,
  ])
  const raised = await tx.one<{ id: string }>(
    `insert into staff_alarms (tenant_id, staff_id, staff_name, kind) select $1, $2, $3, $4
     where not exists (select from staff_alarms
       where tenant_id = $1 and staff_id = $2 and kind = $4 and raised_at > now() - interval '1 hour')
     returning id`,
    [tx.tenantId, staffId, name ?? '', kind],
  )
  if (raised === undefined) return false
  await tellOfLimit(tx, raised.id, { id: staffId, name: name ?? '' })
  await notify(tx, 'alarm', raised.id)
  return true
}

/** Those of the last thirty days, newest first. */
export const readStaffAlarms = (tx: Tx, limit: number): Promise<StaffAlarm[]> =>
  tx.query<StaffAlarm>(
    `select id, staff_name as "staffName", kind, raised_at as at from staff_alarms
     where tenant_id = $1 and raised_at > now() - interval '30 days' order by raised_at desc limit $2`,
    [tx.tenantId, limit],
  )
