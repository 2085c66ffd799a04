import type { Actor } from '#domain/verification/verification.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { raiseStaffAlarm } from '#services/staff/staff-alarms.ts'
import type { CountedKind } from '#services/staff/staff-counters.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A caller with a name of their own: staff, or an API client. */
export type Named = Extract<Actor, { kind: 'agent' | 'api_client' }> & { readonly name: string }

/** Raises an alarm for those who watch when a limit is reached, beside the entry in the audit (D8). */
export const alarmOfLimit = async (tx: Tx, actor: Named, kind: CountedKind): Promise<void> => {
  if (!(await raiseStaffAlarm(tx, actor, kind))) return
  const [type, whose] =
    actor.kind === 'api_client'
      ? (['api_client.limit_reached', 'api_client'] as const)
      : (['staff.limit_reached', 'staff'] as const)
  await recordEvents(tx, actor, null, [{ type, object: { kind: whose, id: actor.id }, payload: { kind } }])
}
