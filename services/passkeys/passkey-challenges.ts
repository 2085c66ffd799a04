/** Challenges of WebAuthn: one open for a session and use, kept as a hash, used by whoever deletes it. */
import type { Tx } from '#platform/database/transaction.ts'

/** What a challenge is for. `enrol`, `prove`: a participant's · `staff_enrol`, `step_up`: a member of staff's. */
export type ChallengeUse = 'enrol' | 'prove' | 'staff_enrol' | 'step_up'

/** Seconds that an authenticator and its owner may take. */
export const challengeSeconds = 300

/** Remembers a challenge for a session; an older one of the same use is dead. Those that ran out are forgotten. */
export const putPasskeyChallenge = async (
  tx: Tx,
  at: { readonly sessionId: string; readonly use: ChallengeUse },
  hash: Buffer,
): Promise<void> => {
  await tx.run('delete from passkey_challenges where tenant_id = $1 and expires_at < now()', [tx.tenantId])
  await tx.run(
    `insert into passkey_challenges (tenant_id, session_id, kind, challenge_hash, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))
     on conflict (tenant_id, session_id, kind)
     do update set challenge_hash = excluded.challenge_hash, expires_at = excluded.expires_at`,
    [tx.tenantId, at.sessionId, at.use, hash, challengeSeconds],
  )
}

/** Uses a challenge: one guarded delete, so that it answers once, for its own session and use, in time. */
export const takePasskeyChallenge = async (
  tx: Tx,
  at: { readonly sessionId: string; readonly use: ChallengeUse },
  hash: Buffer,
): Promise<boolean> => {
  const taken = await tx.run(
    `delete from passkey_challenges
     where tenant_id = $1 and session_id = $2 and kind = $3 and challenge_hash = $4 and expires_at > now()`,
    [tx.tenantId, at.sessionId, at.use, hash],
  )
  return taken === 1
}
