/** Grants: signed, single use, one live per verification (B1, G8). */
import type { GrantFields, GrantRecord } from '#domain/grant.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { WorkerSignature } from '#platform/crypto/worker-signature.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A grant as stored, with its signature and the database's clock at the moment of reading. */
export type StoredGrant = {
  readonly grant: GrantRecord
  readonly signature: WorkerSignature
  readonly now: string
}

type Row = {
  readonly verificationId: string
  readonly personId: string
  readonly directory: string
  readonly directoryId: string
  readonly purpose: Purpose
  readonly policyVersion: number
  readonly approvers: string[]
  readonly evidenceDigest: Buffer
  readonly sessionId: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly scheduledAt: Date | null
  readonly notBefore: Date | null
  readonly keyId: string
  readonly signature: Buffer
  readonly tries: number
  readonly spentAt: Date | null
  readonly voidedAt: Date | null
  readonly now: Date
}

/** Reads a grant and holds its row until the end of the transaction. */
export const lockGrant = async (tx: Tx, id: string): Promise<StoredGrant | undefined> => {
  const row = await tx.one<Row>(
    `select verification_id as "verificationId", person_id as "personId", directory, directory_id as "directoryId", purpose,
       policy_version as "policyVersion", approvers, evidence_digest as "evidenceDigest", session_id as "sessionId", issued_at as "issuedAt",
       expires_at as "expiresAt", scheduled_at as "scheduledAt", not_before as "notBefore", key_id as "keyId", signature, tries, spent_at as "spentAt", voided_at as "voidedAt",
       clock_timestamp() as now
     from grants where tenant_id = $1 and id = $2 for update`,
    [tx.tenantId, id],
  )
  if (row === undefined) return undefined
  const {
    keyId,
    signature,
    now,
    evidenceDigest,
    issuedAt,
    expiresAt,
    spentAt,
    voidedAt,
    scheduledAt,
    notBefore,
    ...rest
  } = row
  const grant: GrantRecord = {
    ...rest,
    id,
    tenantId: tx.tenantId,
    evidenceDigest: evidenceDigest.toString('hex'),
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    waited:
      scheduledAt === null || notBefore === null
        ? null
        : { scheduledAt: scheduledAt.toISOString(), notBefore: notBefore.toISOString() },
    spentAt: spentAt?.toISOString() ?? null,
    voidedAt: voidedAt?.toISOString() ?? null,
  }
  return { grant, signature: { keyId, signature }, now: now.toISOString() }
}

/** Stores a signed grant. False: the verification has a live one already. */
export const addGrant = async (tx: Tx, grant: GrantFields, signed: WorkerSignature): Promise<boolean> => {
  const added = await tx.run(
    `insert into grants (tenant_id, id, verification_id, person_id, directory, directory_id, purpose, policy_version, approvers,
       evidence_digest, issued_at, expires_at, key_id, signature, scheduled_at, not_before, session_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict do nothing`,
    [
      tx.tenantId,
      grant.id,
      grant.verificationId,
      grant.personId,
      grant.directory,
      grant.directoryId,
      grant.purpose,
      grant.policyVersion,
      grant.approvers,
      Buffer.from(grant.evidenceDigest, 'hex'),
      grant.issuedAt,
      grant.expiresAt,
      signed.keyId,
      signed.signature,
      grant.waited?.scheduledAt ?? null,
      grant.waited?.notBefore ?? null,
      grant.sessionId,
    ],
  )
  return added === 1
}

/** Spends a grant: one guarded write, by the database's clock. False: it was spent, void, over, or tried too often. */
export const spendGrant = async (tx: Tx, id: string, mostTries: number): Promise<boolean> =>
  (await tx.run(
    `update grants set spent_at = clock_timestamp(), tries = tries + 1
     where tenant_id = $1 and id = $2 and spent_at is null and voided_at is null
       and clock_timestamp() < expires_at and tries < $3`,
    [tx.tenantId, id, mostTries],
  )) === 1

/** Frees a grant whose password the directory's rules refused, while tries are left; gives how many (N4). */
export const releaseGrant = async (tx: Tx, id: string, mostTries: number): Promise<number> => {
  const row = await tx.one<{ tries: number }>(
    `update grants set spent_at = case when tries < $3 then null else spent_at end
     where tenant_id = $1 and id = $2 and spent_at is not null returning tries`,
    [tx.tenantId, id, mostTries],
  )
  return Math.max(0, mostTries - (row?.tries ?? mostTries))
}

/** Voids what was not spent. True: it was live until now. */
export const voidGrant = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.run(
    `update grants set voided_at = now(), void_reason = $3
     where tenant_id = $1 and id = $2 and spent_at is null and voided_at is null`,
    [tx.tenantId, id, reason],
  )) === 1
