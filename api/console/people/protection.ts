import type { EventType } from '#domain/events/catalog.ts'
import { isOneOf } from '#services/approvals/approver-staff.ts'
import { notify } from '#platform/database/notify.ts'
import { lockPerson, findPerson } from '#services/people/people.ts'
import {
  askUnprotect,
  keepProtected,
  protect,
  readProtection,
  unprotect,
  type Protection,
} from '#services/people/protected-accounts.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellAdmins } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { UnprotectInput } from '../../contract/console.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, requireNotOwn } from '../scope.ts'
import { requireAnother, requireLinked } from '../second-approvers/two-people.ts'

/**
 * Locks the person whose protection is changed: they exist, are not the caller, and nobody else changes it meanwhile.
 * @throws Refused
 */
const lockOther = async (tx: Tx, staff: StaffCaller, personId: string): Promise<void> => {
  if ((await findPerson(tx, personId)) === undefined) throw new Refused('not_found')
  await requireNotOwn(tx, staff, personId)
  await lockPerson(tx, personId)
}

const record = async (
  tx: Tx,
  staff: StaffCaller,
  personId: string,
  type: EventType,
  reason: string,
): Promise<void> => {
  await notify(tx, 'person', personId)
  await recordEvents(tx, actorOf(staff), null, [
    { type, object: { kind: 'person', id: personId }, payload: { reason } },
  ])
}

/** Puts an account on the list "never via the help desk": from now on nothing of it begins, is approved or written. */
export const protectAccount = ({ db }: ApiDeps) =>
  bind('console.protectAccount', async ({ staff, params: { personId }, body: { reason } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      await lockOther(tx, staff, personId)
      const by = { id: staff.staffId, name: staff.name }
      if (!(await protect(tx, personId, by, reason))) throw new Refused('protection_unchanged')
      await record(tx, staff, personId, 'person.protected', reason)
    })
    return { done: true as const }
  })

/** Only an admin who did not ask for it, and whom it is not about, may take the account off (D3, T9). */
const requireSecond = async (
  tx: Tx,
  staff: StaffCaller,
  personId: string,
  { off }: Protection,
): Promise<void> => {
  if (off === null) throw new Refused('protection_unchanged')
  if (staff.role !== 'admin') throw new Refused('not_permitted')
  await requireAnother(tx, staff, [off.byId])
  if (await isOneOf(tx, staff.staffId, [personId])) throw new Refused('own_case')
}

const carryOut = async (
  tx: Tx,
  staff: StaffCaller,
  personId: string,
  { decision, reason }: UnprotectInput,
): Promise<EventType | null> => {
  const by = { id: staff.staffId, name: staff.name }
  if (decision === 'ask')
    return (await askUnprotect(tx, personId, by, reason)) ? 'person.protection_off_asked' : null
  if (decision === 'decline') return (await keepProtected(tx, personId)) ? 'person.protection_kept' : null
  return (await unprotect(tx, personId, by)) ? 'person.unprotected' : null
}

/** All admins get a mail that an admin wants an account off the list, and that it went. */
const tellOf = async (
  tx: Tx,
  staff: StaffCaller,
  personId: string,
  type: EventType,
  before: Protection,
): Promise<void> => {
  if (type === 'person.protection_kept') return
  const kind = type === 'person.unprotected' ? 'protection_ended' : 'protection_end_asked'
  const wish = before.off ?? (await readProtection(tx, personId))?.off
  const about = `${personId}/${wish?.at ?? ''}`
  await tellAdmins(tx, { kind, about, byName: staff.name, takesEffectAt: null })
}

/**
 * One admin asks for an account to be taken off the list, a second admin takes it off; anybody who may ask may also decline.
 */
export const unprotectAccount = ({ db }: ApiDeps) =>
  bind('console.unprotectAccount', async ({ staff, params: { personId }, body }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      await lockOther(tx, staff, personId)
      const before = await readProtection(tx, personId)
      if (before === null) throw new Refused('protection_unchanged')
      if (body.decision === 'accept') await requireSecond(tx, staff, personId, before)
      if (body.decision === 'ask') requireLinked(staff)
      const type = await carryOut(tx, staff, personId, body)
      if (type === null) throw new Refused('protection_unchanged')
      await tellOf(tx, staff, personId, type, before)
      await record(tx, staff, personId, type, body.reason)
    })
    return { done: true as const }
  })
