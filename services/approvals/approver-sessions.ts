/** Approvers who signed in for one request (F1, F2, F7). */
import type { KeyRing } from '#platform/crypto/keys.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** An approver by the cookie of their sign-in. */
export type ApproverSession = {
  readonly tenantId: string
  readonly sessionId: string
  readonly requestId: string
  readonly verificationId: string
  readonly personId: string
}

/** Resolves an approver's cookie; null when it is unknown, ended or over. */
export const readApproverSession = async (
  db: Db,
  tokenHash: Buffer,
): Promise<{
  readonly tenantId: string
  readonly id: string
} | null> => {
  const [row] = await outsideTenants(db).named<{ tenantId: string; id: string }>(
    'resolve_approver_session',
    'select r.tenant_id as "tenantId", r.id from resolve_approver_session($1) r',
    [tokenHash],
  )
  return row ?? null
}

/** A session that still lives, with the identity it was begun by. */
export const liveApproverSession = (
  tx: Tx,
  id: string,
): Promise<
  | (ApproverSession & { readonly issuer: string; readonly subject: string; readonly tokenMark: Buffer })
  | undefined
> =>
  tx.one(
    `select tenant_id as "tenantId", id as "sessionId", request_id as "requestId", verification_id as "verificationId",
       person_id as "personId", issuer, subject, token_mark as "tokenMark"
     from approver_sessions where tenant_id = $1 and id = $2 and ended_at is null and expires_at > now()`,
    [tx.tenantId, id],
  )

/** Begins a session; earlier ones of the same request end, so that one browser answers. */
export const startApproverSession = async (
  tx: Tx,
  keys: KeyRing,
  session: {
    readonly requestId: string
    readonly verificationId: string
    readonly personId: string
    readonly tokenHash: Buffer
    readonly issuer: string
    readonly subject: string
    readonly amr: readonly string[]
  },
): Promise<void> => {
  await tx.run(
    `update approver_sessions set ended_at = now() where tenant_id = $1 and request_id = $2 and ended_at is null`,
    [tx.tenantId, session.requestId],
  )
  await tx.run(
    `insert into approver_sessions (tenant_id, request_id, verification_id, person_id, token_hash, issuer, subject, amr,
       expires_at, token_mark)
     select $1, r.id, r.verification_id, $3, $4, $5, $6, $7, r.expires_at, $8
     from approver_requests r where r.tenant_id = $1 and r.id = $2`,
    [
      tx.tenantId,
      session.requestId,
      session.personId,
      session.tokenHash,
      session.issuer,
      session.subject,
      session.amr,
      tokenMark(keys, 'approver_sessions', { ...session, tenantId: tx.tenantId }),
    ],
  )
}

/** Ends a session. */
export const endApproverSession = async (tx: Tx, id: string): Promise<void> => {
  await tx.run(
    'update approver_sessions set ended_at = now() where tenant_id = $1 and id = $2 and ended_at is null',
    [tx.tenantId, id],
  )
}

/**
 * The person of the directory whom the organisation's identity provider knows by this subject. By issuer and subject only: an
 * address can be given to another person (F7).
 */
export const personOfIdentity = async (tx: Tx, issuer: string, subject: string): Promise<string | null> => {
  const row = await tx.one<{ id: string }>(
    `select p.id from people p join tenants t on t.id = p.tenant_id
     where p.tenant_id = $1 and t.oidc_issuer = $2 and p.sign_in_subject = $3`,
    [tx.tenantId, issuer, subject],
  )
  return row?.id ?? null
}
