/** Plans: fixed with the accepted match code, before the first question is shown (B4). */
import type { Cap } from '#domain/policy/policy.ts'
import { allQuestions, dropping, type QuestionPlan } from '#domain/questions/plan.ts'
import { openPlan, sealPlan } from '#platform/crypto/case-inputs.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A plan as stored. */
export type StoredPlan = {
  readonly plan: QuestionPlan
  readonly gate: 'open' | 'closed' | null
  readonly completedAt: Date | null
  readonly completedReason: string | null
  /** The participant continued without the code that could not be sent. */
  readonly isCodeGivenUp: boolean
}

/** The plan of a verification, or undefined while no match code was accepted. */
export const readPlan = async (
  tx: Tx,
  keys: KeyRing,
  verificationId: string,
): Promise<StoredPlan | undefined> => {
  const row = await tx.one<Omit<StoredPlan, 'plan'> & { sealed: Buffer; dropped: number[] }>(
    `select plan_sealed as sealed, dropped_positions as dropped, gate, completed_at as "completedAt", completed_reason as "completedReason",
       code_given_up_at is not null as "isCodeGivenUp"
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

/** Completes the plan: nothing more is asked. The first reason stays. */
export const completePlan = async (tx: Tx, verificationId: string, reason: string): Promise<void> => {
  await tx.run(
    `update plans set completed_at = now(), completed_reason = $3
     where tenant_id = $1 and verification_id = $2 and completed_at is null`,
    [tx.tenantId, verificationId, reason],
    'complete_plan',
  )
}

const countRows = async (tx: Tx, name: string, sql: string, of: string, caps: readonly Cap[]) => {
  const seconds = caps.map((cap) => cap.seconds)
  const rows = await tx.named<{ n: number }>(name, sql, [tx.tenantId, of, seconds])
  return rows.map(({ n }) => n)
}

/**
 * The number of other people to whom lists were shown on behalf of the agent who started this verification, within each cap's
 * window (from 20 a day on, another route). None where no agent started it.
 */
export const countQuestionedPeople = (
  tx: Tx,
  verificationId: string,
  caps: readonly Cap[],
): Promise<number[]> => countRows(tx, 'count_questioned_people', questionedPeopleSql, verificationId, caps)

// From the case to its person, as below: not through everybody to a case.
const questionedPeopleSql = `with own as materialized (
  select v.referrer_id, p.pseudonym from verifications v cross join lateral (
    select pseudonym from people where tenant_id = $1 and id = v.person_id offset 0
  ) p
  where v.tenant_id = $1 and v.id = $2 and v.referrer_kind = 'agent'
), shown as materialized (
  select d.participant_pseudonym, max(d.shown_at) as at from disclosures d
  where d.tenant_id = $1 and d.block_id is not null and d.agent_id = (select referrer_id from own)
    and d.shown_at > now() - make_interval(secs => (select max(s) from unnest($3::integer[]) s))
    and d.participant_pseudonym <> (select pseudonym from own)
  group by 1
)
select (select count(*)::integer from shown where at > now() - make_interval(secs => cap.seconds)) as n
from unnest($3::integer[]) with ordinality cap(seconds, place) order by cap.place`

/** The number of question sets that this participant was given within each cap's window. */
export const countQuestionSets = (tx: Tx, personId: string, caps: readonly Cap[]): Promise<number[]> =>
  countRows(tx, 'count_question_sets', questionSetsSql, personId, caps)

// From the person's own cases to their plans, whatever the planner knows of the tables: the other way round it looks at
// everybody's. A plan is made within the life of its case, which is far below a month.
const questionSetsSql = `with own as materialized (
  select id from verifications where tenant_id = $1 and person_id = $2
    and created_at > now() - make_interval(secs => (select max(s) from unnest($3::integer[]) s)) - interval '31 days'
), sets as materialized (
  select p.created_at from own cross join lateral (
    select created_at from plans
    where tenant_id = $1 and verification_id = own.id and route = 'questions' offset 0
  ) p
)
select (select count(*)::integer from sets where created_at > now() - make_interval(secs => cap.seconds)) as n
from unnest($3::integer[]) with ordinality cap(seconds, place) order by cap.place`

/** Positions that are answered already: their options keep their ids. */
export const answeredPositions = async (tx: Tx, verificationId: string): Promise<number[]> => {
  const rows = await tx.query<{ position: number }>(
    'select position from answers where tenant_id = $1 and verification_id = $2',
    [tx.tenantId, verificationId],
    'answered_positions',
  )
  return rows.map(({ position }) => position)
}

/** Asks for one more kind of evidence: the plan continues with a code to a different contact. */
export const askSecondContact = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'second_contact', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}
