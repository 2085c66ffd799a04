import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { valueOf } from '../../http/replies.ts'
import { caseToSteer, requireLegal } from '../sending/steering.ts'

/** Gives a verification up, with a reason. */
export const cancel = ({ db, verifications }: ApiDeps) =>
  bind('console.cancel', async ({ staff, params, body, operationId }) => {
    const { verificationId } = params
    const head = await inTenant(db, staff.tenantId, async (tx) => {
      const found = await caseToSteer(tx, staff, verificationId)
      requireLegal(found, 'cancel')
      return found
    })
    const ref = { tenantId: staff.tenantId, verificationId }
    const actor = { kind: 'agent' as const, id: staff.staffId }
    const reply = await verifications.cancel(ref, { actor, reason: body.reason }, { requestId: operationId })
    const answer = valueOf(reply)
    return answer === null
      ? {
          status: 'pending' as const,
          state: head.state,
          outcome: null,
          decision: null,
          awaitsSecondUntil: null,
        }
      : {
          status: 'recorded' as const,
          state: answer.state,
          outcome: 'cancelled',
          decision: null,
          awaitsSecondUntil: null,
        }
  })
