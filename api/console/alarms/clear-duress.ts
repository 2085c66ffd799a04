import { clearDuress as clear } from '#platform/server/db/duress.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { readCaseHead } from '#platform/server/db/verifications-read.ts'
import { bind } from '../../bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../errors.ts'
import { requireNotOwn } from '../scope.ts'

/** Lets a case go on for which an agent gave the silent signal: by a supervisor who had no part in it. */
export const clearDuress = ({ db }: ApiDeps) =>
  bind('console.clearDuress', async ({ staff, params: { verificationId }, body: { reason } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      const answer = await clear(tx, verificationId, { id: staff.staffId, name: staff.name, reason })
      if (answer !== 'cleared') throw new Refused(answer === 'none' ? 'state_does_not_allow' : 'own_part')
    })
    return { done: true as const }
  })
