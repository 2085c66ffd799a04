/**
 * What questions may be made of, from `people` and `facts`. Rows of `facts` that are true now (`valid_to` is null):
 *
 * | family       | source    | value                                                                | valid_from      |
 * |--------------|-----------|----------------------------------------------------------------------|-----------------|
 * | manager      | directory | id of the manager (only to say since when)                           | since           |
 * | office       | directory | JSON: {"name","country"}, the building; else the office of `people`  |                 |
 * | start_date   | hr        | first day of work, YYYY-MM-DD                                        |                 |
 * | merged       | hr        | "yes": a merger set that day; "no"                                   |                 |
 * | device       | inventory | JSON: {"id","kind","model","assetTag"}                               | last seen       |
 * | ticket       | tickets   | JSON: {"id","category"}, the last closed ticket                      | opened          |
 * | group        | groups    | JSON: {"id","name","kind"}                                           | last activity   |
 * | weekly       | calendar  | JSON: {"id","weekday","hour","attendees"}                            |                 |
 * | joined       | calendar  | JSON: {"id","organiser","attendees","accepted","cancelled"}          | held            |
 * | busy_days    | calendar  | JSON: {"weekdays"}, working days with meetings                       | Monday, 00:00   |
 * | sign_in      | sign_ins  | JSON: {"password","secondStep"}, days of the last changes, or null   |                 |
 *
 * `read_at` is when the source was read. Whether a fact is fresh enough is the domain's business.
 */
import type { ParticipantFacts, TeamMember } from '#domain/questions/participant-facts.ts'
import { factsOf, type FactRow, type PersonRow } from './question-fact-rows.ts'
import type { Tx } from './transaction.ts'

const peopleSql = `select p.id, p.manager_id as "managerId", m.display_name as "managerName",
    m.romanised_name as "managerRomanised", to_char(p.hired_on, 'YYYY-MM-DD') as "hiredOn", p.refreshed_at as "refreshedAt",
    p.display_name as name, p.office, p.country, p.department as unit,
    p.password_changed_at as "passwordChangedAt", p.mfa_changed_at as "secondStepChangedAt"
  from people p left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
  where p.tenant_id = $1 and p.account_state in ('active', 'locked')`

const factsSql = `select person_id as "personId", family, value, valid_from as "validFrom", read_at as "readAt"
  from facts where tenant_id = $1 and valid_to is null`

/** Since when a person reports to the manager that the directory names now. */
const sinceOf = (person: PersonRow, facts: readonly FactRow[]): number | null =>
  facts.find((fact) => fact.family === 'manager' && fact.value === person.managerId)?.validFrom?.getTime() ??
  null

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string | null): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [item])
    else known.push(item)
  }
  return groups
}

/** The facts of everybody in the tenant: one participant's, and the base of cells and of counting. */
export const readAllFacts = async (tx: Tx): Promise<readonly ParticipantFacts[]> => {
  const people = await tx.query<PersonRow>(peopleSql, [tx.tenantId])
  const facts = grouped(await tx.query<FactRow>(factsSql, [tx.tenantId]), (fact) => fact.personId)
  const ofPerson = (id: string): readonly FactRow[] => facts.get(id) ?? []
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const teams = new Map(
    [...grouped(people, (person) => person.managerId)].map(([manager, members]) => [
      manager,
      members.map((member): TeamMember => ({
        id: member.id,
        name: member.name,
        since: sinceOf(member, ofPerson(member.id)),
      })),
    ]),
  )
  return people.map((person) =>
    factsOf(person, ofPerson(person.id), {
      team: teams.get(person.managerId ?? '') ?? [],
      since: sinceOf(person, ofPerson(person.id)),
      nameOf: (id) => names.get(id),
    }),
  )
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
  const [person] = await tx.named<PersonRow>('read_own_facts_person', `${peopleSql} and p.id = $2`, own)
  if (person === undefined) return undefined
  const facts = await tx.named<FactRow>('read_own_facts', `${factsSql} and person_id = $2`, own)
  const organisers = await readOrganisers(tx, facts)
  return factsOf(person, facts, {
    team: await readTeam(tx, person.managerId),
    since: sinceOf(person, facts),
    nameOf: (id) => organisers.get(id),
  })
}
