import { mayApprove } from '#domain/policy/who-decides.ts'
import { readPerson } from '#services/people/people.ts'
import { readScoring } from '#services/risk/scorings.ts'
import { readScreenHashes } from '#services/verifications/screen-hash.ts'
import { readStepUp, readSteppedUpAt } from '#services/staff/staff-passkeys.ts'
import { readCaseHead, type CaseHead } from '#services/verifications/verifications.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { UnattestedDecision } from '#platform/temporal/attest-messages.ts'
import type { DecisionAnswer } from '#workflows/messages.ts'
import { bind, type Call } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { approvalContextOf } from './panel/approval.ts'
import { requireNotOwn } from '../scope.ts'
import { requireLegal, requireNotApprover } from '../sending/steering.ts'

type Decide = Call<'console.decide'>

/**
 * A second approval is confirmed with a passkey, five minutes old at most, whatever else an organisation asks (D1). Asked
 * before the workflow, since that refuses one operation for good.
 * @throws Refused passkey_required or step_up_required
 */
const requirePasskey = async (
  deps: ApiDeps,
  tx: Tx,
  staff: StaffCaller,
  head: CaseHead,
  steppedUpAt: string | null,
): Promise<void> => {
  const [scoring, hashes] = [await readScoring(tx, head.id), await readScreenHashes(tx, head.id)]
  if (steppedUpAt !== null || scoring === undefined || hashes === null) return
  const personTier = (await readPerson(tx, head.personId)).tier
  const context = await approvalContextOf(deps, tx, staff, { head, personTier, scoring, hashes })
  const result = mayApprove(context.decision, context.decider, context.about)
  if (!result.ok || result.value.gives !== 'second') return
  const { hasPasskey } = await readStepUp(tx, staff.sessionId)
  throw new Refused(hasPasskey ? 'step_up_required' : 'passkey_required')
}

/** Checks everything that can be checked without the workflow; returns when a decider who approves used their passkey. */
const permit = (deps: ApiDeps, { staff, params: { verificationId }, body }: Decide): Promise<string | null> =>
  inTenant(deps.db, staff.tenantId, async (tx) => {
    const head = await readCaseHead(tx, verificationId)
    if (head === undefined) throw new Refused('not_found')
    await requireNotOwn(tx, staff, head.personId)
    await requireNotApprover(tx, staff, verificationId)
    requireLegal(head, body.decision === 'approved' ? 'approve' : 'refuse')
    if (body.decision === 'refused') return null
    const steppedUpAt = await readSteppedUpAt(tx, staff.sessionId)
    await requirePasskey(deps, tx, staff, head, steppedUpAt)
    return steppedUpAt
  })

const inputOf = ({ staff, body }: Decide, steppedUpAt: string | null): UnattestedDecision => ({
  decision: body.decision,
  reason: body.reason,
  screenHash: body.screenHash,
  actor: { kind: 'agent', id: staff.staffId },
  steppedUpAt,
})

const answerOf = ({ state, outcome, decision, awaitsSecondUntil }: DecisionAnswer) => ({
  status: awaitsSecondUntil === undefined ? ('recorded' as const) : ('first_approval' as const),
  ...{ state, outcome, decision, awaitsSecondUntil: awaitsSecondUntil ?? null },
})

/**
 * Records a decision, or the first or second approval of one. The worker checks again everything that counts where it writes
 * (evidence, own case, what was shown: B4, D1, D4, D7); here only what needs no workflow to know.
 */
export const decide = (deps: ApiDeps) =>
  bind('console.decide', async (call) => {
    const steppedUpAt = await permit(deps, call)
    const { staff, params, operationId } = call
    const ref = { tenantId: staff.tenantId, verificationId: params.verificationId }
    const answer = valueOf(
      await deps.verifications.decide(ref, inputOf(call, steppedUpAt), { requestId: operationId }),
    )
    if (answer === null) {
      const nothing = { outcome: null, decision: null, awaitsSecondUntil: null }
      return { status: 'pending' as const, state: 'awaiting_decision', ...nothing }
    }
    if (answer.refusal !== null) throw new Refused(answer.refusal)
    return answerOf(answer)
  })
