import { addCaseCopy } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { requireNotOwn } from '../scope.ts'

/**
 * The address of a case, as staff paste it into tickets. Every press is the same work and the same answer; what several
 * quick ones mean is the worker's to find (docs/adr/0010-silent-signal.md).
 */
export const copyCase = ({ db, settings }: ApiDeps) =>
  bind('console.copyCase', async ({ staff, params: { verificationId } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      await addCaseCopy(tx, verificationId, staff.staffId)
    })
    return { address: `${settings.consoleUrl}/verifications/${verificationId}` }
  })
