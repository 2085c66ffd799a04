/** Checks and score as computed. A case can be computed again from what is stored. */
import { createHash } from 'node:crypto'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import type { CheckResult, Evidence } from '#domain/risk/check.ts'
import type { RiskScore } from '#domain/risk/score.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { lengthPrefixed, openSealedText, seal } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StoredScoring } from '#domain/risk/recompute.ts'

/** One scoring of a verification; the newest decides. */
export type Scoring = {
  readonly ordinal: number
  readonly policyVersion: number
  /** In the order of the checks, their evidence left out. */
  readonly results: readonly CheckResult[]
  readonly score: RiskScore
  readonly decision: PolicyDecision
  readonly evidenceDigest: Buffer
}

/** A scoring, as it is stored for the first time. */
export type NewScoring = Pick<Scoring, 'policyVersion' | 'results' | 'score' | 'decision'> & {
  readonly verificationId: string
  readonly ordinal: number
  /** A phone or tablet, as its user agent says; null: not seen. Counted in calibration, no part of the decision. */
  readonly isMobile: boolean | null
}

const placeOf = (tenantId: string, verificationId: string, ordinal: number) => ({
  tenantId,
  table: 'scorings',
  column: 'evidence_sealed',
  row: `${verificationId}/${String(ordinal)}`,
})

/** SHA-256 of everything that the decision rests on, evidence included: what a grant and a decider are bound to. */
export const digestOf = (scoring: Omit<NewScoring, 'isMobile'>): Buffer => {
  const { policyVersion, results, score, decision, verificationId } = scoring
  return createHash('sha256')
    .update(
      lengthPrefixed(verificationId, String(policyVersion), JSON.stringify({ results, score, decision })),
    )
    .digest()
}

/** Stores a scoring and gives its digest. The same ordinal again changes nothing. */
export const addScoring = async (tx: Tx, keys: KeyRing, scoring: NewScoring): Promise<Buffer> => {
  const { verificationId, ordinal, results } = scoring
  const evidence = results.map((result) => result.evidence)
  const digest = digestOf(scoring)
  await tx.run(
    `insert into scorings (tenant_id, verification_id, ordinal, policy_version, results, evidence_sealed, score, decision,
       versions, evidence_digest, is_mobile)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      tx.tenantId,
      verificationId,
      ordinal,
      scoring.policyVersion,
      JSON.stringify(results.map((result) => ({ ...result, evidence: [] }))),
      seal(keys, placeOf(tx.tenantId, verificationId, ordinal), JSON.stringify(evidence)),
      JSON.stringify(scoring.score),
      JSON.stringify(scoring.decision),
      JSON.stringify({ score: 1 }),
      digest,
      scoring.isMobile,
    ],
    'add_scoring',
  )
  return digest
}

/** The newest scoring of a verification, or undefined. */
export const readScoring = async (tx: Tx, verificationId: string): Promise<Scoring | undefined> =>
  tx.one<Scoring>(
    `select ordinal, policy_version as "policyVersion", results, score, decision, evidence_digest as "evidenceDigest"
     from scorings where tenant_id = $1 and verification_id = $2 order by ordinal desc limit 1`,
    [tx.tenantId, verificationId],
    'read_scoring',
  )

/** The evidence of a scoring, one list for each of its results. @throws SealBroken */
export const openEvidence = (
  keys: KeyRing,
  tenantId: string,
  verificationId: string,
  ordinal: number,
  sealed: Uint8Array,
): readonly (readonly Evidence[])[] =>
  JSON.parse(openSealedText(keys, placeOf(tenantId, verificationId, ordinal), sealed)) as Evidence[][]

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
