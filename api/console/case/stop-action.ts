import { readWaitingAction } from '#services/actions/wait-before-grant.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { caseToSteer } from '../sending/steering.ts'

/** Stops what is approved and waits, for its time or for the participant; who may is asked again where it is written. */
export const stopAction = ({ db, verifications }: ApiDeps) =>
  bind('console.stopAction', async ({ staff, params: { verificationId }, body: { reason }, operationId }) => {
    const waiting = await inTenant(db, staff.tenantId, async (tx) => {
      await caseToSteer(tx, staff, verificationId)
      return readWaitingAction(tx, verificationId)
    })
    if (waiting === undefined) throw new Refused('state_does_not_allow')
    const ref = { tenantId: staff.tenantId, verificationId }
    const actor = { kind: 'agent' as const, id: staff.staffId }
    const answer = valueOf(
      await verifications.stopAction(ref, waiting.workflowId, { actor, reason }, { requestId: operationId }),
    )
    if (answer?.refusal) throw new Refused(answer.refusal)
    const status = answer === null ? ('pending' as const) : ('recorded' as const)
    const decided = { outcome: 'passed', decision: 'approved', awaitsSecondUntil: null } as const
    return { status, state: 'closed', ...decided }
  })
