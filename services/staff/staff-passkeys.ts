/** Passkeys of staff, and what a staff session has proven (F6). */
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openCredential, type PasskeyCredential } from '#platform/crypto/webauthn.ts'
import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { StaffKey } from './models.ts'

/** A step-up, and a sign-in that allows setting up a first passkey, count for so many seconds. */
export const stepUpSeconds = 300

/** Most live passkeys of one member of staff. */
export const mostStaffPasskeys = 10

/** The proof that a session has given, by the database's clock. */
export type StepUpState = {
  /** They have or ever had a passkey: sensitive acts ask for one from then on. */
  readonly isDemanded: boolean
  readonly hasPasskey: boolean
  /** The seconds left of the last step-up; 0 when there is none, or it is too old. */
  readonly secondsLeft: number
  /** The identity provider saw the person within the last five minutes. */
  readonly isFresh: boolean
}

/** Reads the proof of a session. */
export const readStepUp = async (tx: Tx, sessionId: string): Promise<StepUpState> => {
  const [row] = await tx.named<StepUpState>(
    'read_step_up',
    `select exists (select from staff_passkeys k where k.tenant_id = $1 and k.staff_id = s.staff_id) as "isDemanded",
       exists (select from staff_passkeys k where k.tenant_id = $1 and k.staff_id = s.staff_id and k.removed_at is null)
         as "hasPasskey",
       greatest(0, floor(extract(epoch from s.stepped_up_at + make_interval(secs => $3) - now())))::integer as "secondsLeft",
       coalesce(s.authenticated_at > now() - make_interval(secs => $3), false) as "isFresh"
     from staff_sessions s where s.tenant_id = $1 and s.id = $2 and s.ended_at is null`,
    [tx.tenantId, sessionId, stepUpSeconds],
  )
  // A session that ended in this very moment has proven nothing.
  return row === undefined
    ? { isDemanded: true, hasPasskey: false, secondsLeft: 0, isFresh: false }
    : { ...row, secondsLeft: row.secondsLeft ?? 0 }
}

/** When a session was last confirmed with a passkey, ISO 8601 UTC; null where it was not within the last five minutes. */
export const readSteppedUpAt = async (tx: Tx, sessionId: string): Promise<string | null> => {
  const row = await tx.one<{ at: string }>(
    `select iso_instant(stepped_up_at) as at from staff_sessions where tenant_id = $1 and id = $2 and ended_at is null
       and stepped_up_at > now() - make_interval(secs => $3)`,
    [tx.tenantId, sessionId, stepUpSeconds],
  )
  return row?.at ?? null
}

/** A passkey as its owner sees it. */
export type StaffPasskeyRow = Readonly<Pick<StaffKey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>>

const live = (tx: Tx, staffId: string) => StaffKey.of(tx).where({ staffId, removedAt: null })

/** Their live passkeys, newest first. */
export const listStaffPasskeys = async (tx: Tx, staffId: string): Promise<StaffPasskeyRow[]> =>
  live(tx, staffId).select('id', 'name', 'createdAt', 'lastUsedAt').orderBy('createdAt', 'desc').orderBy('id')

/** A live passkey, opened. */
export type StaffPasskey = {
  readonly id: string
  readonly signCount: number
  readonly credential: PasskeyCredential
}

/** Their live passkeys, opened; held until the end of the transaction where they are about to be used. */
export const openStaffPasskeys = async (tx: Tx, keys: KeyRing, staffId: string): Promise<StaffPasskey[]> => {
  const rows = live(tx, staffId).orderBy('createdAt').orderBy('id').forUpdate()
  return (await rows.select('id', 'signCount', 'credentialSealed')).map(
    ({ id, signCount, credentialSealed }) => {
      const place = { tenantId: tx.tenantId, table: 'staff_passkeys', ownerId: staffId, id } as const
      return { id, signCount, credential: openCredential(keys, place, credentialSealed) }
    },
  )
}

/** A passkey to be kept. */
export type NewStaffPasskey = {
  readonly id: string
  readonly staffId: string
  readonly credentialIndex: Buffer
  readonly credentialSealed: Buffer
  readonly name: string
  readonly signCount: number
}

/** Keeps a passkey. False: this credential is known, or there are as many as one may have. */
export const addStaffPasskey = async (tx: Tx, passkey: NewStaffPasskey): Promise<boolean> => {
  const added = await tx.run(
    `insert into staff_passkeys (tenant_id, id, staff_id, credential_index, credential_sealed, name, sign_count)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from staff_passkeys where tenant_id = $1 and staff_id = $3 and removed_at is null) < $8
     on conflict do nothing`,
    [
      tx.tenantId,
      passkey.id,
      passkey.staffId,
      passkey.credentialIndex,
      passkey.credentialSealed,
      passkey.name,
      passkey.signCount,
      mostStaffPasskeys,
    ],
  )
  return added === 1
}

type Own = { readonly staffId: string; readonly passkeyId: string }

/** Renames a passkey; false when there is none such. */
export const renameStaffPasskey = async (
  tx: Tx,
  { staffId, passkeyId }: Own,
  name: string,
): Promise<boolean> => (await live(tx, staffId).where({ id: passkeyId }).patch({ name })) === 1

/** Takes a passkey away; false when there is none such. */
export const removeStaffPasskey = async (
  tx: Tx,
  { staffId, passkeyId }: Own,
  removeReason: 'own' | 'counter_went_back',
): Promise<boolean> =>
  (await live(tx, staffId).where({ id: passkeyId }).patch({ removedAt: now(), removeReason })) === 1

/** Stores the passkey's new counter. */
export const noteStaffPasskeyUse = (tx: Tx, id: string, signCount: number): Promise<number> =>
  StaffKey.of(tx).where({ id }).patch({ signCount, lastUsedAt: now() }).execute()

/**
 * Gives a session a new id at its step-up (F2): the old one ends, what it was good for and until when carries
 * over. False: it has ended meanwhile.
 */
export const renewStaffSession = async (
  tx: Tx,
  sessionId: string,
  fresh: { readonly tokenHash: Buffer; readonly tokenMark: Buffer; readonly csrfHash: Buffer },
): Promise<boolean> => {
  const made = await tx.run(
    `with old as (
       update staff_sessions set ended_at = now() where tenant_id = $1 and id = $2 and ended_at is null returning *)
     insert into staff_sessions (tenant_id, staff_id, token_hash, csrf_hash, amr, country, started_at,
       absolute_expires_at, authenticated_at, stepped_up_at, token_mark, browser_digest, network_digest, moved_to)
     select tenant_id, staff_id, $3, $4, case when 'passkey' = any (amr) then amr else amr || 'passkey'::text end, country, started_at, absolute_expires_at, authenticated_at, now(), $5,
       browser_digest, network_digest, moved_to
     from old`,
    [tx.tenantId, sessionId, fresh.tokenHash, fresh.csrfHash, fresh.tokenMark],
  )
  return made === 1
}
