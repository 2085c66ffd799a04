import { clearDuress as clear, lockMark } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { requireNotOwn } from '../scope.ts'
import { requireAnother, requireLinked } from '../second-approvers/two-people.ts'

/**
 * Releases a case for which an agent gave the silent signal: by a supervisor who had no part in it. The person who gave the
 * signal never learns that it was heard: to them the case has no mark.
 */
export const clearDuress = ({ db }: ApiDeps) =>
  bind('console.clearDuress', async ({ staff, params: { verificationId }, body: { reason } }) => {
    requireLinked(staff)
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      const mark = await lockMark(tx, verificationId)
      if (mark === undefined) throw new Refused('state_does_not_allow')
      await requireAnother(tx, staff, [mark.givenBy], 'state_does_not_allow')
      await requireAnother(tx, staff, mark.partOf, 'own_part')
      await clear(tx, verificationId, mark, { id: staff.staffId, name: staff.name, reason })
    })
    return { done: true as const }
  })
