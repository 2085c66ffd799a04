/** What the demo people know of themselves: right answers for journeys that play them against a running stack. */
import { tagEnd } from '#domain/questions/facts.ts'
import { type Chart, charts } from './charts.ts'
import { contactsOf } from './contacts.ts'
import { factRows } from './facts.ts'
import { peopleOf, type SeedPerson } from './people.ts'

/** A demo person, played from outside. The first day of work depends on the moment of the seed: the person card says it. */
export type DemoPerson = {
  readonly login: string
  readonly name: string
  readonly workEmail: string
  /** Every number and address on file; a phone's begins with +. */
  readonly addresses: readonly string[]
  readonly managerName: string | null
  readonly deviceModel: string | null
  /** The last four characters of the sticker. */
  readonly assetTagEnd: string | null
  readonly ticketCategory: string | null
}

/** Values of facts do not depend on the moment, only their dates do. */
const anyMoment = new Date(0)

const chartOf = (slug: Chart['slug']): Chart => {
  const chart = charts.find((one) => one.slug === slug)
  if (chart === undefined) throw new Error(`There is no demo organisation ${slug}.`)
  return chart
}

/** Values of one family by person, as the sources hold them. */
const valuesOf = (rows: ReturnType<typeof factRows>, family: string): ReadonlyMap<unknown, unknown> =>
  new Map(rows.filter((row) => row['family'] === family).map((row) => [row['person_id'], row['value']]))

const textIn = (value: unknown, key: string): string | null =>
  typeof value === 'string' ? String((JSON.parse(value) as Record<string, unknown>)[key]) : null

const playable = (people: readonly SeedPerson[]): readonly SeedPerson[] => {
  const desk = new Set(people.filter((person) => person.desk !== null).map(({ id }) => id))
  const leads = new Set(people.filter(({ id }) => desk.has(id)).map(({ managerId }) => managerId))
  return people
    .filter(({ tier, accountState }) => tier === 'standard' && accountState === 'active')
    .filter(({ id, managerId }) => !desk.has(id) && !desk.has(managerId ?? '') && !leads.has(id))
}

/**
 * Everybody of a demo organisation whom an agent may verify without a second person: standard tier, an active account,
 * nobody of the help desk, nor who leads or reports to them. In a fixed order.
 */
export const demoPeople = (slug: Chart['slug']): readonly DemoPerson[] => {
  const chart = chartOf(slug)
  const people = peopleOf(chart)
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]))
  const rows = factRows(chart, people, anyMoment)
  const devices = valuesOf(rows, 'device')
  const tickets = valuesOf(rows, 'ticket')
  const contacts = contactsOf(chart, people)
  const addressesOf = (id: string): readonly string[] =>
    contacts.filter(({ personId }) => personId === id).map(({ value }) => value)
  return playable(people).map(({ id, login, displayName, workEmail, managerId }) => ({
    login,
    name: displayName,
    workEmail,
    addresses: addressesOf(id),
    managerName: names.get(managerId ?? '') ?? null,
    deviceModel: textIn(devices.get(id), 'model'),
    assetTagEnd: tagEnd(textIn(devices.get(id), 'assetTag')),
    ticketCategory: textIn(tickets.get(id), 'category'),
  }))
}

/** One of them by login. @throws when nobody has it */
export const demoPerson = (slug: Chart['slug'], login: string): DemoPerson => {
  const found = demoPeople(slug).find((person) => person.login === login)
  if (found === undefined) throw new Error(`Nobody of ${slug} who may be verified has the login ${login}.`)
  return found
}
