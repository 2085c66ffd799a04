/** Portal sessions begin with an accepted match code and in no other way (F2, F3). */
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { endingIsReadable } from '#domain/sessions.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { isTokenMarked } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** A participant's session may idle this long where its case has no policy: seconds. */
const portalIdle = defaultPolicy().lifetimes.portalIdle

/** A portal session as `read_portal_session` gives it. */
export type PortalSessionRow = {
  readonly tenantId: string
  readonly sessionId: string
  readonly verificationId: string
  readonly personId: string
  readonly language: string
  readonly probeNonce: string
  /** The key that every act of the session is signed with (platform/crypto/device-proof.ts); null: that browser has none. */
  readonly deviceKey: string | null
  readonly isLive: boolean
  readonly endReason: string | null
}

/** Resolves a portal cookie to its session; null when it is unknown or ended over an hour ago. */
export const readPortalSession = async (
  db: Db,
  keys: KeyRing,
  tokenHash: Buffer,
): Promise<PortalSessionRow | null> => {
  const [row] = await outsideTenants(db).named<{
    answer: (PortalSessionRow & { readonly tokenMark: string }) | null
  }>('read_portal_session', 'select read_portal_session($1, $2, $3) as answer', [
    tokenHash,
    portalIdle,
    endingIsReadable,
  ])
  if (!row?.answer) return null
  const { tokenMark: mark, ...session } = row.answer
  return isTokenMarked(keys, 'portal_sessions', { ...session, tokenHash }, Buffer.from(mark, 'hex'))
    ? session
    : null
}

/** A session that is about to begin. Its id is the id of the input that began it, so that a repeat finds it. */
export type NewPortalSession = {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly linkId: string
  readonly tokenHash: Buffer
  readonly tokenMark: Buffer
  readonly probeNonce: string
  /** The key of the browser that typed the code; null where it could make no key. */
  readonly deviceKey: string | null
  readonly language: string
  readonly seconds: number
}

/** Begins a session; an older one of the same verification ends. */
export const beginPortalSession = async (tx: Tx, session: NewPortalSession): Promise<void> => {
  await tx.run(
    `with superseded as (
       update portal_sessions set ended_at = now(), end_reason = 'superseded'
       where tenant_id = $1 and verification_id = $3 and ended_at is null
     )
     insert into portal_sessions (tenant_id, id, verification_id, person_id, link_id, token_hash, probe_nonce, language,
       absolute_expires_at, token_mark, device_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9), $10, $11)`,
    [
      tx.tenantId,
      session.id,
      session.verificationId,
      session.personId,
      session.linkId,
      session.tokenHash,
      session.probeNonce,
      session.language,
      session.seconds,
      session.tokenMark,
      session.deviceKey,
    ],
    'begin_portal_session',
  )
}

/** True if this input began a session already. */
export const hasPortalSession = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.one(
    'select from portal_sessions where tenant_id = $1 and id = $2',
    [tx.tenantId, id],
    'has_portal_session',
  )) !== undefined

/** The case of a session that still lives, for the return from the identity provider, which brings no cookie of the session. */
export const caseOfLiveSession = (
  tx: Tx,
  id: string,
): Promise<{ readonly verificationId: string; readonly personId: string } | undefined> =>
  tx.one(
    `select verification_id as "verificationId", person_id as "personId" from portal_sessions
     where tenant_id = $1 and id = $2 and ended_at is null and absolute_expires_at > now()`,
    [tx.tenantId, id],
  )

/** Ends one session. False: it had ended before. */
export const endPortalSession = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.run(
    `update portal_sessions set ended_at = now(), end_reason = $3
     where tenant_id = $1 and id = $2 and ended_at is null`,
    [tx.tenantId, id, reason],
  )) === 1

/** True if every browser that typed a code of this case made a key. */
export const haveAllKeys = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    'select from portal_sessions where tenant_id = $1 and verification_id = $2 and device_key is null',
    [tx.tenantId, verificationId],
  )) === undefined

/** Ends the live sessions of a verification. */
export const endPortalSessions = async (tx: Tx, verificationId: string, reason: string): Promise<void> => {
  await tx.run(
    `update portal_sessions set ended_at = now(), end_reason = $3
     where tenant_id = $1 and verification_id = $2 and ended_at is null`,
    [tx.tenantId, verificationId, reason],
  )
}

/**
 * After a new password: sessions of the person's other verifications end, and the one that set it keeps ten minutes for
 * its last page.
 */
export const endOtherSessions = async (tx: Tx, personId: string, verificationId: string): Promise<void> => {
  await tx.run(
    `update portal_sessions set
       ended_at = case when verification_id = $3 then ended_at else now() end,
       end_reason = case when verification_id = $3 then end_reason else 'password_changed' end,
       absolute_expires_at = least(absolute_expires_at, now() + interval '10 minutes')
     where tenant_id = $1 and person_id = $2 and ended_at is null`,
    [tx.tenantId, personId, verificationId],
  )
}
