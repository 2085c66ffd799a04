/**
 * The material of questions, from `people` and `facts`. Rows of `facts` that are true now (`valid_to` is null):
 *
 * | family       | source    | value                                                                | valid_from      |
 * |--------------|-----------|----------------------------------------------------------------------|-----------------|
 * | manager      | directory | id of the manager (only to say since when)                           | since           |
 * | office       | directory | JSON: {"name","country"}, the building; else the office of `people`  |                 |
 * | start_date   | hr        | first day of work, YYYY-MM-DD                                        |                 |
 * | merged       | hr        | "yes": a merger set that day; "no"                                   |                 |
 * | device       | inventory | JSON: {"id","kind","model","assetTag"}                               | last seen       |
 * | ticket       | tickets   | JSON: {"id","category","names"?}, the last closed ticket             | opened          |
 * | group        | groups    | JSON: {"id","name","kind","names"?}, names by language               | last activity   |
 * | weekly       | calendar  | JSON: {"id","weekday","hour","attendees"}                            |                 |
 * | joined       | calendar  | JSON: {"id","organiser","attendees","accepted","cancelled"}          | held            |
 * | busy_days    | calendar  | JSON: {"weekdays"}, working days with meetings                       | Monday, 00:00   |
 * | sign_in      | sign_ins  | JSON: {"password","secondStep"}, days of the last changes, or null   |                 |
 *
 * `read_at` is when the source was read. Whether a fact is fresh enough is the domain's business.
 */
import type { ParticipantFacts, TeamMember } from '#domain/questions/participant-facts.ts'
import { createYield, type Yield } from '#platform/process/yield.ts'
import { factsOf, type FactRow, type FactPerson } from './question-fact-rows.ts'
import { readByCursor } from '#platform/database/cursor.ts'
import type { Tx } from '#platform/database/transaction.ts'

const peopleSql = `select p.id, p.manager_id as "managerId", m.display_name as "managerName",
    m.romanised_name as "managerRomanised", to_char(p.hired_on, 'YYYY-MM-DD') as "hiredOn", p.refreshed_at as "refreshedAt",
    p.display_name as name, p.office, p.country, p.department, p.time_zone as "timeZone",
    p.password_changed_at as "passwordChangedAt", p.mfa_changed_at as "mfaChangedAt"
  from people p left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
  where p.tenant_id = $1 and p.account_state in ('active', 'locked')`

const factsSql = `select person_id as "personId", family, value, valid_from as "validFrom", read_at as "readAt"
  from facts where tenant_id = $1 and valid_to is null`

/** Since when a person reports to the manager that the directory names now. */
const sinceOf = (person: FactPerson, facts: readonly FactRow[]): number | null =>
  facts.find((fact) => fact.family === 'manager' && fact.value === person.managerId)?.validFrom?.getTime() ??
  null

/** Everybody by id, and since when each reports to their manager, where that is known. */
type Everybody = {
  readonly people: Map<string, FactPerson>
  readonly since: ReadonlyMap<string, number>
}

const readEverybody = async (tx: Tx): Promise<Everybody> => {
  const people = new Map<string, FactPerson>()
  for await (const rows of readByCursor<FactPerson>(tx, 'all_people', peopleSql, [tx.tenantId]))
    for (const row of rows) people.set(row.id, row)
  const since = new Map<string, number>()
  const ofManagers = `${factsSql} and family = 'manager'`
  for await (const rows of readByCursor<FactRow>(tx, 'all_managers', ofManagers, [tx.tenantId]))
    for (const { personId, value, validFrom } of rows)
      if (validFrom !== null && people.get(personId)?.managerId === value)
        since.set(personId, validFrom.getTime())
  return { people, since }
}

/** Whom each manager leads. */
const teamsOf = ({ people, since }: Everybody): ReadonlyMap<string, readonly TeamMember[]> => {
  const teams = new Map<string, TeamMember[]>()
  for (const { id, name, managerId } of people.values()) {
    if (managerId === null) continue
    const team = teams.get(managerId) ?? []
    teams.set(managerId, team)
    team.push({ id, name, since: since.get(id) ?? null })
  }
  return teams
}

/** Rows of facts, gathered by person: they come in the order of people. */
async function* byPerson(tx: Tx): AsyncGenerator<readonly FactRow[]> {
  let own: FactRow[] = []
  const inOrder = `${factsSql} order by person_id`
  for await (const rows of readByCursor<FactRow>(tx, 'all_facts', inOrder, [tx.tenantId]))
    for (const row of rows) {
      if (own.length > 0 && own[0]?.personId !== row.personId) {
        yield own
        own = []
      }
      own.push(row)
    }
  if (own.length > 0) yield own
}

/**
 * The facts of everybody in the tenant, one after the other, with rests: those of tens of thousands of people take seconds,
 * and kept all at once they cost pauses of a tenth of a second, in which memory is tidied.
 */
export async function* eachPersonsFacts(tx: Tx, yielding: Yield): AsyncGenerator<ParticipantFacts> {
  const everybody = await readEverybody(tx)
  const { people, since } = everybody
  const teams = teamsOf(everybody)
  const names = new Map([...people.values()].map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string | undefined => names.get(id)
  const made = (person: FactPerson, facts: readonly FactRow[]): ParticipantFacts =>
    factsOf(person, facts, {
      team: teams.get(person.managerId ?? '') ?? [],
      since: since.get(person.id) ?? null,
      nameOf,
    })
  for await (const facts of byPerson(tx)) {
    if (yielding.isDue()) await yielding.rest()
    const person = people.get(facts[0]?.personId ?? '')
    if (person === undefined) continue
    people.delete(person.id)
    yield made(person, facts)
  }
  // People of whom nothing is known beyond the directory come last.
  for (const person of people.values()) {
    if (yielding.isDue()) await yielding.rest()
    yield made(person, [])
  }
}

/** The facts of everybody in the tenant: the base of lists, and of counting who is a thin file. */
export const readAllFacts = async (tx: Tx): Promise<readonly ParticipantFacts[]> => {
  const all: ParticipantFacts[] = []
  for await (const facts of eachPersonsFacts(tx, createYield())) all.push(facts)
  return all
}

/**
 * A mark of the rows behind `eachPersonsFacts` and of the lists in force: another text once any of them was added,
 * changed or taken away, since each row carries the number of the transaction that wrote it. The database's work, not
 * this process's.
 */
export const readFactsMark = async (tx: Tx): Promise<string> => {
  const marked = (table: string, where: string): string =>
    `(select count(*) || '-' || coalesce(sum(xmin::text::bigint), 0) from ${table} where tenant_id = $1 and ${where})`
  const row = await tx.one<{ mark: string }>(
    `select ${marked('people', 'true')} || '/' || ${marked('facts', 'valid_to is null')} || '/' ||
       ${marked('question_blocks', 'retired_at is null')} as mark`,
    [tx.tenantId],
  )
  return row?.mark ?? ''
}

/** True if anybody was shown a list within two weeks: only then is it worth counting ahead. */
export const isAskingLately = async (tx: Tx): Promise<boolean> => {
  const row = await tx.one<{ isAsking: boolean }>(
    `select exists (select from disclosures where tenant_id = $1 and value_digest is not null
       and shown_at > now() - interval '14 days') as "isAsking"`,
    [tx.tenantId],
  )
  return row?.isAsking === true
}

const teamSql = `select p.id, p.display_name as name,
    (select max(f.valid_from) from facts f where f.tenant_id = p.tenant_id and f.person_id = p.id and f.family = 'manager'
       and f.value = p.manager_id::text and f.valid_to is null) as since
  from people p where p.tenant_id = $1 and p.manager_id = $2 and p.account_state in ('active', 'locked')`

const readTeam = async (tx: Tx, managerId: string | null): Promise<readonly TeamMember[]> => {
  if (managerId === null) return []
  type Row = { id: string; name: string; since: Date | null }
  const rows = await tx.named<Row>('read_team', teamSql, [tx.tenantId, managerId])
  return rows.map((row) => ({ ...row, since: row.since?.getTime() ?? null }))
}

/** Names of those who are named in calendar facts. */
const readOrganisers = async (tx: Tx, facts: readonly FactRow[]): Promise<ReadonlyMap<string, string>> => {
  const ids = facts
    .filter((fact) => fact.family === 'joined')
    .map((fact) => (JSON.parse(fact.value) as { organiser: string }).organiser)
  if (ids.length === 0) return new Map()
  const rows = await tx.named<{ id: string; name: string }>(
    'read_organisers',
    `select id, display_name as name from people
     where tenant_id = $1 and id = any($2::uuid[]) and account_state in ('active', 'locked')`,
    [tx.tenantId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The facts of one person, read now. Undefined when the person is not an active one. */
export const readParticipantFacts = async (
  tx: Tx,
  personId: string,
): Promise<ParticipantFacts | undefined> => {
  const own = [tx.tenantId, personId]
  const [[person], facts] = await Promise.all([
    tx.named<FactPerson>('read_own_facts_person', `${peopleSql} and p.id = $2`, own),
    tx.named<FactRow>('read_own_facts', `${factsSql} and person_id = $2`, own),
  ])
  if (person === undefined) return undefined
  const [team, organisers] = await Promise.all([readTeam(tx, person.managerId), readOrganisers(tx, facts)])
  return factsOf(person, facts, {
    team,
    since: sinceOf(person, facts),
    nameOf: (id) => organisers.get(id),
  })
}
