import { createHash } from 'node:crypto'
import { lengthPrefixed } from '../sealing.ts'
import type { Tx } from './transaction.ts'

type Shown = {
  readonly personId: string
  readonly purpose: string
  readonly tier: string
  readonly policyVersion: number
  readonly state: string
  readonly contactId: string
  readonly recommendation: string | null
  readonly ordinal: number | null
  readonly evidenceDigest: Buffer | null
}

/**
 * Hash of what a decider is shown (security.md D4): who, for what, under which policy, in which state, with which
 * evidence and recommendation. The panel carries it, a decision sends it back, and where the decision is written it is
 * computed again: any difference voids the decision. Hexadecimal SHA-256; null when there is no such verification.
 */
export const shownHash = async (tx: Tx, verificationId: string): Promise<string | null> => {
  const shown = await tx.one<Shown>(
    `select v.person_id as "personId", v.purpose, v.tier, v.policy_version as "policyVersion", v.state,
       v.contact_id as "contactId", v.recommendation, s.ordinal, s.evidence_digest as "evidenceDigest"
     from verifications v left join lateral (select ordinal, evidence_digest from scorings s
       where s.tenant_id = v.tenant_id and s.verification_id = v.id order by s.ordinal desc limit 1) s on true
     where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
    'shown',
  )
  if (shown === undefined) return null
  return createHash('sha256')
    .update(
      lengthPrefixed(
        'countersign.shown.v1',
        tx.tenantId,
        verificationId,
        shown.personId,
        shown.purpose,
        shown.tier,
        String(shown.policyVersion),
        shown.state,
        shown.contactId,
        shown.recommendation ?? '',
        String(shown.ordinal ?? 0),
        shown.evidenceDigest ?? '',
      ),
    )
    .digest('hex')
}
