import { acceptNaming, endNaming, readNaming, type Naming } from '#services/approvals/approver-namings.ts'
import { isOneOf } from '#services/approvals/approver-staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { DecideNamingInput } from '../../contract/console-approvers.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { delaySeconds } from '../policy/delay.ts'
import { requireAnother } from '../second-approvers/two-people.ts'
import { tellOf } from './tell.ts'

const namingFor = async (tx: Tx, id: string): Promise<Naming> => {
  const naming = await readNaming(tx, id)
  if (naming === undefined) throw new Refused('not_found')
  return naming
}

/** The admin who named may take it back, and nothing else; accepting is for another person, whom it is not about. */
const requirePerson = async (
  tx: Tx,
  staff: StaffCaller,
  naming: Naming,
  { decision }: DecideNamingInput,
): Promise<void> => {
  const isNamer = naming.namedBy.id === staff.staffId
  if (isNamer !== (decision === 'withdraw')) throw new Refused('second_person_required')
  if (decision !== 'accept') return
  await requireAnother(tx, staff, [naming.namedBy.id])
  const about = [naming.approver.id, ...(naming.person === null ? [] : [naming.person.id])]
  if (await isOneOf(tx, staff.staffId, about)) throw new Refused('own_case')
}

/** A second admin accepts or declines a naming, or its author takes it back (D13). */
export const decideNaming = ({ db }: ApiDeps) =>
  bind('console.decideNaming', ({ staff, params: { namingId }, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const naming = await namingFor(tx, namingId)
      if (naming.state !== 'proposed') throw new Refused('proposal_over')
      await requirePerson(tx, staff, naming, body)
      const by = { id: staff.staffId, name: staff.name }
      const isAccepted = body.decision === 'accept'
      const isDone = isAccepted
        ? (await acceptNaming(tx, namingId, { by, reason: body.reason, delaySeconds })) !== undefined
        : await endNaming(tx, namingId, 'proposed', { by, reason: body.reason })
      // Another admin was quicker.
      if (!isDone) throw new Refused('proposal_over')
      const after = await namingFor(tx, namingId)
      await tellOf(tx, staff, after, {
        kind: isAccepted ? 'approver_accepted' : null,
        type: isAccepted ? 'approver.name_accepted' : 'approver.name_ended',
      })
      return after
    }),
  )

/** Ends a naming that was accepted, also before its day is over; one admin is enough, since fewer may vouch then. */
export const endAcceptedNaming = ({ db }: ApiDeps) =>
  bind('console.endNaming', ({ staff, params: { namingId }, body: { reason } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { state } = await namingFor(tx, namingId)
      if (state !== 'waiting' && state !== 'in_force') throw new Refused('proposal_over')
      const by = { id: staff.staffId, name: staff.name }
      if (!(await endNaming(tx, namingId, 'accepted', { by, reason }))) throw new Refused('proposal_over')
      const after = await namingFor(tx, namingId)
      await tellOf(tx, staff, after, { kind: 'approver_ended', type: 'approver.name_ended' })
      return after
    }),
  )
