import type { Policy } from '#domain/policy/policy.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A plan with its cursor, locked so that two answers of one case take turns. Times by the database's clock. */
export type LockedPlan = {
  readonly route:
    'questions' | 'second_contact' | 'passkey' | 'provider_sign_in' | 'push' | 'recovery_sheet' | 'none'
  readonly sealed: Buffer
  readonly position: number
  readonly gate: 'open' | 'closed' | null
  readonly isComplete: boolean
  /** The shown question's time is over. */
  readonly isTimeOver: boolean
  /** Since the question was shown; to its deadline at most, once that has passed. */
  readonly ms: number
  readonly extensions: number
  readonly personId: string
  readonly purpose: Purpose
  /** Positions left out because their fact was no longer true. */
  readonly dropped: readonly number[]
  /** The policy of the case. */
  readonly policy: Policy
}

/** Takes the plan for one change; undefined while no match code was accepted. */
export const lockPlan = async (tx: Tx, verificationId: string): Promise<LockedPlan | undefined> => {
  const [row] = await tx.named<LockedPlan>(
    'lock_plan',
    `select n.route, n.plan_sealed as sealed, n.current_position as position, n.gate,
       n.completed_at is not null as "isComplete", coalesce(n.deadline_at <= now(), false) as "isTimeOver", n.extensions,
       greatest(0, coalesce(extract(epoch from least(now(), n.deadline_at) - n.shown_at) * 1000, 0))::integer as ms,
       v.person_id as "personId", v.purpose, n.dropped_positions as dropped, y.document || jsonb_build_object('version', y.version) as policy
     from plans n join verifications v on v.tenant_id = n.tenant_id and v.id = n.verification_id
     join policies y on y.tenant_id = n.tenant_id and y.version = v.policy_version
     where n.tenant_id = $1 and n.verification_id = $2 for update of n`,
    [tx.tenantId, verificationId],
  )
  return row
}

/** Stores the answer of the gate before questions; the first one stays. */
export const setGate = async (tx: Tx, verificationId: string, gate: 'open' | 'closed'): Promise<boolean> =>
  (await tx.run(`update plans set gate = $3 where tenant_id = $1 and verification_id = $2 and gate is null`, [
    tx.tenantId,
    verificationId,
    gate,
  ])) === 1

/**
 * Moves from one question to the next and starts its clock. One guarded write: it happens only while the question left
 * is still the current one (B4). `to` null: nothing more is asked.
 */
export const moveOn = async (
  tx: Tx,
  verificationId: string,
  from: number,
  to: { readonly position: number; readonly seconds: number } | null,
): Promise<boolean> => {
  const [row] = await tx.named(
    'move_on',
    `update plans set current_position = coalesce($4, current_position), extensions = 0, shown_at = now(),
       deadline_at = now() + make_interval(secs => coalesce($5, 0))
     where tenant_id = $1 and verification_id = $2 and current_position = $3 and completed_at is null returning 1`,
    [tx.tenantId, verificationId, from, to?.position ?? null, to?.seconds ?? null],
  )
  return row !== undefined
}

/** Leaves a question out for good: its fact is no longer true. */
export const dropQuestion = async (tx: Tx, verificationId: string, position: number): Promise<void> => {
  await tx.run(
    `update plans set dropped_positions = dropped_positions || $3::smallint
     where tenant_id = $1 and verification_id = $2 and not dropped_positions @> array[$3::smallint]`,
    [tx.tenantId, verificationId, position],
  )
}

/** "More time": the deadline moves while the question is still open; as often as asked. */
export const extendTime = async (
  tx: Tx,
  verificationId: string,
  position: number,
  seconds: number,
): Promise<boolean> =>
  (await tx.run(
    `update plans set deadline_at = deadline_at + make_interval(secs => $4), extensions = extensions + 1
     where tenant_id = $1 and verification_id = $2 and current_position = $3 and deadline_at > now() and completed_at is null`,
    [tx.tenantId, verificationId, position, seconds],
  )) === 1

/** An answer as it is stored, its reply sealed. */
export type NewAnswer = {
  readonly verificationId: string
  readonly position: number
  readonly family: string
  readonly form: string
  readonly exposure: string
  readonly pointsRow: string
  readonly replySealed: Buffer | null
  readonly verdict: string
  readonly timedOut: boolean
  readonly ms: number
  readonly extensions: number
  readonly inputSummary: InputReport | Record<string, never>
}

/** Stores an answer; after `moveOn`, which lets each position be answered once. */
export const addAnswer = (tx: Tx, answer: NewAnswer): Promise<number> =>
  tx.run(
    `insert into answers (tenant_id, verification_id, position, family, form, exposure, points_row, reply_sealed, verdict,
       timed_out, seconds_tenths, extensions, input_summary)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.tenantId,
      answer.verificationId,
      answer.position,
      answer.family,
      answer.form,
      answer.exposure,
      answer.pointsRow,
      answer.replySealed,
      answer.verdict,
      answer.timedOut,
      Math.round(answer.ms / 100),
      answer.extensions,
      JSON.stringify(answer.inputSummary),
    ],
    'add_answer',
  )

/** An answer as it was stored. */
export type AnswerRow = {
  readonly position: number
  readonly family: string
  readonly form: 'choice' | 'typed'
  readonly verdict: 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'
  readonly timedOut: boolean
  readonly ms: number
  readonly extensions: number
  readonly replySealed: Buffer | null
  /** The page's report on how it was typed. */
  readonly input: Readonly<Record<string, unknown>>
}

/** The answers of a case, in the order of their questions. */
export const readAnswers = (tx: Tx, verificationId: string): Promise<AnswerRow[]> =>
  tx.named<AnswerRow>(
    'read_answers',
    `select position, family, form, verdict, timed_out as "timedOut", seconds_tenths * 100 as ms, extensions,
       reply_sealed as "replySealed", input_summary as input
     from answers where tenant_id = $1 and verification_id = $2 order by position`,
    [tx.tenantId, verificationId],
  )
