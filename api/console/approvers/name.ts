import { addNaming, readNaming, unknownIn } from '#services/approvals/approver-namings.ts'
import { isOneOf } from '#services/approvals/approver-staff.ts'
import { lockPerson } from '#services/people/people.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { InvalidInput, Refused } from '../../http/errors.ts'
import { requireLinked } from '../second-approvers/two-people.ts'
import { tellOf } from './tell.ts'

const fieldOf = { approverId: 'approverId', personId: 'whom.personId', team: 'whom.team' } as const

const faultAt = (path: string, code: string, message: string): InvalidInput =>
  new InvalidInput(422, [{ path, code, message }])

/**
 * Names a person who may vouch for a person or a team. The naming counts for nothing until a second admin has accepted it and
 * a day has passed; nobody names themself, nor an approver for themself (D13, T9).
 */
export const nameApprover = ({ db }: ApiDeps) =>
  bind('console.nameApprover', ({ staff, body: { approverId, whom, reason }, operationId: id }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const personId = whom.kind === 'person' ? whom.personId : null
      const team = whom.kind === 'team' ? whom.team : null
      if (personId === approverId)
        throw faultAt('whom.personId', 'same_person', 'nobody can vouch for themself')
      const unknown = await unknownIn(tx, { approverId, personId, team })
      if (unknown !== null) throw faultAt(fieldOf[unknown], 'unknown', 'not in the directory')
      if (await isOneOf(tx, staff.staffId, [approverId, ...(personId === null ? [] : [personId])]))
        throw new Refused('own_case')
      requireLinked(staff)
      await lockPerson(tx, approverId)
      const by = { id: staff.staffId, name: staff.name }
      if (!(await addNaming(tx, { id, approverId, personId, team, reason, by })))
        throw new Refused('approver_named_already')
      const naming = await readNaming(tx, id)
      if (naming === undefined) throw new Refused('not_found')
      await tellOf(tx, staff, naming, { kind: 'approver_named', type: 'approver.named' })
      return naming
    }),
  )
