/** Locks of accounts that a report asked for (B13): asked for by the report, done once by a worker. */
import type { Locking } from '#domain/policy/policy.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A lock is asked for with these. */
export type LockRequest = {
  readonly reportId: string
  readonly verificationId: string
  readonly personId: string
  readonly locking: Locking
  /** `if_used` looks so many seconds back for a link that was used. */
  readonly usedWithinSeconds: number
}

/**
 * Asks for a lock where the policy says so. True: one was asked for now. In an enrolment a sign-in at the provider was used,
 * which is more than a link.
 */
export const requestLock = async (tx: Tx, request: LockRequest): Promise<boolean> => {
  const { reportId, verificationId, personId, locking, usedWithinSeconds } = request
  if (locking === 'never') return false
  const added = await tx.run(
    `insert into account_locks (tenant_id, report_id, verification_id, person_id)
     select $1, $2, $3, $4 where $5 or exists (
       select from links l where l.tenant_id = $1 and l.person_id = $4
         and l.used_at >= now() - make_interval(secs => $6))
       or exists (select from enrolments e where e.tenant_id = $1 and e.id = $3)
     on conflict do nothing`,
    [tx.tenantId, reportId, verificationId, personId, locking === 'always', usedWithinSeconds],
  )
  return added === 1
}

/** A lock that waits, or whose worker may have died. */
export type OpenLock = {
  readonly reportId: string
  readonly verificationId: string
  readonly personId: string
  readonly attempt: number
  /** The write that was begun; null: none is under way. */
  readonly operationId: string | null
}

const columns = `report_id as "reportId", verification_id as "verificationId", person_id as "personId", attempt,
  operation_id as "operationId"`

/** Locks that nobody works on, oldest first: new ones, and others after a rest of so many seconds. */
export const readOpenLocks = (tx: Tx, restSeconds: number, limit: number): Promise<OpenLock[]> =>
  tx.query<OpenLock>(
    `select ${columns} from account_locks
     where tenant_id = $1 and state in ('requested', 'in_progress')
       and (attempt = 0 and recorded_at = requested_at or recorded_at < now() - make_interval(secs => $2))
     order by recorded_at limit $3`,
    [tx.tenantId, restSeconds, limit],
  )

/** Reads a lock and holds its row until the end of the transaction; undefined once it is over. */
export const holdLock = (tx: Tx, reportId: string): Promise<OpenLock | undefined> =>
  tx.one<OpenLock>(
    `select ${columns} from account_locks
     where tenant_id = $1 and report_id = $2 and state in ('requested', 'in_progress') for update`,
    [tx.tenantId, reportId],
  )

/** Takes the next attempt of a held lock, or gives the last one up (`operationId` null) so that it waits again. */
export const setAttempt = async (
  tx: Tx,
  reportId: string,
  attempt: number,
  operationId: string | null,
): Promise<void> => {
  await tx.run(
    `update account_locks set attempt = $3, operation_id = $4, recorded_at = clock_timestamp(),
       state = case when $4::uuid is null then 'requested' else 'in_progress' end
     where tenant_id = $1 and report_id = $2 and state in ('requested', 'in_progress')`,
    [tx.tenantId, reportId, attempt, operationId],
  )
}

/** Ends a lock. False: it was over already. */
export const endLock = async (
  tx: Tx,
  reportId: string,
  state: 'completed' | 'failed',
  reason: string | null,
): Promise<boolean> =>
  (await tx.run(
    `update account_locks set state = $3, reason = $4, recorded_at = clock_timestamp(),
       completed_at = case when $3 = 'completed' then clock_timestamp() end
     where tenant_id = $1 and report_id = $2 and state in ('requested', 'in_progress')`,
    [tx.tenantId, reportId, state, reason],
  )) === 1

/** A lock rests on these, read again at the moment of the write: the report, and the policy of its verification or enrolment. */
export type LockBasis = { readonly personId: string; readonly policyVersion: number }

/** The report behind a lock; undefined: there is none, so nothing may be locked. */
export const readLockBasis = (tx: Tx, reportId: string): Promise<LockBasis | undefined> =>
  tx.one<LockBasis>(
    `select r.person_id as "personId", coalesce(v.policy_version, e.policy_version) as "policyVersion"
     from reports r left join verifications v on v.tenant_id = r.tenant_id and v.id = r.verification_id
     left join enrolments e on e.tenant_id = r.tenant_id and e.id = r.verification_id
     where r.tenant_id = $1 and r.id = $2 and coalesce(v.person_id, e.person_id) = r.person_id`,
    [tx.tenantId, reportId],
  )

/** The person card shows this until the directory is read again. */
export const noteLocked = async (tx: Tx, personId: string): Promise<void> => {
  await tx.run(
    `update people set account_state = 'locked' where tenant_id = $1 and id = $2 and account_state = 'active'`,
    [tx.tenantId, personId],
  )
}

/** The other way round, after a new password. */
export const noteUnlocked = async (tx: Tx, personId: string): Promise<void> => {
  await tx.run(
    `update people set account_state = 'active' where tenant_id = $1 and id = $2 and account_state = 'locked'`,
    [tx.tenantId, personId],
  )
}
