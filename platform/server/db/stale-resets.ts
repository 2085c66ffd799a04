import type { Tx } from './transaction.ts'

/** A reset that waits or works and whose row has not changed for a while. */
export type StaleReset = {
  readonly verificationId: string
  readonly personId: string
  readonly policyVersion: number
  readonly state: 'scheduled' | 'awaiting_participant' | 'granted' | 'in_progress'
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

/** Resets under way, unchanged for so many seconds, oldest first. */
export const readStaleResets = (tx: Tx, seconds: number, limit: number): Promise<StaleReset[]> =>
  tx.query<StaleReset>(
    `select a.verification_id as "verificationId", a.person_id as "personId", v.policy_version as "policyVersion", a.state,
       a.workflow_id as "workflowId", a.run_id as "runId", a.run_started_at as "runStartedAt", a.seq,
       coalesce(a.expires_at <= now(), false) as "isOver", i.grant_id as "grantId", i.attempt
     from actions a
     join verifications v on v.tenant_id = a.tenant_id and v.id = a.verification_id
     left join intents i on i.tenant_id = a.tenant_id and i.operation_id = a.operation_id
     where a.tenant_id = $1 and a.state in ('scheduled', 'awaiting_participant', 'granted', 'in_progress') and a.workflow_id is not null
       and a.recorded_at < now() - make_interval(secs => $2)
     order by a.recorded_at limit $3`,
    [tx.tenantId, seconds, limit],
  )
