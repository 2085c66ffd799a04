/** Plans: fixed with the accepted match code, before the first question is shown (security.md section 3.0 rule 5). */
import type { Cap } from '#domain/policy/policy.ts'
import { allQuestions, dropping, type QuestionPlan } from '#domain/questions/plan.ts'
import { openPlan, sealPlan } from '../case-inputs.ts'
import type { KeyRing } from '../keys.ts'
import type { Tx } from './transaction.ts'

/** A plan as stored. */
export type StoredPlan = {
  readonly plan: QuestionPlan
  readonly gate: 'open' | 'closed' | null
  readonly completedAt: Date | null
  readonly completedReason: string | null
}

/** The plan of a verification, or undefined while no match code was accepted. */
export const readPlan = async (
  tx: Tx,
  keys: KeyRing,
  verificationId: string,
): Promise<StoredPlan | undefined> => {
  const row = await tx.one<Omit<StoredPlan, 'plan'> & { sealed: Buffer; dropped: number[] }>(
    `select plan_sealed as sealed, dropped_positions as dropped, gate, completed_at as "completedAt", completed_reason as "completedReason"
     from plans where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
    'read_plan',
  )
  if (row === undefined) return undefined
  const { sealed, dropped, ...rest } = row
  return { ...rest, plan: dropping(openPlan(keys, tx.tenantId, verificationId, sealed), dropped) }
}

/** Stores a plan, or the same plan with fresh option ids. */
export const storePlan = async (
  tx: Tx,
  keys: KeyRing,
  verificationId: string,
  plan: QuestionPlan,
): Promise<void> => {
  const count = plan.route === 'questions' ? allQuestions(plan).length : 0
  await tx.run(
    `insert into plans (tenant_id, verification_id, route, plan_sealed, question_count) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, verification_id) do update set plan_sealed = excluded.plan_sealed`,
    [tx.tenantId, verificationId, plan.route, sealPlan(keys, tx.tenantId, verificationId, plan), count],
    'store_plan',
  )
}

/** Nothing more is asked. The first word stays. */
export const completePlan = async (tx: Tx, verificationId: string, reason: string): Promise<void> => {
  await tx.run(
    `update plans set completed_at = now(), completed_reason = $3
     where tenant_id = $1 and verification_id = $2 and completed_at is null`,
    [tx.tenantId, verificationId, reason],
    'complete_plan',
  )
}

/**
 * To how many other people lists were shown on behalf of the agent who started this verification, within each cap's window
 * (challenges.md section 1: from 20 a day on, another route). None where no agent started it.
 */
export const countQuestionedPeople = async (
  tx: Tx,
  verificationId: string,
  caps: readonly Cap[],
): Promise<number[]> => {
  const counts: number[] = []
  for (const cap of caps) {
    const row = await tx.one<{ n: number }>(
      `select count(distinct d.participant_pseudonym) as n from verifications v
       join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
       join disclosures d on d.tenant_id = v.tenant_id and d.agent_id = v.referrer_id and d.block_id is not null
         and d.shown_at > now() - make_interval(secs => $3) and d.participant_pseudonym <> p.pseudonym
       where v.tenant_id = $1 and v.id = $2 and v.referrer_kind = 'agent'`,
      [tx.tenantId, verificationId, cap.seconds],
    )
    counts.push(row?.n ?? 0)
  }
  return counts
}

/** How many sets of questions this participant was given within each cap's window (challenges.md 7.2). */
export const countQuestionSets = async (
  tx: Tx,
  personId: string,
  caps: readonly Cap[],
): Promise<number[]> => {
  const counts: number[] = []
  for (const cap of caps) {
    const row = await tx.one<{ n: number }>(
      `select count(*) as n from plans p
       join verifications v on v.tenant_id = p.tenant_id and v.id = p.verification_id
       where p.tenant_id = $1 and v.person_id = $2 and p.route = 'questions'
         and p.created_at > now() - make_interval(secs => $3)`,
      [tx.tenantId, personId, cap.seconds],
      'count_question_sets',
    )
    counts.push(row?.n ?? 0)
  }
  return counts
}

/** Positions that are answered already: their options keep their ids. */
export const answeredPositions = async (tx: Tx, verificationId: string): Promise<number[]> => {
  const rows = await tx.query<{ position: number }>(
    'select position from answers where tenant_id = $1 and verification_id = $2',
    [tx.tenantId, verificationId],
    'answered_positions',
  )
  return rows.map(({ position }) => position)
}

/** One more kind of evidence is asked for: the plan goes on with a code to a different contact. */
export const askSecondContact = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'second_contact', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}
