/**
 * What questions may be made of, from `people` and `facts`. Rows of `facts` that are true now (`valid_to` is null):
 *
 * | family     | source    | value                                            | valid_from       |
 * |------------|-----------|--------------------------------------------------|------------------|
 * | manager    | directory | id of the manager (only to say since when)       | since            |
 * | start_date | hr        | first day of work, YYYY-MM-DD                    |                  |
 * | device     | inventory | JSON: {"id","kind","model","assetTag"}           | last seen        |
 * | ticket     | tickets   | JSON: {"id","category"}, the last closed ticket  | opened           |
 *
 * `read_at` is when the source was read. Whether a fact is fresh enough is the domain's business.
 */
import type { DeviceFact, ParticipantFacts } from '#domain/questions/facts.ts'
import type { Tx } from './transaction.ts'

type PersonRow = {
  readonly id: string
  readonly managerId: string | null
  readonly managerName: string | null
  readonly managerRomanised: string | null
  readonly hiredOn: string | null
  readonly refreshedAt: Date
}

type FactRow = {
  readonly personId: string
  readonly family: string
  readonly value: string
  readonly validFrom: Date | null
  readonly readAt: Date
}

const peopleSql = `select p.id, p.manager_id as "managerId", m.display_name as "managerName",
    m.romanised_name as "managerRomanised", to_char(p.hired_on, 'YYYY-MM-DD') as "hiredOn", p.refreshed_at as "refreshedAt"
  from people p left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
  where p.tenant_id = $1 and p.account_state in ('active', 'locked')`

const factsSql = `select person_id as "personId", family, value, valid_from as "validFrom", read_at as "readAt"
  from facts where tenant_id = $1 and valid_to is null`

/** The facts of everybody in the tenant: one participant's, and the base of cells and of counting. */
export const readAllFacts = async (tx: Tx): Promise<readonly ParticipantFacts[]> => {
  const people = await tx.query<PersonRow>(peopleSql, [tx.tenantId])
  const facts = await tx.query<FactRow>(factsSql, [tx.tenantId])
  const byPerson = new Map<string, FactRow[]>()
  for (const fact of facts) {
    const known = byPerson.get(fact.personId)
    if (known === undefined) byPerson.set(fact.personId, [fact])
    else known.push(fact)
  }
  return people.map((person) => factsOf(person, byPerson.get(person.id) ?? []))
}

/** The facts of one person, read now. Undefined when the person is not an active one. */
export const readParticipantFacts = async (
  tx: Tx,
  personId: string,
): Promise<ParticipantFacts | undefined> => {
  const person = await tx.one<PersonRow>(`${peopleSql} and p.id = $2`, [tx.tenantId, personId])
  if (person === undefined) return undefined
  const facts = await tx.query<FactRow>(`${factsSql} and person_id = $2`, [tx.tenantId, personId])
  return factsOf(person, facts)
}

const dayMs = 24 * 3600 * 1000

const factsOf = (person: PersonRow, facts: readonly FactRow[]): ParticipantFacts => ({
  participantId: person.id,
  tenureDays: person.hiredOn === null ? null : (Date.now() - Date.parse(person.hiredOn)) / dayMs,
  directory: directoryOf(person, facts),
  hr: hrOf(facts),
  inventory: inventoryOf(facts),
  tickets: ticketsOf(facts),
})

const directoryOf = (person: PersonRow, facts: readonly FactRow[]): ParticipantFacts['directory'] => {
  const { managerId, managerName, managerRomanised } = person
  const since = facts.find((fact) => fact.family === 'manager' && fact.value === managerId)?.validFrom
  const manager =
    managerId === null || managerName === null
      ? null
      : {
          id: managerId,
          name: managerName,
          otherSpellings: managerRomanised === null ? [] : [managerRomanised],
          since: since?.getTime() ?? null,
        }
  return { asOf: person.refreshedAt.getTime(), manager, isExecutive: managerId === null }
}

const hrOf = (facts: readonly FactRow[]): ParticipantFacts['hr'] => {
  const fact = facts.find((row) => row.family === 'start_date')
  const [year, month] = (fact?.value ?? '').split('-').map(Number)
  if (fact === undefined || !year || !month) return null
  return { asOf: fact.readAt.getTime(), startYear: year, startMonth: month, isByMerger: false }
}

const inventoryOf = (facts: readonly FactRow[]): ParticipantFacts['inventory'] => {
  const rows = facts.filter((row) => row.family === 'device')
  const [first] = rows
  if (first === undefined) return null
  const devices = rows.map((row): DeviceFact => {
    const device = JSON.parse(row.value) as Omit<DeviceFact, 'seenAt'>
    return { ...device, seenAt: (row.validFrom ?? row.readAt).getTime() }
  })
  return { asOf: first.readAt.getTime(), devices }
}

const ticketsOf = (facts: readonly FactRow[]): ParticipantFacts['tickets'] => {
  const rows = facts.filter((row) => row.family === 'ticket')
  const last = rows.toSorted((a, b) => (b.validFrom?.getTime() ?? 0) - (a.validFrom?.getTime() ?? 0))[0]
  if (last === undefined) return null
  const ticket = JSON.parse(last.value) as { id: string; category: string }
  return {
    asOf: last.readAt.getTime(),
    last: { ...ticket, openedAt: (last.validFrom ?? last.readAt).getTime() },
  }
}
