/** A tenant with as many scored cases and people as asked for: results of synthetic cases, each stored many times over. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { decide } from '#domain/policy/decide.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score, withApplied } from '#domain/risk/score.ts'
import { seeded } from '#domain/risk/testing/random.ts'
import { synthetic } from '#domain/risk/testing/synthetic.ts'

/** Different cases; each is stored some hundred times. */
const kinds = 100

const policy = defaultPolicy()

/** A synthetic case without questions, as the product stores it. */
const scoringOf = (seed: number) => {
  const { facts } = synthetic(seeded(seed))
  const asked = { ...facts, challenge: { ...facts.challenge, isAsked: false, answers: [] } }
  const results = evaluateChecks(asked, policy.score)
  const risk = score(results, policy.score)
  const decision = decide({
    ...{ policy, purpose: 'password_reset', tier: 'standard', results, score: risk },
    ...{ rDecideUnansweredWrong: risk.rDecide, questions: 'not_possible', obtainable: ['second_contact'] },
    ...{ isReported: false, isNeverViaHelpDesk: false, isContactChanged: false, isElevatedThreat: false },
  })
  return { results: withApplied(results, risk), score: risk, decision }
}

const people = `
insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name, country, hired_on)
select $1::uuid, gen_random_uuid(), 'uid-' || n, 'p' || n, 'p' || n || '@example.org', 'Given' || n || ' Family' || n,
  'Given' || n, 'Family' || n, 'GB', current_date - (30 + n % 3000)
from generate_series(1, $2::integer) n`

const verifications = `
insert into verifications (tenant_id, id, created_at, purpose, tier, policy_version, person_id, state, outcome, referrer_kind,
  referrer_id, referrer_name, channel, contact_id, contact_masked, closed_at, expires_at, run_id, run_started_at, seq, occurred_at)
select $1::uuid, gen_random_uuid(), at, 'password_reset', 'standard', 1, p.id, 'closed',
  case when random() < 0.8 then 'passed' else 'failed' end, 'agent', gen_random_uuid(), 'Agent', 'sms', gen_random_uuid(),
  '••• 42', at + interval '7 minutes', at + interval '1 day', gen_random_uuid(), at, 1, at
from (select id, now() - interval '1 hour' - random() * interval '88 days' as at from people where tenant_id = $1) p`

const scorings = `
insert into scorings (tenant_id, verification_id, ordinal, policy_version, results, evidence_sealed, score, decision, versions,
  evidence_digest, is_mobile)
select $1::uuid, v.id, 1, 1, k.case -> 'results', '-', k.case -> 'score', k.case -> 'decision', '{}', '-', v.n % 2 = 0
from (select id, row_number() over () as n from verifications where tenant_id = $1) v
join (select value as case, ordinality as n from jsonb_array_elements($2::jsonb) with ordinality) k on k.n = 1 + v.n % $3`

/** Fills a new tenant: one case for each person. */
export const fillCases = async (
  owner: pg.Client,
  cases: number,
): Promise<{ readonly tenantId: string; readonly adminId: string }> => {
  const [tenantId, adminId] = [randomUUID(), randomUUID()]
  const { version, ...document } = policy
  await owner.query('insert into tenants (id, slug, name) values ($1, $2, $3)', [
    tenantId,
    'bench',
    'Example',
  ])
  await owner.query('insert into policies (tenant_id, version, document, saved_by) values ($1, $2, $3, $4)', [
    ...[tenantId, version, JSON.stringify(document), 'bench'],
  ])
  await owner.query(
    `insert into staff (tenant_id, id, issuer, subject, email, display_name, role)
     values ($1, $2, 'https://sign-in.example.org', 'admin', 'admin@desk.example.org', 'Admin', 'admin')`,
    [tenantId, adminId],
  )
  await owner.query(people, [tenantId, cases])
  await owner.query(verifications, [tenantId])
  const made = Array.from({ length: kinds }, (_, index) => scoringOf(index + 1))
  await owner.query(scorings, [tenantId, JSON.stringify(made), kinds])
  await owner.query('vacuum (analyze) verifications, scorings, people')
  return { tenantId, adminId }
}
