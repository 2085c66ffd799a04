/** Intents: what is about to be done to a directory, written before it is (R4). */
import type { ActingPurpose, writeOf } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Seconds that a write may take from the guard to the directory; past them it must not happen any more. */
export const writeSeconds = 15

/** A write under a grant that is about to happen. */
export type GrantedWrite = (typeof writeOf)[ActingPurpose]

/** An intent as stored. */
export type Intent = {
  readonly kind: GrantedWrite | 'lock_account'
  /** Null for a lock, which rests on a report. */
  readonly grantId: string | null
  readonly reportId: string | null
  readonly verificationId: string
  readonly versionBefore: string
  readonly status: 'intended' | 'done' | 'not_done' | 'refused' | 'unknown'
  readonly actedAt: Date | null
  /** True while a write that was begun may still arrive. */
  readonly mayStillArrive: boolean
  /** A later write of the same person was begun, so that a change in the directory may be that one's. */
  readonly isOvertaken: boolean
}

/** A new intent. */
export type NewIntent = {
  readonly kind: GrantedWrite
  readonly operationId: string
  readonly grantId: string
  readonly verificationId: string
  readonly personId: string
  readonly attempt: number
  readonly versionBefore: string
}

/** Writes an intent; the same one again changes nothing. */
export const addIntent = async (tx: Tx, intent: NewIntent): Promise<void> => {
  await tx.run(
    `insert into intents (tenant_id, operation_id, grant_id, verification_id, person_id, kind, attempt, version_before)
     values ($1, $2, $3, $4, $5, $8, $6, $7) on conflict do nothing`,
    [
      tx.tenantId,
      intent.operationId,
      intent.grantId,
      intent.verificationId,
      intent.personId,
      intent.attempt,
      intent.versionBefore,
      intent.kind,
    ],
  )
}

/** Writes the intent of a lock, under the report that asks for it. */
export const addLockIntent = async (
  tx: Tx,
  intent: Omit<NewIntent, 'grantId' | 'kind'> & { readonly reportId: string },
): Promise<void> => {
  await tx.run(
    `insert into intents (tenant_id, operation_id, report_id, verification_id, person_id, kind, attempt, version_before)
     values ($1, $2, $3, $4, $5, 'lock_account', $6, $7) on conflict do nothing`,
    [
      tx.tenantId,
      intent.operationId,
      intent.reportId,
      intent.verificationId,
      intent.personId,
      intent.attempt,
      intent.versionBefore,
    ],
  )
}

/** Reads an intent and holds its row until the end of the transaction. */
export const lockIntent = async (tx: Tx, operationId: string): Promise<Intent | undefined> =>
  tx.one<Intent>(
    `select kind, grant_id as "grantId", report_id as "reportId", verification_id as "verificationId", version_before as "versionBefore", status,
       acted_at as "actedAt",
       coalesce(acted_at + make_interval(secs => $3) > clock_timestamp(), false) as "mayStillArrive",
       exists (select from intents o where o.tenant_id = $1 and o.person_id = i.person_id and o.acted_at > i.acted_at
         and o.kind <> 'lock_account' and o.status in ('intended', 'done', 'unknown')) as "isOvertaken"
     from intents i where tenant_id = $1 and operation_id = $2 for update`,
    [tx.tenantId, operationId, writeSeconds],
  )

/**
 * Marks that the directory is about to be written, once. Returns the moment after which the write must not happen, ISO 8601;
 * null: another process did or resolved it already, or another write of the same person is on its way (N8). The database
 * holds the lock, so it counts for every process. A lock of an account waits for nothing, since it can only take away.
 */
export const beginWrite = async (tx: Tx, operationId: string): Promise<string | null> => {
  await tx.run(
    `select pg_advisory_xact_lock(hashtextextended('write/' || tenant_id || '/' || person_id, 0)) from intents
     where tenant_id = $1 and operation_id = $2`,
    [tx.tenantId, operationId],
  )
  const row = await tx.one<{ until: Date }>(
    `update intents i set acted_at = clock_timestamp() where tenant_id = $1 and operation_id = $2
       and status = 'intended' and acted_at is null
       and (kind = 'lock_account' or not exists (select from intents o
         where o.tenant_id = $1 and o.person_id = i.person_id and o.operation_id <> i.operation_id
           and o.kind <> 'lock_account' and o.status = 'intended'
           and o.acted_at > clock_timestamp() - make_interval(secs => $3)))
     returning clock_timestamp() + make_interval(secs => $3) as until`,
    [tx.tenantId, operationId, writeSeconds],
  )
  return row?.until.toISOString() ?? null
}

/** Notes the result of an intent; the first final answer stays. */
export const resolveIntent = async (
  tx: Tx,
  operationId: string,
  status: 'done' | 'not_done' | 'refused' | 'unknown',
  versionAfter: string | null,
  refusal: string | null,
): Promise<void> => {
  await tx.run(
    `update intents set status = $3, version_after = coalesce($4, version_after), refusal = coalesce($5, refusal),
       resolved_at = now()
     where tenant_id = $1 and operation_id = $2 and status in ('intended', 'unknown')`,
    [tx.tenantId, operationId, status, versionAfter, refusal],
  )
}
