/** Challenges of WebAuthn: one open for a session and use, kept as a hash. Deleting a challenge uses it, so it answers once. */
import { inSeconds, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PasskeyChallenge } from './models.ts'

/** The use of a challenge. `enrol`, `prove`: a participant's · `staff_enrol`, `step_up`: a member of staff's. */
export type ChallengeUse = 'enrol' | 'prove' | 'staff_enrol' | 'step_up'

/** Seconds that an authenticator and its owner may take. */
export const challengeSeconds = 300

/** Stores a challenge for a session; an older one of the same use is dead. Those that ran out are deleted. */
export const putPasskeyChallenge = async (
  tx: Tx,
  at: { readonly sessionId: string; readonly use: ChallengeUse },
  hash: Buffer,
): Promise<void> => {
  await PasskeyChallenge.of(tx).where('expiresAt', '<', now()).delete()
  const challenge = { sessionId: at.sessionId, kind: at.use, challengeHash: hash }
  await PasskeyChallenge.query(tx.knex)
    .insert({ tenantId: tx.tenantId, ...challenge, expiresAt: inSeconds(challengeSeconds) })
    .onConflict(PasskeyChallenge.idColumn)
    .merge(['challengeHash', 'expiresAt'])
}

/** Uses a challenge: one guarded delete, so that it answers once, for its own session and use, in time. */
export const takePasskeyChallenge = async (
  tx: Tx,
  at: { readonly sessionId: string; readonly use: ChallengeUse },
  hash: Buffer,
): Promise<boolean> => {
  const taken = await PasskeyChallenge.of(tx)
    .where({ sessionId: at.sessionId, kind: at.use, challengeHash: hash })
    .where('expiresAt', '>', now())
    .delete()
  return taken === 1
}
