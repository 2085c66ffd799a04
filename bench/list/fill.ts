/** A tenant with as many generated verifications as asked for: made in SQL, in no order of time, in one of three shapes. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** A filled tenant. */
export type Filled = {
  readonly tenantId: string
  readonly staffIds: readonly string[]
  readonly personId: string
}

/**
 * The spread of a tenant's cases, as SQL over the random numbers a to f of a row: `at` when it began, `end` a number from 0 to 1
 * that says how it ended (below), `risk` in tenths, `agents` how many agents there are, and the shares of the two common reasons.
 */
type Shape = {
  readonly at: string
  readonly end: string
  readonly risk: string
  readonly agents: number
  readonly answer: string
  readonly country: string
}

/** Shapes of a million rows: a help desk as one expects it, and two whose matches lie together at one end of a sort. */
export const shapes = {
  even: {
    at: "now() - random() * interval '120 days'",
    end: 'r.c',
    risk: 'floor(r.d * r.d * 100)',
    agents: 40,
    answer: 'r.e < 0.3',
    country: 'r.f < 0.05',
  },
  /** Few agents, most cases in a few bad days; cases with a high risk have the common reason. */
  bursts: {
    at: "now() - case when random() < 0.7 then interval '40 days' + random() * interval '3 days' else random() * interval '120 days' end",
    end: 'r.c',
    risk: 'floor(case when r.d < 0.6 then r.d * 30 else 70 + r.d * 30 end)',
    agents: 3,
    answer: 'r.d >= 0.6',
    country: 'r.d >= 0.6 and r.f < 0.2',
  },
  /** Most cases end without a score; the reasons are those of the harmless. */
  unfinished: {
    at: "now() - sqrt(random()) * interval '120 days'",
    end: 'case when r.c < 0.25 then r.c * 3.6 else 0.97 + (r.c - 0.25) * 0.04 end',
    risk: 'floor(r.d * 40)',
    agents: 400,
    answer: 'r.d < 0.4',
    country: 'r.d < 0.02',
  },
} as const satisfies Record<string, Shape>

const people = `
insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name, country)
select $1::uuid, gen_random_uuid(), 'uid-' || n, 'p' || n, 'p' || n || '@example.org',
  'Given' || n % 977 || ' Family' || n % 7919, 'Given' || n % 977, 'Family' || n % 7919, 'GB'
from generate_series(1, $2::integer) n`

const staff = `
insert into staff (tenant_id, id, issuer, subject, email, display_name, role)
select $1::uuid, gen_random_uuid(), 'https://sign-in.example.org', 's' || n, 's' || n || '@desk.example.org', 'Agent ' || n, 'supervisor'
from generate_series(1, $2::integer) n returning id`

/** Most closed and passed, a few of everything else, as `end` says; over 120 days. */
const verifications = (shape: Shape): string => `
with p as (select array_agg(id) as ids from people where tenant_id = $1),
  s as (select array_agg(id) as ids, array_agg(display_name) as names from staff where tenant_id = $1),
  drawn as (
    select n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f, ${shape.at} as at
    from generate_series(1, $2::integer) n
  ),
  r as (select r.n, r.a, r.b, ${shape.end} as c, r.d, r.e, r.f, r.at, (${shape.risk})::smallint as risk,
    ${shape.answer} as answer, ${shape.country} as country from drawn r)
insert into verifications (tenant_id, id, created_at, purpose, tier, policy_version, person_id, state, outcome, decision,
  referrer_kind, referrer_id, referrer_name, channel, contact_id, contact_masked, ticket, risk_tenths, band, closed_at,
  expires_at, run_id, run_started_at, seq, occurred_at, sent_at, furthest_step, score_reasons, feedback, commented, overturned)
select $1::uuid, gen_random_uuid(), r.at,
  (array['password_reset', 'account_unlock', 'mfa_reset', 'access_change', 'identity_check'])[1 + floor(r.a * r.a * 5)::integer],
  'standard', 1, p.ids[1 + floor(r.b * array_length(p.ids, 1))::integer],
  case when r.c < 0.995 then 'closed' else 'awaiting_decision' end,
  case when r.c < 0.80 then 'passed' when r.c < 0.90 then 'failed' when r.c < 0.95 then 'timed_out'
    when r.c < 0.97 then 'not_enough_questions' when r.c < 0.985 then 'cancelled' when r.c < 0.99 then 'undelivered'
    when r.c < 0.995 then 'reported' end,
  case when r.c < 0.80 then 'approved' when r.c < 0.90 then 'refused' end,
  'agent', s.ids[1 + r.n % ${String(shape.agents)}], s.names[1 + r.n % ${String(shape.agents)}], case when r.b < 0.6 then 'sms' else 'email' end,
  gen_random_uuid(), '••• 42', 'INC-' || r.n, case when r.c < 0.97 then r.risk end,
  case when r.c >= 0.97 then null when r.risk < 25 then 'low' when r.risk < 50 then 'guarded' when r.risk < 75 then 'elevated'
    else 'high' end, case when r.c < 0.995 then r.at + interval '7 minutes' end,
  r.at + interval '1 day', gen_random_uuid(), r.at, 1, r.at, r.at,
  case when r.c < 0.80 then 8 - (r.e < 0.1)::integer when r.c < 0.90 then 6 when r.c < 0.97 then 5
    else (array[1, 2, 4])[1 + floor(r.e * 3)::integer] end,
  case when r.c >= 0.97 then '{}' else array_remove(array[case when r.answer then 'CHA_ANSWER' end,
    case when r.country then 'NET_NEW_COUNTRY' end, case when r.f > 0.999 then 'NET_TOR_EXIT' end], null) end,
  case when r.c >= 0.97 then null when r.e < 0.3 then 'easy' when r.e > 0.97 then 'hard' end, r.c < 0.97 and r.e > 0.98,
  r.c >= 0.80 and r.c < 0.90 and r.e < 0.03
from r, p, s`

/** Nearly every page is seen, also of cases that come no further. */
const visits = `
insert into link_visits (tenant_id, verification_id, link_id, kind, at)
select tenant_id, id, id, 'page_seen', created_at + interval '1 minute' from verifications
where tenant_id = $1 and (furthest_step >= 4 or get_byte(uuid_send(id), 0) < 128)`

/** Fills a new tenant; everything is vacuumed and analysed afterwards. */
export const fillTenant = async (
  owner: pg.Client,
  rows: number,
  shape: Shape = shapes.even,
): Promise<Filled> => {
  const tenantId = randomUUID()
  await owner.query('insert into tenants (id, slug, name, settings) values ($1, $2, $3, $4)', [
    ...[tenantId, `t-${tenantId.slice(0, 8)}`],
    ...['Example Organisation', {}],
  ])
  await owner.query(people, [tenantId, Math.max(300, Math.round(rows / 10))])
  const made = await owner.query<{ id: string }>(staff, [tenantId, shape.agents])
  await owner.query(verifications(shape), [tenantId, rows])
  await owner.query(visits, [tenantId])
  await owner.query('vacuum (analyze) verifications, verification_reasons, link_visits, people, staff')
  const one = await owner.query<{ person_id: string }>(
    'select person_id from verifications where tenant_id = $1 limit 1',
    [tenantId],
  )
  return { tenantId, staffIds: made.rows.map(({ id }) => id), personId: one.rows[0]?.person_id ?? '' }
}
