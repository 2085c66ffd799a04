/** Tries of typed codes, counted before anything is compared (security.md B6, H4). */
import type { Cap } from '#domain/policy/policy.ts'
import type { Tx } from './transaction.ts'

/** Which challenge is tried. */
export type ChallengeKey = {
  readonly verificationId: string
  readonly kind: 'match' | 'second'
  readonly ordinal: number
}

/** A challenge, locked until the end of the transaction, so that parallel tries take turns. */
export type Challenge = {
  readonly tries: number
  readonly maxTries: number
  readonly isExpired: boolean
  readonly isAccepted: boolean
  readonly contactId: string | null
}

/** Takes the challenge for one try; undefined when there is none. */
export const lockChallenge = async (tx: Tx, key: ChallengeKey): Promise<Challenge | undefined> =>
  tx.one<Challenge>(
    `select tries, max_tries as "maxTries", expires_at <= now() as "isExpired",
       accepted_at is not null as "isAccepted", contact_id as "contactId"
     from code_challenges where tenant_id = $1 and verification_id = $2 and kind = $3 and ordinal = $4 for update`,
    [tx.tenantId, key.verificationId, key.kind, key.ordinal],
  )

/** The newest challenge of a kind; 0 when there is none. */
export const lastOrdinal = async (
  tx: Tx,
  verificationId: string,
  kind: 'match' | 'second',
): Promise<number> => {
  const row = await tx.one<{ ordinal: number | null }>(
    `select max(ordinal) as ordinal from code_challenges
     where tenant_id = $1 and verification_id = $2 and kind = $3`,
    [tx.tenantId, verificationId, kind],
  )
  return row?.ordinal ?? 0
}

/** Counts a try: wrong adds one, right marks it accepted. */
export const countTry = async (tx: Tx, key: ChallengeKey, isRight: boolean): Promise<void> => {
  await tx.run(
    `update code_challenges set tries = tries + 1, accepted_at = case when $5 then now() else accepted_at end
     where tenant_id = $1 and verification_id = $2 and kind = $3 and ordinal = $4`,
    [tx.tenantId, key.verificationId, key.kind, key.ordinal, isRight],
  )
}

/** Wrong codes of a participant within each cap's window, over all verifications (H4). */
export const countWrongCodes = async (tx: Tx, personId: string, caps: readonly Cap[]): Promise<number[]> => {
  const counts: number[] = []
  for (const cap of caps) {
    const row = await tx.one<{ n: number }>(
      `select coalesce(sum(tries - case when accepted_at is null then 0 else 1 end), 0)::integer as n from code_challenges
       where tenant_id = $1 and person_id = $2 and created_at > now() - make_interval(secs => $3)`,
      [tx.tenantId, personId, cap.seconds],
    )
    counts.push(row?.n ?? 0)
  }
  return counts
}

/** A value on its way to the worker (M3). */
export type SealedInput = {
  readonly sealed: Buffer
  readonly sessionTokenHash: Buffer | null
  readonly sessionLanguage: string | null
  readonly linkId: string | null
}

/** Takes a sealed input away: it can be used once, by whoever deletes it. Expired ones give nothing. */
export const takeSealedInput = async (
  tx: Tx,
  id: string,
  verificationId: string,
  kind: 'match_code' | 'second_code' | 'password',
): Promise<SealedInput | undefined> => {
  const row = await tx.one<SealedInput & { isExpired: boolean }>(
    `delete from sealed_inputs where tenant_id = $1 and id = $2 and verification_id = $3 and kind = $4
     returning sealed, session_token_hash as "sessionTokenHash", session_language as "sessionLanguage",
       link_id as "linkId", expires_at <= now() as "isExpired"`,
    [tx.tenantId, id, verificationId, kind],
  )
  return row === undefined || row.isExpired ? undefined : row
}
