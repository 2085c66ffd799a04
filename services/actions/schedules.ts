/** Schedules: one per verification, signed (F3, G8). */
import type { ScheduleFields } from '#platform/crypto/signed-records.ts'
import type { WorkerSignature } from '#platform/crypto/worker-signature.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A schedule as stored, its signature, and how long ago it was signed by the database's clock, seconds. */
export type StoredSchedule = {
  readonly schedule: ScheduleFields
  readonly signature: WorkerSignature
  readonly secondsAgo: number
}

type Row = Omit<ScheduleFields, 'tenantId' | 'evidenceDigest' | 'scheduledAt'> &
  WorkerSignature & {
    readonly evidenceDigest: Buffer
    readonly scheduledAt: Date
    readonly secondsAgo: number
  }

/** The schedule of a case as stored; its signature is not checked here. */
export const readSchedule = async (tx: Tx, verificationId: string): Promise<StoredSchedule | undefined> => {
  const row = await tx.one<Row>(
    `select verification_id as "verificationId", person_id as "personId", purpose, policy_version as "policyVersion", approvers,
       evidence_digest as "evidenceDigest", session_id as "sessionId", scheduled_at as "scheduledAt", wait_seconds as "waitSeconds", key_id as "keyId",
       signature, extract(epoch from clock_timestamp() - scheduled_at)::double precision as "secondsAgo"
     from schedules where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) return undefined
  const { keyId, signature, secondsAgo, evidenceDigest, scheduledAt, ...rest } = row
  const schedule = {
    ...rest,
    tenantId: tx.tenantId,
    evidenceDigest: evidenceDigest.toString('hex'),
    scheduledAt: scheduledAt.toISOString(),
  }
  return { schedule, signature: { keyId, signature }, secondsAgo }
}

/** Stores a signed schedule, in the place of one that counted for nothing. */
export const putSchedule = async (
  tx: Tx,
  schedule: ScheduleFields,
  { keyId, signature }: WorkerSignature,
): Promise<void> => {
  await tx.run(
    `insert into schedules (tenant_id, verification_id, person_id, purpose, policy_version, approvers, evidence_digest,
       scheduled_at, wait_seconds, key_id, signature, session_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (tenant_id, verification_id) do update set person_id = excluded.person_id, purpose = excluded.purpose,
       policy_version = excluded.policy_version, approvers = excluded.approvers, evidence_digest = excluded.evidence_digest,
       scheduled_at = excluded.scheduled_at, wait_seconds = excluded.wait_seconds, key_id = excluded.key_id,
       signature = excluded.signature, session_id = excluded.session_id`,
    [
      tx.tenantId,
      schedule.verificationId,
      schedule.personId,
      schedule.purpose,
      schedule.policyVersion,
      schedule.approvers,
      Buffer.from(schedule.evidenceDigest, 'hex'),
      schedule.scheduledAt,
      schedule.waitSeconds,
      keyId,
      signature,
      schedule.sessionId,
    ],
  )
}
