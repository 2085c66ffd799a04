import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { currentStep } from './current-step.ts'
import { areDigits } from './digits.ts'
import { reportIdOf } from './own-report.ts'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { requireLive } from './with-questions.ts'

/** "This was not me", from any page of the portal, confirmed by the two digits shown (B9, C6). */
export const report = (deps: ApiDeps) =>
  bind('portal.report', async ({ participant, body }) => {
    requireLive(participant)
    const { tenantId, verificationId } = participant
    if (!areDigits(deps.keys, tenantId, 'report', verificationId, body.digits))
      return currentStep(deps, participant)
    const reportId = reportIdOf(participant)
    const frozen = await inTenant(deps.db, tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('step_over')
      return freezeCase(tx, {
        reportId,
        verificationId,
        personId: head.personId,
        source: 'portal',
        policyVersion: head.policyVersion,
      })
    })
    await tellWorkflows(deps, tenantId, reportId, frozen)
    return currentStep(deps, { ...participant, isLive: false, endReason: 'reported' })
  })
