import { signApproval } from '#platform/server/approval-signature.ts'
import { readDecidedCase } from '#platform/server/db/actions.ts'
import { readApprovals } from '#platform/server/db/approvals.ts'
import { putSchedule, readSchedule } from '#platform/server/db/schedules.ts'
import type { Queryable, Tx } from '#platform/server/db/transaction.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { signSchedule } from '#platform/server/schedule-signature.ts'
import { approversOf, signDecided } from '../verification/sign-decided.ts'

const before = (at: string, seconds: number): string =>
  new Date(Date.parse(at) - seconds * 1000).toISOString()

/** Signs the decision of a case as its row has it now, which nobody but the worker can. */
export const signAgain = async (
  owner: Queryable,
  tx: Tx,
  keys: KeyRing,
  verificationId: string,
): Promise<void> => {
  const decided = await readDecidedCase(tx, verificationId)
  if (decided?.decidedAt == null) throw new Error('nothing was decided')
  const said = { approvers: approversOf(decided), decidedAt: decided.decidedAt.toISOString() }
  const { keyId, signature } = await signDecided(keys, tx, decided, said)
  await owner.run('update verifications set decision_key_id = $2, decision_signature = $3 where id = $1', [
    ...[verificationId, keyId, signature],
  ])
}

/**
 * As if a case had been decided and scheduled so much earlier: approvals and schedule signed again, which nobody but the
 * worker can. `waitSeconds`: and as if this had been the waiting time.
 */
export const ageSigned = async (
  owner: Queryable,
  tx: Tx,
  keys: KeyRing,
  {
    verificationId,
    seconds,
    waitSeconds,
  }: { readonly verificationId: string; readonly seconds: number; readonly waitSeconds?: number | undefined },
): Promise<void> => {
  await owner.run(
    `update verifications set decided_at = decided_at - make_interval(secs => $2) where id = $1`,
    [verificationId, seconds],
  )
  await signAgain(owner, tx, keys, verificationId)
  for (const { approval } of await readApprovals(tx, verificationId)) {
    const approvedAt = before(approval.approvedAt, seconds)
    const aged = { ...approval, approvedAt, expiresAt: before(approval.expiresAt, seconds) }
    const { signature } = signApproval(keys, aged)
    await owner.run('update approvals set approved_at = $2, expires_at = $3, signature = $4 where id = $1', [
      ...[approval.id, aged.approvedAt, aged.expiresAt, signature],
    ])
  }
  const stored = await readSchedule(tx, verificationId)
  if (stored === undefined) return
  const { schedule } = stored
  const aged = {
    ...schedule,
    scheduledAt: before(schedule.scheduledAt, seconds),
    waitSeconds: waitSeconds ?? schedule.waitSeconds,
  }
  await putSchedule(tx, aged, signSchedule(keys, aged))
}
