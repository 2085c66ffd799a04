import { raw } from 'objection'
import type { Role } from '#domain/roles.ts'
import { staffSessions } from '#domain/sessions.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { KeptPlace, SessionPlace } from './session-place.ts'
import { isTokenMarked, tokenMark } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { inSeconds, now } from '#platform/database/model.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { StaffSession } from './models.ts'

/** A staff session with its owner, as `read_staff_session` gives it. */
export type StaffSessionRow = {
  readonly tenantId: string
  readonly sessionId: string
  readonly staffId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly personId: string | null
  readonly amr: readonly string[]
  readonly idleSeconds: number
  readonly endsAt: string
  readonly tenantName: string
  readonly tenantSlug: string
  /** Where it was signed in, and whether the organisation is under elevated threat. */
  readonly place: KeptPlace & { readonly isThreatElevated: boolean }
}

/** A row as its function gives it, with the mark of its token. */
type WithMark<Row> = Row & { readonly tokenMark: string }

/** Resolves a console cookie; null when it is unknown, ended, idle too long, too old, or its owner is disabled. */
export const readStaffSession = async (
  db: Db,
  keys: KeyRing,
  tokenHash: Buffer,
): Promise<StaffSessionRow | null> => {
  const [row] = await outsideTenants(db).named<{ answer: WithMark<StaffSessionRow> | null }>(
    'read_staff_session',
    'select read_staff_session($1, $2) as answer',
    [tokenHash, staffSessions.idle],
  )
  if (!row?.answer) return null
  const { tokenMark: mark, ...session } = row.answer
  return isTokenMarked(keys, 'staff_sessions', { ...session, tokenHash }, Buffer.from(mark, 'hex'))
    ? session
    : null
}

/** A fresh staff session: a new id at every sign-in (F2). */
export const startStaffSession = async (
  tx: Tx,
  keys: KeyRing,
  {
    authenticatedAt = null,
    place,
    ...session
  }: {
    readonly staffId: string
    readonly tokenHash: Buffer
    readonly csrfHash: Buffer
    readonly amr: readonly string[]
    /** When the identity provider saw the person, seconds since 1970; never later than now. */
    readonly authenticatedAt?: number | null
    /** Country of the address that signed in, ISO 3166; null where the data know none. Never the address. */
    readonly country: string | null
    readonly place: SessionPlace
  },
): Promise<void> => {
  const { tenantId } = tx
  await StaffSession.query(tx.knex).insert({
    ...{ ...session, tenantId, browserDigest: place.browser, networkDigest: place.network },
    tokenMark: tokenMark(keys, 'staff_sessions', { tenantId, ...session }),
    authenticatedAt: authenticatedAt === null ? null : raw('least(now(), to_timestamp(?))', authenticatedAt),
    absoluteExpiresAt: inSeconds(staffSessions.absolute),
  })
}

const end = (tx: Tx, whose: { readonly id: string } | { readonly staffId: string }): Promise<number> =>
  StaffSession.of(tx)
    .where({ ...whose, endedAt: null })
    .patch({ endedAt: now() })
    .execute()

/** Ends a staff session. */
export const endStaffSession = (tx: Tx, id: string): Promise<number> => end(tx, { id })

/** Ends every session of a member of staff; gives how many there were. */
export const endStaffSessionsOf = (tx: Tx, staffId: string): Promise<number> => end(tx, { staffId })

/** One sign-in on its way. */
export type SignInTransaction = {
  readonly stateHash: Buffer
  readonly cookieHash: Buffer
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnTo: string
  /** For one request to an approver; absent for staff. */
  readonly approver?: { readonly tenantId: string; readonly requestId: string }
  /** For the portal session of a participant; absent for everybody else. */
  readonly participant?: { readonly tenantId: string; readonly sessionId: string }
  /** Absent unless a person wants to set up a passkey. */
  readonly isEnrolment?: true
}

/** Remembers a sign-in for ten minutes, and forgets those that ran out. */
export const beginSignIn = async (db: Db, transaction: SignInTransaction): Promise<void> => {
  const outside = outsideTenants(db)
  await outside.run('delete from sign_in_transactions where expires_at < now()')
  await outside.run(
    `insert into sign_in_transactions (state_hash, cookie_hash, nonce, code_verifier, return_to, expires_at,
       approver_tenant_id, approver_request_id, participant_tenant_id, participant_session_id, is_enrolment)
     values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), $7, $8, $9, $10, $11)`,
    [
      transaction.stateHash,
      transaction.cookieHash,
      transaction.nonce,
      transaction.codeVerifier,
      transaction.returnTo,
      staffSessions.signIn,
      transaction.approver?.tenantId ?? null,
      transaction.approver?.requestId ?? null,
      transaction.participant?.tenantId ?? null,
      transaction.participant?.sessionId ?? null,
      transaction.isEnrolment ?? false,
    ],
  )
}

/** Takes a sign-in: one guarded delete, so that state, nonce and verifier serve once (F7). */
export const takeSignIn = async (
  db: Db,
  stateHash: Buffer,
  cookieHash: Buffer,
): Promise<Pick<SignInTransaction, 'nonce' | 'codeVerifier' | 'returnTo'> | null> => {
  const row = await outsideTenants(db).one<{ nonce: string; codeVerifier: string; returnTo: string }>(
    `delete from sign_in_transactions where state_hash = $1 and cookie_hash = $2 and expires_at > now()
       and approver_request_id is null and participant_session_id is null and not is_enrolment
     returning nonce, code_verifier as "codeVerifier", return_to as "returnTo"`,
    [stateHash, cookieHash],
  )
  return row ?? null
}

/** The same for a sign-in that is for one request to an approver; neither can be taken as the other. */
export const takeApproverSignIn = async (
  db: Db,
  stateHash: Buffer,
  cookieHash: Buffer,
): Promise<
  (Pick<SignInTransaction, 'nonce' | 'codeVerifier'> & NonNullable<SignInTransaction['approver']>) | null
> => {
  const row = await outsideTenants(db).one<{
    nonce: string
    codeVerifier: string
    tenantId: string
    requestId: string
  }>(
    `delete from sign_in_transactions where state_hash = $1 and cookie_hash = $2 and expires_at > now()
       and approver_request_id is not null
     returning nonce, code_verifier as "codeVerifier", approver_tenant_id as "tenantId",
       approver_request_id as "requestId"`,
    [stateHash, cookieHash],
  )
  return row ?? null
}

/**
 * A sign-in on the portal that came back, and when it began, seconds since 1970. `session`: that of a participant; null for a
 * person who wants to set up a passkey.
 */
export type ParticipantSignIn = Pick<SignInTransaction, 'nonce' | 'codeVerifier'> & {
  readonly session: NonNullable<SignInTransaction['participant']> | null
  readonly begunAt: number
}

/** The same for the sign-in of a participant, on the page of their case, or to set up a passkey. */
export const takeParticipantSignIn = async (
  db: Db,
  stateHash: Buffer,
  cookieHash: Buffer,
): Promise<ParticipantSignIn | null> => {
  const row = await outsideTenants(db).one<ParticipantSignIn>(
    `delete from sign_in_transactions where state_hash = $1 and cookie_hash = $2 and expires_at > now()
       and (participant_session_id is not null or is_enrolment)
     returning nonce, code_verifier as "codeVerifier",
       case when not is_enrolment then
         json_build_object('tenantId', participant_tenant_id, 'sessionId', participant_session_id) end as session,
       extract(epoch from expires_at - make_interval(secs => $3))::double precision as "begunAt"`,
    [stateHash, cookieHash, staffSessions.signIn],
  )
  return row ?? null
}

/** True if a staff session is still valid, without counting as a use of it: open streams ask this (F4). */
export const isStaffSessionLive = async (tx: Tx, sessionId: string): Promise<boolean> => {
  const [row] = await tx.named(
    'is_staff_session_live',
    `select from staff_sessions s join staff f on f.tenant_id = s.tenant_id and f.id = s.staff_id
     where s.tenant_id = $1 and s.id = $2 and s.ended_at is null and s.absolute_expires_at > now() and f.disabled_at is null
       and s.last_used_at > now() - make_interval(secs => ($3::jsonb ->> f.role)::integer)`,
    [tx.tenantId, sessionId, staffSessions.idle],
  )
  return row !== undefined
}
