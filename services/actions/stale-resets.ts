import type { Tx } from '#platform/database/transaction.ts'

/** A reset that waits or works and whose row has not changed for a while, or whose result nobody could read back yet. */
export type StaleReset = {
  readonly verificationId: string
  readonly personId: string
  readonly policyVersion: number
  readonly state: 'scheduled' | 'awaiting_participant' | 'granted' | 'in_progress' | 'unknown'
  readonly workflowId: string
  readonly runId: string
  readonly runStartedAt: Date
  readonly seq: number
  /** The grant's time was up by the database's clock. */
  readonly isOver: boolean
  /** The write that was intended last, where there was one. */
  readonly grantId: string | null
  readonly attempt: number | null
}

/** So long after a write that nobody could read back, a change in the directory is taken for it; later it may be anybody's. */
const readableSeconds = 3_600
/** The workflow of an unknown result is over; this is the time in which its last record settles. */
const restSeconds = 10

/**
 * Resets under way, unchanged for so many seconds, and those that are unknown since the directory gave no answer, oldest
 * first. Where the directory itself could not tell, the intent says so, and it is asked no more.
 */
export const readStaleResets = (
  tx: Tx,
  { seconds, withUnknown }: { readonly seconds: number; readonly withUnknown: boolean },
  limit: number,
): Promise<StaleReset[]> =>
  tx.query<StaleReset>(
    `select a.verification_id as "verificationId", a.person_id as "personId", v.policy_version as "policyVersion", a.state,
       a.workflow_id as "workflowId", a.run_id as "runId", a.run_started_at as "runStartedAt", a.seq,
       coalesce(a.expires_at <= now(), false) as "isOver", i.grant_id as "grantId", i.attempt
     from actions a
     join verifications v on v.tenant_id = a.tenant_id and v.id = a.verification_id
     left join intents i on i.tenant_id = a.tenant_id and i.operation_id = a.operation_id
     where a.tenant_id = $1 and a.workflow_id is not null and (
       (a.state in ('scheduled', 'awaiting_participant', 'granted', 'in_progress') and a.recorded_at < now() - make_interval(secs => $2))
       or ($6 and a.state = 'unknown' and a.recorded_at < now() - make_interval(secs => $5)
         and i.status = 'intended' and i.acted_at > now() - make_interval(secs => $4)))
     order by a.recorded_at limit $3`,
    [tx.tenantId, seconds, limit, readableSeconds, restSeconds, withUnknown],
  )
