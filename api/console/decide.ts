import { readCaseHead } from '#platform/server/db/verifications-read.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../errors.ts'
import { valueOf } from '../replies.ts'
import { requireNotOwn } from './scope.ts'
import { requireLegal, requireNotApprover } from './steering.ts'

/**
 * Records a decision. What counts is asked again where it is written (evidence, own case, what was shown: security.md
 * B4, D4, D7); here only what needs no workflow to know.
 */
export const decide = ({ db, verifications }: ApiDeps) =>
  bind('console.decide', async ({ staff, params, body, operationId }) => {
    const { verificationId } = params
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      await requireNotApprover(tx, staff, verificationId)
      requireLegal(head, body.decision === 'approved' ? 'approve' : 'refuse')
    })
    const reply = await verifications.decide(
      { tenantId: staff.tenantId, verificationId },
      {
        decision: body.decision,
        reason: body.reason,
        shownHash: body.shownHash,
        actor: { kind: 'agent', id: staff.staffId },
      },
      { requestId: operationId },
    )
    const answer = valueOf(reply)
    if (answer === null)
      return { status: 'pending' as const, state: 'awaiting_decision', outcome: null, decision: null }
    if (answer.refusal !== null) throw new Refused(answer.refusal)
    return {
      status: 'recorded' as const,
      state: answer.state,
      outcome: answer.outcome,
      decision: answer.decision,
    }
  })
