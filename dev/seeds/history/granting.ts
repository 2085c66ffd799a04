/** Grants of past cases, signed as the worker signs them. */
import type { GrantFields, GrantWait } from '#domain/grant.ts'
import { signGrant } from '#platform/crypto/sealing.ts'
import { policyOf, put, system, tell, type Story } from './story.ts'

/** Ids of who approved, the first before the second. */
export const approversOf = ({ columns }: Story): readonly string[] =>
  [columns['decided_by_id'], columns['second_by']].filter((id) => id !== undefined).map(String)

/** The digest of the decision's evidence, hexadecimal. */
export const evidenceDigestOf = (story: Story): string => {
  const scoring = story.rows.get('scorings')?.at(-1)
  return (scoring?.['evidence_digest'] as Buffer).toString('hex')
}

/** The newest portal session, which typed the code. */
export const sessionOf = ({ rows }: Story): string | null =>
  (rows.get('portal_sessions')?.at(-1)?.['id'] as string | undefined) ?? null

/** Issues the grant of a decision now. */
export const issueGrant = (story: Story, waited: GrantWait | null): GrantFields => {
  const { world, case: past, now } = story
  const { lifetimes, version } = policyOf(story)
  const grant: GrantFields = {
    id: world.idOf('grant', past.id),
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    directory: 'builtin',
    directoryId: past.person.directoryId,
    purpose: past.purpose,
    policyVersion: version,
    approvers: approversOf(story),
    evidenceDigest: evidenceDigestOf(story),
    sessionId: sessionOf(story),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimes.grant * 1000).toISOString(),
    waited,
  }
  tell(story, system('workflow'), 'grant.issued', { grantId: grant.id, expiresAt: grant.expiresAt })
  return grant
}

/** The fate of a grant. */
export type GrantFate = { readonly spentAt: Date } | { readonly voidedAt: Date; readonly voidReason: string }

/** The row of a grant. */
export const putGrant = (story: Story, grant: GrantFields, fate: GrantFate): void => {
  const { keyId, signature } = signGrant(story.world.keys, grant)
  put(story, 'grants', {
    id: grant.id,
    verification_id: grant.verificationId,
    person_id: grant.personId,
    directory: grant.directory,
    directory_id: grant.directoryId,
    purpose: grant.purpose,
    policy_version: grant.policyVersion,
    approvers: grant.approvers,
    evidence_digest: Buffer.from(grant.evidenceDigest, 'hex'),
    session_id: grant.sessionId,
    issued_at: grant.issuedAt,
    expires_at: grant.expiresAt,
    key_id: keyId,
    signature,
    tries: 'spentAt' in fate ? 1 : 0,
    spent_at: 'spentAt' in fate ? fate.spentAt : null,
    voided_at: 'voidedAt' in fate ? fate.voidedAt : null,
    void_reason: 'voidedAt' in fate ? fate.voidReason : null,
    scheduled_at: grant.waited?.scheduledAt ?? null,
    not_before: grant.waited?.notBefore ?? null,
  })
}
