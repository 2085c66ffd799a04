/** One-time codes for a new factor, as a directory issued them: sealed, and shown once (B2). */
import type { Tx } from '#platform/database/transaction.ts'

/** A code that a directory issued. */
export type NewEnrolmentCode = {
  readonly verificationId: string
  /** The portal session that asked, and the only one that may see it. */
  readonly portalSessionId: string
  /** Null: the directory enrols without one. */
  readonly sealed: Buffer | null
  /** ISO 8601 UTC, as the directory said. */
  readonly expiresAt: string | null
}

/** The state of a case's code. */
export type EnrolmentState = 'ready' | 'shown' | 'over' | 'none'

/** Keeps a code until it is shown, or that there is none. */
export const addEnrolmentCode = async (tx: Tx, code: NewEnrolmentCode): Promise<void> => {
  await tx.run(
    `insert into enrolment_codes (tenant_id, verification_id, portal_session_id, code_sealed, expires_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [tx.tenantId, code.verificationId, code.portalSessionId, code.sealed, code.expiresAt],
  )
}

/** Reads what became of a case's code; undefined: nothing reached us. */
export const readEnrolmentCode = (
  tx: Tx,
  verificationId: string,
): Promise<{ readonly portalSessionId: string; readonly state: EnrolmentState } | undefined> =>
  tx.one(
    `select portal_session_id as "portalSessionId", case when expires_at is null then 'none'
       when shown_at is not null then 'shown' when code_sealed is null or expires_at <= now() then 'over' else 'ready' end as state
     from enrolment_codes where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )

/** Takes the code out, once, for the session that asked for it. */
export const takeEnrolmentCode = (
  tx: Tx,
  verificationId: string,
  portalSessionId: string,
): Promise<{ readonly sealed: Buffer; readonly expiresAt: Date } | undefined> =>
  tx.one(
    `with found as (select code_sealed from enrolment_codes
       where tenant_id = $1 and verification_id = $2 and portal_session_id = $3 and code_sealed is not null
         and expires_at > clock_timestamp() for update)
     update enrolment_codes e set code_sealed = null, shown_at = clock_timestamp() from found
     where e.tenant_id = $1 and e.verification_id = $2 returning found.code_sealed as sealed, e.expires_at as "expiresAt"`,
    [tx.tenantId, verificationId, portalSessionId],
  )
