/** The child workflow's own row: the progress of the action that the purpose asks for. */
import type { PrivilegeFound } from '#domain/policy/elevated.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import { actingPurposes, type ActingPurpose, type Tier } from '#domain/verification/verification.ts'
import type { ResetRef } from '#workflows/action/activity-types.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** One record of an action: whole, never an increment. */
export type ActionRow = {
  readonly reset: ResetRef
  readonly seq: number
  readonly state: ActionState
  readonly reason: string | null
  readonly grantId?: string
  readonly operationId?: string | null
  readonly grantedAt?: string
  readonly expiresAt?: string
  readonly completedAt?: string
  /** The directory refused a password: one more try is used. */
  readonly countsTry?: boolean
}

/** Stores a record if it is newer. False: an older or repeated one, which changes nothing and is a success. */
export const recordActionRow = async (tx: Tx, row: ActionRow): Promise<boolean> => {
  const { reset } = row
  // Consoles learn of it with the commit, in the same trip.
  const changed = await tx.named(
    'record_action',
    `with changed as (
     insert into actions (tenant_id, verification_id, kind, person_id, state, grant_id, operation_id, reason, tries,
       granted_at, completed_at, expires_at, workflow_id, run_id, run_started_at, seq)
     values ($1, $2, (select case when v.purpose = any ($16) then v.purpose else 'password_reset' end
       from verifications v where v.tenant_id = $1 and v.id = $2), $3, $4, $5, $6, $7, $8::boolean::integer, $9, $10, $11, $12, $13, $14, $15)
     on conflict (tenant_id, verification_id) do update set state = excluded.state,
       grant_id = coalesce(excluded.grant_id, actions.grant_id),
       operation_id = coalesce(excluded.operation_id, actions.operation_id), reason = excluded.reason,
       tries = actions.tries + excluded.tries, granted_at = coalesce(excluded.granted_at, actions.granted_at),
       completed_at = coalesce(excluded.completed_at, actions.completed_at),
       expires_at = coalesce(excluded.expires_at, actions.expires_at), workflow_id = excluded.workflow_id,
       run_id = excluded.run_id, run_started_at = excluded.run_started_at, seq = excluded.seq, recorded_at = now()
     where (actions.run_started_at, actions.seq) < (excluded.run_started_at, excluded.seq)
     returning tenant_id, verification_id)
     select pg_notify('verification', tenant_id::text || '/' || verification_id::text) from changed`,
    [
      tx.tenantId,
      reset.verificationId,
      reset.personId,
      row.state,
      row.grantId ?? null,
      row.operationId ?? null,
      row.reason,
      row.countsTry ?? false,
      row.grantedAt ?? null,
      row.completedAt ?? null,
      row.expiresAt ?? null,
      reset.workflowId,
      reset.run.id,
      reset.run.startedAt,
      row.seq,
      // A row that was changed by hand may name a purpose that acts on nothing: its end is recorded all the same.
      actingPurposes,
    ],
  )
  return changed.length > 0
}

/** The person card shows this moment of the password until the directory is read again. */
export const notePasswordChanged = async (tx: Tx, personId: string, at: string): Promise<void> => {
  await tx.run(
    `update people set password_changed_at = greatest(password_changed_at, $3) where tenant_id = $1 and id = $2`,
    [tx.tenantId, personId, at],
  )
}

/** Notes if the directory ended other sessions. */
export const setSessionsEnded = async (tx: Tx, verificationId: string, answer: string): Promise<void> => {
  await tx.run('update actions set sessions_ended = $3 where tenant_id = $1 and verification_id = $2', [
    tx.tenantId,
    verificationId,
    answer,
  ])
}

/** A grant rests on these: the decision as stored, and any report since. */
export type DecidedCase = {
  readonly verificationId: string
  readonly tier: Tier
  readonly personId: string
  readonly purpose: string
  readonly policyVersion: number
  readonly outcome: string | null
  readonly decision: string | null
  readonly decidedByKind: string | null
  readonly decidedById: string | null
  readonly secondBy: string | null
  readonly decidedAt: Date | null
  readonly keyId: string | null
  readonly signature: Buffer | null
  /** The portal session that it was signed with. */
  readonly sessionId: string | null
  /** The directory's answer when the decision was approved (D2). */
  readonly privilegeFound: PrivilegeFound | null
  readonly isReported: boolean
}

/** The decision of a verification, as a grant must find it. */
export const readDecidedCase = async (tx: Tx, verificationId: string): Promise<DecidedCase | undefined> =>
  tx.one<DecidedCase>(
    `select v.id as "verificationId", v.tier, v.person_id as "personId", v.purpose, v.policy_version as "policyVersion", v.outcome, v.decision,
       v.decided_by_kind as "decidedByKind", v.decided_by_id as "decidedById", v.second_by as "secondBy",
       v.decided_at as "decidedAt", v.decision_key_id as "keyId", v.decision_signature as signature, v.decision_session_id as "sessionId",
       v.privilege_found as "privilegeFound",
       exists (select from reports r where r.tenant_id = v.tenant_id and r.person_id = v.person_id
         and r.at >= v.created_at) as "isReported"
     from verifications v where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
    'read_decided_case',
  )

/** The reason why an action had ended by a record of this run, undefined where that record has not been made. */
export const readRecordedEnd = (
  tx: Tx,
  { verificationId, run }: Pick<ResetRef, 'verificationId' | 'run'>,
  seq: number,
): Promise<{ readonly reason: string | null } | undefined> =>
  tx.one(
    `select reason from actions where tenant_id = $1 and verification_id = $2 and run_id = $3 and seq = $4
       and state in ('failed', 'expired')`,
    [tx.tenantId, verificationId, run.id, seq],
  )

/** The kind of a verification's action, and its grant, if one was issued. */
export const readActionKind = (
  tx: Tx,
  verificationId: string,
): Promise<{ readonly kind: ActingPurpose; readonly grantId: string | null } | undefined> =>
  tx.one('select kind, grant_id as "grantId" from actions where tenant_id = $1 and verification_id = $2', [
    tx.tenantId,
    verificationId,
  ])
