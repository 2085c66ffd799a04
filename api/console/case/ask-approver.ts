import { mayAskApproverIn } from '#domain/verification/state.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { caseToSteer } from '../sending/steering.ts'

/**
 * Asks an approver to vouch. The request names nobody: the worker chooses the approver from the directory, by the case's
 * policy (B6, D1).
 */
export const askApprover = ({ db, verifications }: ApiDeps) =>
  bind('console.askApprover', async ({ staff, params: { verificationId }, operationId }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const { state } = await caseToSteer(tx, staff, verificationId)
      if (state === 'closed') throw new Refused('verification_closed')
      if (!mayAskApproverIn(state)) throw new Refused('state_does_not_allow', { state })
    })
    const ref = { tenantId: staff.tenantId, verificationId }
    const actor = { kind: 'agent' as const, id: staff.staffId }
    const answer = valueOf(await verifications.askApprover(ref, { actor }, { requestId: operationId }))
    if (answer === null) return { status: 'pending' as const }
    if (!answer.asked) throw new Refused(answer.refusal ?? 'approver_unavailable')
    return { status: 'asked' as const }
  })
