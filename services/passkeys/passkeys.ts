/** Passkeys of participants, and cases that ask for one. */
import { openCredential, type PasskeyCredential } from '#platform/crypto/webauthn.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { Passkey } from './models.ts'

/** A passkey is evidence from so many hours after it was enrolled; a report within them takes it away for good. */
export const passkeyWaitHours = 72

/** Most live passkeys of one person. */
export const mostPasskeys = 5

/** Tries of one case before the next kind of evidence is asked for. */
export const mostPasskeyTries = 5

const disputed = `exists (select from reports r where r.tenant_id = k.tenant_id and r.person_id = k.person_id
  and (r.verification_id = k.verification_id
    or (r.at >= k.created_at and r.at < k.created_at + interval '${String(passkeyWaitHours)} hours')))`

/**
 * A condition that is true if row `k` of `passkeys` counts as evidence, by the database's clock: old enough, not removed, not
 * enrolled in a disputed case nor in doubt while it waited, and its owner's account is one that is handled at all. A report
 * needs no write here: the condition reads it, and the passkey is dead.
 */
export const passkeyCounts = `(k.removed_at is null and k.created_at <= now() - interval '${String(passkeyWaitHours)} hours'
  and not ${disputed}
  and exists (select from people o where o.tenant_id = k.tenant_id and o.id = k.person_id
    and o.account_state in ('active', 'locked') and not o.never_via_help_desk))`

/** A passkey that counts, opened. */
export type UsablePasskey = {
  readonly id: string
  readonly name: string
  readonly signCount: number
  readonly credential: PasskeyCredential
}

/** The person's passkeys that count now. */
export const usablePasskeys = async (tx: Tx, keys: KeyRing, personId: string): Promise<UsablePasskey[]> => {
  const rows = await tx.query<
    Omit<UsablePasskey, 'credential' | 'signCount'> & { sealed: Buffer; signCount: string }
  >(
    `select k.id, k.name, k.sign_count as "signCount", k.credential_sealed as sealed from passkeys k
     where k.tenant_id = $1 and k.person_id = $2 and ${passkeyCounts} order by k.created_at, k.id`,
    [tx.tenantId, personId],
  )
  return rows.map(({ id, name, signCount, sealed }) => ({
    id,
    name,
    signCount: Number(signCount),
    credential: openCredential(
      keys,
      { tenantId: tx.tenantId, table: 'passkeys', ownerId: personId, id },
      sealed,
    ),
  }))
}

/** The state of a passkey. */
export type PasskeyState = 'waiting' | 'usable' | 'disputed'

/** A passkey as staff see it. */
export type PasskeyRow = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly state: PasskeyState
}

/** The person's passkeys that were not removed, newest first. */
export const readPasskeys = (tx: Tx, personId: string): Promise<PasskeyRow[]> =>
  tx.query<PasskeyRow>(
    `select k.id, k.name, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
       case when ${disputed} then 'disputed' when ${passkeyCounts} then 'usable' else 'waiting' end as state
     from passkeys k where k.tenant_id = $1 and k.person_id = $2 and k.removed_at is null
     order by k.created_at desc, k.id limit 20`,
    [tx.tenantId, personId],
  )

/** The sealed credentials of a person's live passkeys: what an authenticator must not make again. */
export const liveCredentials = async (
  tx: Tx,
  keys: KeyRing,
  personId: string,
): Promise<readonly PasskeyCredential[]> => {
  const rows = Passkey.of(tx).where({ personId, removedAt: null }).orderBy(['createdAt', 'id'])
  return (await rows.select('id', 'credentialSealed')).map(({ id, credentialSealed }) => {
    const place = { tenantId: tx.tenantId, table: 'passkeys', ownerId: personId, id } as const
    return openCredential(keys, place, credentialSealed)
  })
}

/** A passkey to be kept. */
export type NewPasskey = {
  readonly id: string
  readonly personId: string
  readonly verificationId: string
  readonly credentialIndex: Buffer
  readonly credentialSealed: Buffer
  readonly name: string
  readonly signCount: number
}

/** Keeps a passkey. False: this credential is known, or the person has as many as one may have. */
export const addPasskey = async (tx: Tx, passkey: NewPasskey): Promise<boolean> => {
  const added = await tx.run(
    `insert into passkeys (tenant_id, id, person_id, verification_id, credential_index, credential_sealed, name, sign_count)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where (select count(*) from passkeys where tenant_id = $1 and person_id = $3 and removed_at is null) < $9
     on conflict do nothing`,
    [
      tx.tenantId,
      passkey.id,
      passkey.personId,
      passkey.verificationId,
      passkey.credentialIndex,
      passkey.credentialSealed,
      passkey.name,
      passkey.signCount,
      mostPasskeys,
    ],
  )
  return added === 1
}

/** Says if a passkey was enrolled at the end of this case, and if there is room for one. */
export const enrolmentOf = async (
  tx: Tx,
  verificationId: string,
  personId: string,
): Promise<{ readonly isEnrolled: boolean; readonly hasRoom: boolean; readonly isDisputed: boolean }> => {
  const row = await tx.one<{ isEnrolled: boolean; n: number; isDisputed: boolean }>(
    `select coalesce(bool_or(k.verification_id = $2), false) as "isEnrolled",
       (count(k.id) filter (where k.removed_at is null))::integer as n,
       exists (select from reports r where r.tenant_id = $1 and r.verification_id = $2) as "isDisputed"
     from passkeys k where k.tenant_id = $1 and k.person_id = $3`,
    [tx.tenantId, verificationId, personId],
  )
  const { isEnrolled = false, n = 0, isDisputed = false } = row ?? {}
  return { isEnrolled, hasRoom: n < mostPasskeys, isDisputed }
}

/** Takes a passkey away; false when there is none such. */
export const removePasskey = async (
  tx: Tx,
  at: { readonly personId: string; readonly passkeyId: string },
  by: { readonly staffId: string | null; readonly reason: string },
): Promise<boolean> =>
  (await Passkey.of(tx)
    .where({ personId: at.personId, id: at.passkeyId, removedAt: null })
    .patch({ removedAt: now(), removedBy: by.staffId, removeReason: by.reason })) === 1
