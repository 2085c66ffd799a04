import type { EventType } from '#domain/events/catalog.ts'
import type { Naming } from '#services/approvals/approver-namings.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellAdmins, type StaffNoticeKind } from '#services/staff/staff-notices.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { actorOf } from '../scope.ts'

/** An event of a naming; `kind` null: the admins get no mail, since it never counted. */
type Happening = {
  readonly kind: StaffNoticeKind | null
  readonly type: Extract<EventType, `approver.name${string}`>
}

/**
 * Notifies consoles, mails all admins and writes the audit about a naming, in the transaction that changes it (D13, G1). The
 * person who may vouch is the event's object, so that their access report holds it.
 */
export const tellOf = async (
  tx: Tx,
  staff: StaffCaller,
  naming: Naming,
  { kind, type }: Happening,
): Promise<void> => {
  await notify(tx, 'settings', staff.tenantId)
  if (kind !== null)
    await tellAdmins(tx, {
      kind,
      about: naming.id,
      byName: staff.name,
      takesEffectAt: kind === 'approver_accepted' ? naming.effectiveAt : null,
    })
  const { id, state, person, team, approver, namedBy } = naming
  await recordEvents(tx, actorOf(staff), null, [
    {
      type,
      object: { kind: 'person', id: approver.id },
      payload: { namingId: id, state, personId: person?.id ?? null, team, namedBy: namedBy.id },
    },
  ])
}
