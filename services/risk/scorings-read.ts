/** Stored scorings, one after the other, for whoever computes them again. */
import type { StoredScoring } from '#domain/risk/recompute.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A scoring with what names it. */
export type ScoringRow = StoredScoring & {
  readonly verificationId: string
  readonly ordinal: number
  readonly policyVersion: number
}

/** The last scoring of a page. */
export type ScoringPlace = Pick<ScoringRow, 'verificationId' | 'ordinal'>

/** The next scorings by verification and ordinal; at most `limit`. */
export const scoringsPage = (
  tx: Tx,
  after: ScoringPlace | null,
  limit: number,
): Promise<readonly ScoringRow[]> =>
  tx.named<ScoringRow>(
    'scorings_page',
    `select verification_id as "verificationId", ordinal, policy_version as "policyVersion", results, score
     from scorings where tenant_id = $1 and ($2::uuid is null or (verification_id, ordinal) > ($2, $3))
     order by verification_id, ordinal limit $4`,
    [tx.tenantId, after?.verificationId ?? null, after?.ordinal ?? null, limit],
  )

/** One case's scorings, in their order. */
export const scoringsOf = (tx: Tx, verificationId: string): Promise<readonly ScoringRow[]> =>
  tx.query<ScoringRow>(
    `select verification_id as "verificationId", ordinal, policy_version as "policyVersion", results, score
     from scorings where tenant_id = $1 and verification_id = $2 order by ordinal`,
    [tx.tenantId, verificationId],
  )
