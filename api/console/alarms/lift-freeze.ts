import { liftFreeze as lift, readReportedBy } from '#services/reports/alarms.ts'
import { findPerson } from '#services/people/people.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { requireNotOwn } from '../scope.ts'
import { requireAnother } from '../second-approvers/two-people.ts'

const refusals: Readonly<Record<Exclude<Awaited<ReturnType<typeof lift>>, 'lifted'>, RefusalCode>> = {
  not_frozen: 'state_does_not_allow',
  not_permitted: 'not_permitted',
  own_part: 'own_part',
}

/** Lets new verifications of a person begin again: by a supervisor who had no part in what was reported (B9, H6). */
export const liftFreeze = ({ db }: ApiDeps) =>
  bind('console.liftFreeze', async ({ staff, params: { personId }, body: { reason } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      if ((await findPerson(tx, personId)) === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, personId)
      const answer = await lift(tx, personId, { id: staff.staffId, name: staff.name, reason })
      if (answer === 'own_part') await requireAnother(tx, staff, await readReportedBy(tx, personId), answer)
      if (answer !== 'lifted') throw new Refused(refusals[answer])
    })
    return { done: true as const }
  })
