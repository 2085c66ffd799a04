import { signApproval, signSchedule } from '#platform/crypto/signed-records.ts'
import { readDecidedCase } from '#services/actions/actions.ts'
import { readApprovals } from '#services/approvals/approvals.ts'
import { putSchedule, readSchedule } from '#services/actions/schedules.ts'
import type { Queryable, Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { approversOf, signDecided } from '../verification/sign-decided.ts'

const before = (at: string, seconds: number): string =>
  new Date(Date.parse(at) - seconds * 1000).toISOString()

/**
 * Signs the decision of a case again, as if it had been made so many seconds earlier; nobody but the worker can. Time and
 * signature change at once: a worker that looks in between would find a decision that was tampered with.
 */
export const signAgain = async (
  owner: Queryable,
  tx: Tx,
  keys: KeyRing,
  verificationId: string,
  seconds = 0,
): Promise<void> => {
  const decided = await readDecidedCase(tx, verificationId)
  if (decided?.decidedAt == null) throw new Error('nothing was decided')
  const said = {
    approvers: approversOf(decided),
    decidedAt: before(decided.decidedAt.toISOString(), seconds),
    sessionId: decided.sessionId,
  }
  const { keyId, signature } = await signDecided(keys, tx, decided, said)
  await owner.run(
    'update verifications set decided_at = $2, decision_key_id = $3, decision_signature = $4 where id = $1',
    [verificationId, said.decidedAt, keyId, signature],
  )
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
  await signAgain(owner, tx, keys, verificationId, seconds)
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
