/** The wait between a decision and its grant: a waiting time, and a participant who has to come back (F3). */
import type { Policy } from '#domain/policy/policy.ts'
import { ruleInForce } from '#domain/policy/elevated.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import { isThreatElevated } from '../policy/elevated-threats.ts'
import { readPolicy } from '../policy/policies.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The waiting state of a decided case. */
export type WaitOfCase = {
  readonly decidedSecondsAgo: number
  /**
   * The policy's waiting time, of the case's version, under the threat of this moment and the directory's answer about
   * privilege (D2).
   */
  readonly waitSeconds: number
  /** A portal session of the case is alive. */
  readonly isPresent: boolean
  /** One was begun after the decision, with a fresh link and code. */
  readonly hasReturned: boolean
  /** The ordinal of the newest link. */
  readonly linkOrdinal: number
}

type Row = Omit<WaitOfCase, 'waitSeconds'> & {
  readonly purpose: Purpose
  readonly tier: Tier
  readonly policyVersion: number
  readonly isRaised: boolean
}

const read = (tx: Tx, verificationId: string, idleSeconds: number): Promise<Row | undefined> =>
  tx.one<Row>(
    `select v.purpose, v.tier, v.policy_version as "policyVersion", v.privilege_found is not null as "isRaised",
       extract(epoch from clock_timestamp() - v.decided_at)::double precision as "decidedSecondsAgo",
       exists (select from portal_sessions s where s.tenant_id = v.tenant_id and s.verification_id = v.id
         and s.ended_at is null and s.absolute_expires_at > now()
         and s.last_used_at > now() - make_interval(secs => $3)) as "isPresent",
       exists (select from portal_sessions s where s.tenant_id = v.tenant_id and s.verification_id = v.id
         and s.ended_at is null and s.absolute_expires_at > now() and s.started_at > v.decided_at) as "hasReturned",
       coalesce((select max(l.ordinal) from links l where l.tenant_id = v.tenant_id and l.verification_id = v.id), 0)::integer
         as "linkOrdinal"
     from verifications v where v.tenant_id = $1 and v.id = $2 and v.decided_at is not null`,
    [tx.tenantId, verificationId, idleSeconds],
  )

/** Reads the waiting state; undefined where nothing is decided. */
export const readWait = async (
  tx: Tx,
  verificationId: string,
  policyVersion: number,
): Promise<WaitOfCase | undefined> => {
  const policy: Policy = await readPolicy(tx, policyVersion)
  const row = await read(tx, verificationId, policy.lifetimes.portalIdle)
  // The row's policy version counts, not the caller's.
  if (row?.policyVersion !== policy.version) return undefined
  const { purpose, tier, policyVersion: _, isRaised, ...waiting } = row
  const isStrictest = isRaised || (await isThreatElevated(tx))
  const { waitSeconds } = ruleInForce(policy, purpose, tier, isStrictest)
  return { ...waiting, waitSeconds }
}

/** An action that waits: for its time, or for the participant. */
export type WaitingAction = {
  readonly state: 'scheduled' | 'awaiting_participant'
  readonly workflowId: string
  readonly linkOrdinal: number
}

/** The action of a case, while it waits. */
export const readWaitingAction = (tx: Tx, verificationId: string): Promise<WaitingAction | undefined> =>
  tx.one<WaitingAction>(
    `select a.state, a.workflow_id as "workflowId",
       coalesce((select max(l.ordinal) from links l where l.tenant_id = $1 and l.verification_id = $2), 0)::integer as "linkOrdinal"
     from actions a where a.tenant_id = $1 and a.verification_id = $2
       and a.state in ('scheduled', 'awaiting_participant') and a.workflow_id is not null`,
    [tx.tenantId, verificationId],
  )

/** Sets the moment when the waiting time is over. */
export const setNotBefore = async (tx: Tx, verificationId: string, seconds: number): Promise<void> => {
  await tx.run(
    `update actions set not_before = now() + make_interval(secs => $3) where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId, seconds],
  )
}
