/** Cases that ask their participant for a passkey: written by the worker alone. */
import { mostPasskeyTries, passkeyCounts } from './passkeys.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Asks for one more kind of evidence: the plan continues with a passkey. */
export const askPasskey = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'passkey', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  await tx.run(
    `insert into passkey_requests (tenant_id, verification_id) values ($1, $2) on conflict do nothing`,
    [tx.tenantId, verificationId],
  )
}

/** The state of a case's request. */
export type PasskeyRequest = {
  readonly tries: number
  readonly isProven: boolean
  readonly isGivenUp: boolean
}

const columns = `tries, proven_at is not null as "isProven", given_up_at is not null as "isGivenUp"`

/** The request of a case; undefined where none was made. */
export const readPasskeyRequest = (tx: Tx, verificationId: string): Promise<PasskeyRequest | undefined> =>
  tx.one<PasskeyRequest>(
    `select ${columns} from passkey_requests where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )

/** The same, held until the end of the transaction, so that parallel tries take turns. */
export const lockPasskeyRequest = (tx: Tx, verificationId: string): Promise<PasskeyRequest | undefined> =>
  tx.one<PasskeyRequest>(
    `select ${columns} from passkey_requests where tenant_id = $1 and verification_id = $2 for update`,
    [tx.tenantId, verificationId],
  )

/** The passkey answered: it is evidence of this case from now on, and its counter moves on. */
export const provePasskey = async (
  tx: Tx,
  verificationId: string,
  passkey: { readonly id: string; readonly signCount: number },
): Promise<void> => {
  await tx.run(
    `update passkey_requests set tries = tries + 1, proven_at = now(), passkey_id = $3
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId, passkey.id],
  )
  await tx.run(`update passkeys set sign_count = $3, last_used_at = now() where tenant_id = $1 and id = $2`, [
    tx.tenantId,
    passkey.id,
    passkey.signCount,
  ])
}

/** Counts a failed try; returns how many are left. None left counts as given up. */
export const countPasskeyTry = async (tx: Tx, verificationId: string): Promise<number> => {
  const row = await tx.one<{ tries: number }>(
    `update passkey_requests set tries = tries + 1,
       given_up_at = case when tries + 1 >= $3 then now() else given_up_at end
     where tenant_id = $1 and verification_id = $2 returning tries`,
    [tx.tenantId, verificationId, mostPasskeyTries],
  )
  return Math.max(0, mostPasskeyTries - (row?.tries ?? mostPasskeyTries))
}

/** The participant does not have it at hand: another way is looked for. */
export const giveUpPasskey = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update passkey_requests set given_up_at = coalesce(given_up_at, now()) where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}

/**
 * True if the passkey that gave a case its evidence still counts: one that was removed or disputed since takes the
 * evidence with it.
 */
export const isPasskeyProofValid = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select from passkey_requests q join passkeys k on k.tenant_id = q.tenant_id and k.id = q.passkey_id
     where q.tenant_id = $1 and q.verification_id = $2 and q.proven_at is not null and ${passkeyCounts}`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** The facts for silent checks: if a passkey counts, and the answer to the request. Undefined: none counts. */
export type PasskeyCaseFacts = {
  readonly isGivenUp: boolean
  readonly proven: { readonly name: string; readonly enrolledAt: Date; readonly at: Date } | null
}

/** Reads these facts. */
export const readPasskeyFacts = async (
  tx: Tx,
  verificationId: string,
  personId: string,
): Promise<PasskeyCaseFacts | undefined> => {
  const [row] = await tx.named<{
    isGivenUp: boolean | null
    name: string | null
    enrolledAt: Date | null
    at: Date | null
  }>(
    'read_passkey_facts',
    `select q.given_up_at is not null or (q.proven_at is not null and p.name is null) as "isGivenUp", p.name, p.created_at as "enrolledAt", q.proven_at as at
     from (select count(*) as n from passkeys k where k.tenant_id = $1 and k.person_id = $3 and ${passkeyCounts}) c
     left join passkey_requests q on q.tenant_id = $1 and q.verification_id = $2
     left join lateral (select k.name, k.created_at from passkeys k
       where k.tenant_id = $1 and k.id = q.passkey_id and k.person_id = $3 and ${passkeyCounts}) p on true
     where c.n > 0`,
    [tx.tenantId, verificationId, personId],
  )
  if (row === undefined) return undefined
  const { name, enrolledAt, at } = row
  return {
    isGivenUp: row.isGivenUp ?? false,
    proven: name !== null && enrolledAt !== null && at !== null ? { name, enrolledAt, at } : null,
  }
}
