/** A tenant of 30,000 people with everything that sources say of them, as rows of PostgreSQL, and what was shown before. */
import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import { createPeople, nameOf } from '#domain/questions/testing/tenants.ts'

/** Nine people report to each manager, who are people too. */
const teamSize = 9
const rowsAtOnce = 20_000

/** A uuid for a name of the generated organisation, the same each time. */
const idOf = (name: string): string => createHash('md5').update(name).digest('hex')

type PersonRow = { readonly id: string; readonly manager: string | null; readonly name: string } & {
  readonly office: string | null
  readonly unit: string | null
}
type FactRow = { readonly person: string; readonly family: string; readonly source: string } & {
  readonly value: string
  readonly since: string | null
}

const iso = (at: number): string => new Date(at).toISOString()

const personRow = (facts: ParticipantFacts, index: number, managers: number): PersonRow => ({
  id: idOf(facts.participantId),
  manager: facts.directory?.manager ? idOf(facts.directory.manager.id) : null,
  name: nameOf(managers + index),
  office: facts.directory?.office?.name ?? null,
  unit: facts.directory?.unit ?? null,
})

const managerRow = (index: number): PersonRow => ({
  id: idOf(`manager-${String(index)}`),
  ...{ manager: null, name: nameOf(index), office: null, unit: null },
})

type Row = (source: string, family: string, value: unknown, since?: number | null) => FactRow

/** Parts that generated people always have. */
const partOf = <T>(part: T | null): T => {
  if (part === null) throw new Error('generated people have every source')
  return part
}

const day = (at: number | null): string | null => (at === null ? null : iso(at).slice(0, 10))

const calendarRows = (row: Row, calendar: NonNullable<ParticipantFacts['calendar']>): readonly FactRow[] => {
  const { weekly, joined } = calendar
  const week = partOf(calendar.week)
  return [
    ...weekly.map((meeting) => row('calendar', 'weekly', meeting)),
    ...joined.map(({ id, organiserId, attendees, at }) => {
      const meeting = { id, organiser: idOf(organiserId), attendees, accepted: true, cancelled: false }
      return row('calendar', 'joined', meeting, at)
    }),
    row('calendar', 'busy_days', { weekdays: week.busy }, week.startsAt),
  ]
}

/** One person's facts, in the form that services/questions/question-facts.ts tells of. */
const factRows = (facts: ParticipantFacts): readonly FactRow[] => {
  const person = idOf(facts.participantId)
  const row: Row = (source, family, value, since = null) => ({
    ...{ person, source, family, since: since === null ? null : iso(since) },
    value: typeof value === 'string' ? value : JSON.stringify(value),
  })
  const manager = partOf(partOf(facts.directory).manager)
  const { startYear, startMonth } = partOf(facts.hr)
  const { openedAt, ...ticket } = partOf(partOf(facts.tickets).last)
  const { passwordChangedAt, secondStepChangedAt } = partOf(facts.signIn)
  const changes = { password: day(passwordChangedAt), secondStep: day(secondStepChangedAt) }
  return [
    row('directory', 'manager', idOf(manager.id), manager.since),
    row('hr', 'start_date', `${String(startYear)}-${String(startMonth).padStart(2, '0')}-01`),
    ...partOf(facts.inventory).devices.map(({ seenAt, ...device }) =>
      row('inventory', 'device', device, seenAt),
    ),
    row('tickets', 'ticket', ticket, openedAt),
    ...partOf(facts.groups).groups.map(({ activeAt, ...group }) => row('groups', 'group', group, activeAt)),
    ...calendarRows(row, partOf(facts.calendar)),
    row('sign_ins', 'sign_in', changes),
  ]
}

const peopleSql = `
insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name, country, hired_on,
  manager_id, office, department)
select $1, r.id, 'uid-' || r.id, 'p' || r.id, 'p' || r.id || '@example.org', r.name, split_part(r.name, ' ', 1),
  split_part(r.name, ' ', 2), 'GB', current_date - 800, r.manager, r.office, r.unit
from jsonb_to_recordset($2::jsonb) as r(id uuid, manager uuid, name text, office text, unit text)`

const factsSql = `
insert into facts (tenant_id, person_id, family, source, value, valid_from)
select $1, r.person, r.family, r.source, r.value, r.since
from jsonb_to_recordset($2::jsonb) as r(person uuid, family text, source text, value text, since timestamptz)`

const insert = async (
  owner: pg.Client,
  sql: string,
  tenantId: string,
  rows: readonly object[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await owner.query(sql, [tenantId, JSON.stringify(rows.slice(from, from + rowsAtOnce))])
}

/** Fills a new tenant with so many people. `participants`: those who can be asked. */
export const fillPeople = async (
  owner: pg.Client,
  count: number,
): Promise<{ readonly tenantId: string; readonly participants: readonly string[] }> => {
  const tenantId = randomUUID()
  const { version, ...document } = defaultPolicy()
  await owner.query('insert into tenants (id, slug, name) values ($1, $2, $3)', [
    tenantId,
    'bench',
    'Example',
  ])
  await owner.query('insert into policies (tenant_id, version, document, saved_by) values ($1, $2, $3, $4)', [
    ...[tenantId, version, JSON.stringify(document), 'bench'],
  ])
  const led = Math.round((count * teamSize) / (teamSize + 1))
  const managers = Math.round(led / teamSize)
  const people = createPeople(led, Date.now())
  const leaders = Array.from({ length: managers }, (_, index) => managerRow(index))
  await insert(owner, peopleSql, tenantId, leaders)
  await insert(
    owner,
    peopleSql,
    tenantId,
    people.map((facts, index) => personRow(facts, index, managers)),
  )
  await insert(owner, factsSql, tenantId, people.flatMap(factRows))
  await owner.query('vacuum (analyze) people, facts')
  return { tenantId, participants: people.map(({ participantId }) => idOf(participantId)) }
}

/** Cases of the last half year, each with four lists that were shown. */
const casesSql = `
insert into verifications (tenant_id, id, created_at, purpose, tier, policy_version, person_id, state, outcome, referrer_kind,
  referrer_id, referrer_name, channel, contact_id, contact_masked, closed_at, expires_at, run_id, run_started_at, seq, occurred_at)
select $1::uuid, gen_random_uuid(), at, 'password_reset', 'standard', 1, id, 'closed', 'passed', 'agent', gen_random_uuid(),
  'Agent', 'sms', gen_random_uuid(), '••• 42', at + interval '7 minutes', at + interval '1 day', gen_random_uuid(), at, 1, at
from (
  select id, now() - interval '31 days' - random() * interval '150 days' as at from people
  where tenant_id = $1 order by random() limit $2
) p`

const shownSql = `
insert into disclosures (tenant_id, verification_id, participant_pseudonym, family, fact_digest, value_digest, block_id, epoch,
  value_count, agent_id, channel, shown_at)
select b.tenant_id, gen_random_uuid(), gen_random_uuid(), b.family, sha256(random()::text::bytea),
  decode(b.digests ->> (n % jsonb_array_length(b.digests)), 'hex'), b.id, b.epoch, 5, gen_random_uuid(), 'sms', now() - random() * interval '180 days'
from generate_series(1, $2::integer) n join (
  select *, row_number() over () - 1 as place, count(*) over () as lists
  from question_blocks join jsonb_to_recordset($3) as l (id text, digests jsonb) using (id) where tenant_id = $1
) b on b.place = (n * 7919) % b.lists`

/** A list, with the digests of its values in hexadecimal. */
export type ListDigests = { readonly id: string; readonly digests: readonly string[] }

/** So many lists shown to others, spread over the last half year. */
export const fillShown = async (
  owner: pg.Client,
  tenantId: string,
  rows: number,
  lists: readonly ListDigests[],
): Promise<void> => {
  await owner.query(casesSql, [tenantId, Math.round(rows / 4)])
  await owner.query(shownSql, [tenantId, rows, JSON.stringify(lists)])
  await owner.query('vacuum (analyze) verifications, disclosures, question_blocks')
}
