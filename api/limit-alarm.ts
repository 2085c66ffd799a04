import { recordEvents } from '#platform/server/db/record-events.ts'
import { raiseStaffAlarm } from '#platform/server/db/staff-alarms.ts'
import type { CountedKind } from '#platform/server/db/staff-counters.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import type { RouteName } from './contract/routes.ts'
import type { actorOf } from './console/scope.ts'

/** What a route counts for the member of staff who calls it. */
const countedBy: Readonly<Partial<Record<RouteName, CountedKind>>> = {
  'console.personCard': 'look_up',
  'console.startVerification': 'start',
  'console.revealContact': 'reveal',
  'console.accessReport': 'reveal',
}

/** A limit that was reached is told to those who watch, not only kept (security.md D8). */
export const alarmOfLimit = async (
  tx: Tx,
  actor: ReturnType<typeof actorOf>,
  name: RouteName,
): Promise<void> => {
  const kind = countedBy[name]
  if (kind === undefined || !(await raiseStaffAlarm(tx, actor, kind))) return
  const object = { kind: 'staff' as const, id: actor.id }
  await recordEvents(tx, actor, null, [{ type: 'staff.limit_reached', object, payload: { kind } }])
}
