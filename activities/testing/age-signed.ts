import { signApproval } from '#platform/server/approval-signature.ts'
import { readApprovals } from '#platform/server/db/approvals.ts'
import { putSchedule, readSchedule } from '#platform/server/db/schedules.ts'
import type { Queryable, Tx } from '#platform/server/db/transaction.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { signSchedule } from '#platform/server/schedule-signature.ts'

const before = (at: string, seconds: number): string =>
  new Date(Date.parse(at) - seconds * 1000).toISOString()

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
