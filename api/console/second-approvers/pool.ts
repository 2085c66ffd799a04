import type { EventType } from '#domain/events/catalog.ts'
import { may, roles } from '#domain/roles.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import {
  acceptSecondNaming,
  addSecondNaming,
  endSecondNaming,
  listSecondNamings,
  readSecondNaming,
  type SecondNaming,
} from '#services/approvals/second-approver-namings.ts'
import { staffOfRoles } from '#services/staff/staff.ts'
import { tellAdmins, type StaffNoticeKind } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { delaySeconds } from '../policy/delay.ts'
import { actorOf } from '../scope.ts'
import { requireAnother } from './two-people.ts'

const byRole = roles.filter((role) => may(role, 'verifications.second'))

/** Roles that decide cases and do not give second approvals: their holders may be named for it (D6). */
const nameable = roles.filter((role) => may(role, 'verifications.decide') && !byRole.includes(role))

/** Lists who may give second approvals by role, who is named for it, and who could be. */
export const secondApprovers = ({ db }: ApiDeps) =>
  bind('console.secondApprovers', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const names = async (of: typeof byRole) =>
        (await staffOfRoles(tx, of)).map(({ id, name }) => ({ id, name }))
      return {
        byRole: await names(byRole),
        namings: await listSecondNamings(tx),
        nameable: await names(nameable),
      }
    }),
  )

type Happening = { readonly type: EventType; readonly kind: StaffNoticeKind }

/** Notifies consoles, mails all admins and writes the audit, in the transaction of the change (D13, G1). */
const tellOf = async (
  tx: Tx,
  staff: StaffCaller,
  naming: SecondNaming,
  { type, kind }: Happening,
  reason: string,
): Promise<void> => {
  const takesEffectAt = kind === 'second_accepted' ? naming.effectiveAt : null
  await notify(tx, 'settings', staff.tenantId)
  await tellAdmins(tx, { kind, about: naming.id, byName: staff.name, takesEffectAt })
  const payload = { namingId: naming.id, namedBy: naming.namedBy.id, reason }
  await recordEvents(tx, actorOf(staff), null, [
    { type, object: { kind: 'staff', id: naming.staff.id }, payload },
  ])
}

const found = async (tx: Tx, id: string): Promise<SecondNaming> => {
  const naming = await readSecondNaming(tx, id)
  if (naming === undefined) throw new Refused('not_found')
  return naming
}

/** Names a second approver; the naming counts for nothing until a second admin accepted it and a day has passed. */
export const nameSecondApprover = ({ db }: ApiDeps) =>
  bind('console.nameSecondApprover', ({ staff, body: { staffId, reason }, operationId: id }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      if (!(await staffOfRoles(tx, nameable)).some((one) => one.id === staffId))
        throw new Refused('not_found')
      await requireAnother(tx, staff, [staffId], 'own_case')
      const by = { id: staff.staffId, name: staff.name }
      if (!(await addSecondNaming(tx, { id, staffId, reason, by })))
        throw new Refused('approver_named_already')
      const naming = await found(tx, id)
      await tellOf(tx, staff, naming, { type: 'second_approver.named', kind: 'second_named' }, reason)
      return naming
    }),
  )

/**
 * Accepting is for an admin who neither named nor is named; the naming is in force a day later, for cases that begin after
 * that.
 */
export const acceptSecondApprover = ({ db }: ApiDeps) =>
  bind('console.acceptSecondApprover', ({ staff, params: { namingId }, body: { reason } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const naming = await found(tx, namingId)
      if (naming.state !== 'proposed') throw new Refused('proposal_over')
      await requireAnother(tx, staff, [naming.namedBy.id])
      await requireAnother(tx, staff, [naming.staff.id], 'own_case')
      const by = { id: staff.staffId, name: staff.name }
      if (!(await acceptSecondNaming(tx, namingId, by, delaySeconds))) throw new Refused('proposal_over')
      const after = await found(tx, namingId)
      const happening = { type: 'second_approver.accepted', kind: 'second_accepted' } as const
      await tellOf(tx, staff, after, happening, reason)
      return after
    }),
  )

/** Ends a naming, whether proposed or accepted: one admin is enough, since fewer may approve then. */
export const endSecondApprover = ({ db }: ApiDeps) =>
  bind('console.endSecondApprover', ({ staff, params: { namingId }, body: { reason } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const naming = await found(tx, namingId)
      const by = { id: staff.staffId, name: staff.name }
      if (!(await endSecondNaming(tx, namingId, by))) throw new Refused('proposal_over')
      await tellOf(tx, staff, naming, { type: 'second_approver.ended', kind: 'second_ended' }, reason)
      return { done: true as const }
    }),
  )
