/** Tries of typed codes, counted before anything is compared (B6, H4). */
import { mostWrongInARow } from '#domain/match-code.ts'
import { isCapReached } from '#domain/policy/caps.ts'
import type { Cap } from '#domain/policy/policy.ts'
import type { NewSealedInput } from './portal-inputs.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Names the challenge that is tried. */
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
    'lock_challenge',
  )

/** The newest challenge of a kind; 0 when there is none. */
export const lastOrdinal = async (
  tx: Tx,
  verificationId: string,
  kind: 'match' | 'second',
): Promise<number> => {
  const row = await tx.one<{ ordinal: number }>(
    `select ordinal from code_challenges where tenant_id = $1 and verification_id = $2 and kind = $3
     order by mod(ordinal, 100) desc, ordinal desc limit 1`,
    [tx.tenantId, verificationId, kind],
  )
  return row?.ordinal ?? 0
}

/** Counts a try of a participant: wrong adds one, right marks the challenge accepted and ends the row of wrong ones. */
export const countTry = (tx: Tx, key: ChallengeKey, personId: string, isRight: boolean): Promise<number> =>
  tx.run(
    isRight ? rightSql : wrongSql,
    [tx.tenantId, key.verificationId, key.kind, key.ordinal, personId],
    isRight ? 'count_right_code' : 'count_wrong_code',
  )

const rightSql = `with row_ended as (delete from wrong_codes where tenant_id = $1 and person_id = $5)
  update code_challenges set tries = tries + 1, accepted_at = now()
  where tenant_id = $1 and verification_id = $2 and kind = $3 and ordinal = $4`

const wrongSql = `with row_lengthened as (
    insert into wrong_codes as w (tenant_id, person_id, in_a_row) values ($1, $5, 1)
    on conflict (tenant_id, person_id) do update set last_at = now(),
      in_a_row = case when w.last_at > now() - interval '30 days' then w.in_a_row + 1 else 1 end
  )
  update code_challenges set tries = tries + 1
  where tenant_id = $1 and verification_id = $2 and kind = $3 and ordinal = $4`

type WrongCodes = { readonly inARow: number; readonly withinCaps: readonly number[] }

const wrongCodesSql = `select
  coalesce((
    select in_a_row from wrong_codes
    where tenant_id = $1 and person_id = $2 and last_at > now() - interval '30 days'
  ), 0) as "inARow",
  array(
    select (
      select coalesce(sum(tries - case when accepted_at is null then 0 else 1 end), 0)::integer from code_challenges
      where tenant_id = $1 and person_id = $2 and created_at > now() - make_interval(secs => cap.seconds)
    )
    from unnest($3::integer[]) with ordinality cap(seconds, place) order by cap.place
  ) as "withinCaps"`

/** True if a participant gave too many wrong codes, over all verifications, for another one to be looked at (H4). */
export const areCodesExhausted = async (tx: Tx, personId: string, caps: readonly Cap[]): Promise<boolean> => {
  const seconds = caps.map((cap) => cap.seconds)
  const [wrong] = await tx.named<WrongCodes>('wrong_codes', wrongCodesSql, [tx.tenantId, personId, seconds])
  const { inARow = 0, withinCaps = [] } = wrong ?? {}
  return isCapReached(caps, withinCaps) || inARow >= mostWrongInARow
}

/** A value on its way to the worker (M3). */
export type SealedInput = { readonly sealed: Buffer }

/** Takes a sealed input away: deleting it uses it, so it can be used once. Expired ones give nothing. */
export const takeSealedInput = async (
  tx: Tx,
  id: string,
  verificationId: string,
  kind: NewSealedInput['kind'],
): Promise<SealedInput | undefined> => {
  const row = await tx.one<SealedInput & { isExpired: boolean }>(
    `delete from sealed_inputs where tenant_id = $1 and id = $2 and verification_id = $3 and kind = $4
     returning sealed, expires_at <= now() as "isExpired"`,
    [tx.tenantId, id, verificationId, kind],
    'take_sealed_input',
  )
  return row === undefined || row.isExpired ? undefined : row
}
