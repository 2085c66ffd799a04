import { createHash } from 'node:crypto'
import { lengthPrefixed } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

type Shown = {
  readonly parts: readonly (string | null)[]
  readonly evidenceDigest: Buffer | null
  /** The first approval that waits for the second, if one does. */
  readonly firstId: string | null
}

/** The hashes of what a decider is shown. Hexadecimal SHA-256. */
export type ScreenHashes = {
  /** The case alone: what a first approval is bound to. */
  readonly ofCase: string
  /** The case and the first approval that waits: what the panel carries. */
  readonly ofScreen: string
  readonly firstId: string | null
}

/** The hash of the case alone, hexadecimal; `parts` in the order in which they are read below. */
export const caseHash = (
  tenantId: string,
  verificationId: string,
  { parts, evidenceDigest }: Pick<Shown, 'parts' | 'evidenceDigest'>,
): string =>
  createHash('sha256')
    .update(
      lengthPrefixed(
        'countersign.shown.v3',
        tenantId,
        verificationId,
        ...parts.map((part) => part ?? ''),
        evidenceDigest ?? '',
      ),
    )
    .digest('hex')

/** The screen on which a case is shown together with a first approval. */
export const hashOfScreen = (ofCase: string, firstId: string | null): string =>
  createHash('sha256')
    .update(lengthPrefixed('countersign.screen.v1', ofCase, firstId ?? ''))
    .digest('hex')

/**
 * Hashes of what a decider is shown (D4): who, as the directory has them now, for what, under which policy and
 * threat, in which state, with which evidence and recommendation, and whether a first approval waits. The panel carries it,
 * a decision sends it back, and where the decision is written it is computed again: any difference voids the decision.
 * Null when there is no such verification.
 */
export const readScreenHashes = async (tx: Tx, verificationId: string): Promise<ScreenHashes | null> => {
  const shown = await tx.one<Shown>(
    `select array[v.person_id::text, v.purpose, v.tier, v.policy_version::text, v.state, v.contact_id::text,
         v.recommendation, s.ordinal::text, p.display_name, p.work_email, p.tier, p.account_state,
         v.privilege_found, p.never_via_help_desk::text, (p.blocked_until > now())::text,
         exists (select from elevated_threats e where e.tenant_id = v.tenant_id and e.lowered_at is null)::text,
         (select jsonb_agg(jsonb_build_array(c.id, c.kind, c.label, c.masked, encode(c.value_index, 'hex'),
             extract(epoch from c.last_changed_at)) order by c.id)::text
           from contacts c where c.tenant_id = v.tenant_id and c.person_id = v.person_id and c.removed_at is null)] as parts,
       s.evidence_digest as "evidenceDigest",
       (select a.id from approvals a where a.tenant_id = v.tenant_id and a.verification_id = v.id and a.ordinal = 1
         and a.used_at is null and a.ended_at is null and a.expires_at > now()) as "firstId"
     from verifications v
     cross join lateral (select * from people p where p.tenant_id = v.tenant_id and p.id = v.person_id limit 1) p
     left join lateral (select ordinal, evidence_digest from scorings s
       where s.tenant_id = v.tenant_id and s.verification_id = v.id order by s.ordinal desc limit 1) s on true
     where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
    'shown',
  )
  if (shown === undefined) return null
  const ofCase = caseHash(tx.tenantId, verificationId, shown)
  return { ofCase, ofScreen: hashOfScreen(ofCase, shown.firstId), firstId: shown.firstId }
}

/** The hash of the screen; null when there is no such verification. */
export const readScreenHash = async (tx: Tx, verificationId: string): Promise<string | null> =>
  (await readScreenHashes(tx, verificationId))?.ofScreen ?? null
