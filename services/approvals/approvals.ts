/** First and second approvals: single use, fifteen minutes at most, by the database's clock (D1, D4, D5). */
import type { PersonComparison } from '#domain/policy/two-people.ts'
import type { Role } from '#domain/roles.ts'
import type { ApprovalFields } from '#platform/crypto/signed-records.ts'
import type { WorkerSignature } from '#platform/crypto/worker-signature.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** An approval as stored, with its state. */
export type StoredApproval = {
  readonly approval: ApprovalFields
  readonly signature: WorkerSignature
  readonly staffName: string
  readonly reason: string
  readonly usedAt: string | null
  readonly endReason: ApprovalEnd | null
  /** Neither used, ended nor past its time. */
  readonly isLive: boolean
  /** The person who gave it, with their role now; null role where they are turned off. */
  readonly role: Role | null
}

/** The end of a first approval without a second one. `broken`: the row is not what was signed. */
export type ApprovalEnd = 'expired' | 'changed' | 'broken'

type Row = Omit<StoredApproval, 'approval' | 'signature'> & {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly ordinal: 1 | 2
  readonly firstId: string | null
  readonly staffId: string
  readonly screenHash: Buffer
  readonly approvedAt: Date
  readonly expiresAt: Date
  readonly keyId: string
  readonly signature: Buffer
}

const storedOf = (tx: Tx, row: Row): StoredApproval => {
  const { staffName, reason, usedAt, endReason, isLive, role } = row
  return {
    ...{ staffName, reason, usedAt, endReason, isLive, role },
    signature: { keyId: row.keyId, signature: row.signature },
    approval: {
      id: row.id,
      tenantId: tx.tenantId,
      verificationId: row.verificationId,
      personId: row.personId,
      ordinal: row.ordinal,
      firstId: row.firstId,
      staffId: row.staffId,
      screenHash: row.screenHash.toString('hex'),
      approvedAt: row.approvedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    },
  }
}

/** All approvals of a case, oldest first. */
export const readApprovals = async (tx: Tx, verificationId: string): Promise<StoredApproval[]> => {
  const rows = await tx.named<Row>(
    'read_approvals',
    `select a.id, a.verification_id as "verificationId", a.person_id as "personId", a.ordinal, a.first_id as "firstId",
       a.staff_id as "staffId", a.staff_name as "staffName", a.reason, a.screen_hash as "screenHash",
       a.approved_at as "approvedAt", a.expires_at as "expiresAt", a.key_id as "keyId", a.signature,
       iso_instant(a.used_at) as "usedAt", a.end_reason as "endReason",
       a.used_at is null and a.ended_at is null and a.expires_at > now() as "isLive",
       case when s.disabled_at is null then s.role end as role
     from approvals a join staff s on s.tenant_id = a.tenant_id and s.id = a.staff_id
     where a.tenant_id = $1 and a.verification_id = $2 order by a.approved_at, a.ordinal`,
    [tx.tenantId, verificationId],
  )
  return rows.map((row) => storedOf(tx, row))
}

/** The newest first approval of a case, in any state. */
export const readFirstApproval = async (
  tx: Tx,
  verificationId: string,
): Promise<StoredApproval | undefined> =>
  (await readApprovals(tx, verificationId)).findLast(({ approval }) => approval.ordinal === 1)

/** Stores a signed approval. False: there is a live first one already, or a second. */
export const addApproval = async (
  tx: Tx,
  {
    approval,
    signature,
    staffName,
    reason,
  }: Pick<StoredApproval, 'approval' | 'signature' | 'staffName' | 'reason'>,
): Promise<boolean> =>
  (await tx.run(
    `insert into approvals (tenant_id, id, verification_id, person_id, ordinal, first_id, staff_id, staff_name, reason,
       screen_hash, approved_at, expires_at, key_id, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
    [
      tx.tenantId,
      approval.id,
      approval.verificationId,
      approval.personId,
      approval.ordinal,
      approval.firstId,
      approval.staffId,
      staffName,
      reason,
      Buffer.from(approval.screenHash, 'hex'),
      approval.approvedAt,
      approval.expiresAt,
      signature.keyId,
      signature.signature,
    ],
  )) === 1

/** Spends a first approval: one guarded write. False: it was used, ended, or its time is over. */
export const useFirstApproval = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(
    `update approvals set used_at = clock_timestamp()
     where tenant_id = $1 and id = $2 and ordinal = 1 and used_at is null and ended_at is null
       and expires_at > clock_timestamp()`,
    [tx.tenantId, id],
  )) === 1

/** Ends a first approval that nobody used. False: it is over already. */
export const endFirstApproval = async (tx: Tx, id: string, reason: ApprovalEnd): Promise<boolean> =>
  (await tx.run(
    `update approvals set ended_at = now(), end_reason = $3
     where tenant_id = $1 and id = $2 and ordinal = 1 and used_at is null and ended_at is null`,
    [tx.tenantId, id, reason],
  )) === 1

/** The tie of a member of staff to the person who started a case (D1). */
export type StarterTie = { readonly toStarter: PersonComparison; readonly isInLine: boolean }

/**
 * Compares a member of staff with the person who started a case, and says if one is the other's manager, as far as the
 * directory knows. Where no agent started it, they are another person.
 */
export const tieToStarter = async (tx: Tx, verificationId: string, staffId: string): Promise<StarterTie> => {
  const [row] = await tx.named<StarterTie>(
    'tie_to_starter',
    `select compare_persons($1, $3, v.referrer_id) as "toStarter",
       coalesce(starter.manager_id = own.id or own.manager_id = starter.id, false) as "isInLine"
     from verifications v
     left join people starter on starter.tenant_id = v.tenant_id and starter.id = person_of_staff(v.tenant_id, v.referrer_id)
     left join people own on own.tenant_id = v.tenant_id and own.id = person_of_staff(v.tenant_id, $3)
     where v.tenant_id = $1 and v.id = $2 and v.referrer_kind = 'agent'`,
    [tx.tenantId, verificationId, staffId],
  )
  return row ?? { toStarter: 'another', isInLine: false }
}
