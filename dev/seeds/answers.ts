/** The right answers of the demo people, for journeys that play them against a running stack. */
import { tagEnd } from '#domain/questions/fact-values.ts'
import { plainLabel } from '#domain/questions/grading/labels.ts'
import type { Tier } from '#domain/verification/verification.ts'
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
  readonly teamMateNames: readonly string[]
  readonly office: string | null
  readonly groupNames: readonly string[]
  /** Weekday (1 Monday) and hour of the one weekly meeting of five to ten people, "Mon 09:00". */
  readonly meetingSlot: string | null
  /** The organisers of meetings in the last days. */
  readonly organiserNames: readonly string[]
  /** The one working day of last week without meetings, "Mon". */
  readonly freeWeekday: string | null
  /** Days before the seed of the first day of work, and of the last change of the second step. */
  readonly hiredDaysAgo: number
  readonly secondStepDaysAgo: number | null
}

/** Values of facts do not depend on the moment, only their dates do. */
const anyMoment = new Date(0)

const chartOf = (slug: Chart['slug']): Chart => {
  const chart = charts.find((one) => one.slug === slug)
  if (chart === undefined) throw new Error(`There is no demo organisation ${slug}.`)
  return chart
}

/** Facts of one family by person, as the sources hold them. */
const valuesOf = (
  rows: ReturnType<typeof factRows>,
  family: string,
): ReadonlyMap<unknown, readonly Record<string, unknown>[]> => {
  const found = new Map<unknown, Record<string, unknown>[]>()
  for (const row of rows.filter((one) => one['family'] === family && one['valid_to'] === null)) {
    const value = JSON.parse(String(row['value'])) as Record<string, unknown>
    found.set(row['person_id'], [...(found.get(row['person_id']) ?? []), value])
  }
  return found
}

const textIn = (value: Record<string, unknown> | undefined, key: string): string | null =>
  value === undefined ? null : String(value[key])

/** The slot, where exactly one weekly meeting is of five to ten people. */
const slotOf = (weekly: readonly Record<string, unknown>[]): string | null => {
  const fitting = weekly.filter(({ attendees }) => Number(attendees) >= 5 && Number(attendees) <= 10)
  const [only] = fitting
  return only === undefined || fitting.length > 1
    ? null
    : plainLabel({ kind: 'slot', weekday: Number(only['weekday']), hour: Number(only['hour']) })
}

const freeDayOf = (week: Record<string, unknown> | undefined): string | null => {
  const busy = (week?.['weekdays'] ?? [1, 2, 3, 4, 5]) as readonly number[]
  const free = [1, 2, 3, 4, 5].filter((weekday) => !busy.includes(weekday))
  const [only] = free
  return only === undefined || free.length > 1 ? null : plainLabel({ kind: 'weekday', weekday: only })
}

/** The facts of a person's calendar and lists. */
type Around = Pick<
  DemoPerson,
  'teamMateNames' | 'office' | 'groupNames' | 'meetingSlot' | 'organiserNames' | 'freeWeekday'
>

const aroundOf = (
  people: readonly SeedPerson[],
  rows: ReturnType<typeof factRows>,
): ((person: SeedPerson) => Around) => {
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]))
  const [offices, groups, weekly, joined, weeks] = ['office', 'group', 'weekly', 'joined', 'busy_days'].map(
    (family) => valuesOf(rows, family),
  ) as [Values, Values, Values, Values, Values]
  return ({ id, managerId }) => ({
    teamMateNames: people
      .filter((other) => other.managerId === managerId && other.id !== id)
      .map(({ displayName }) => displayName),
    office: textIn(offices.get(id)?.[0], 'name'),
    groupNames: (groups.get(id) ?? []).map((group) => String(group['name'])),
    meetingSlot: slotOf(weekly.get(id) ?? []),
    organiserNames: (joined.get(id) ?? []).map((one) => names.get(String(one['organiser'])) ?? ''),
    freeWeekday: freeDayOf(weeks.get(id)?.[0]),
  })
}

type Values = ReturnType<typeof valuesOf>

/** Those of a tier whom any agent may verify: active, nobody of the help desk, nor who leads or reports to them. In a fixed order. */
export const playable = (people: readonly SeedPerson[], wanted: Tier): readonly SeedPerson[] => {
  const desk = new Set(people.filter((person) => person.desk !== null).map(({ id }) => id))
  const leads = new Set(people.filter(({ id }) => desk.has(id)).map(({ managerId }) => managerId))
  return people
    .filter(({ tier, accountState }) => tier === wanted && accountState === 'active')
    .filter(({ id, managerId }) => !desk.has(id) && !desk.has(managerId ?? '') && !leads.has(id))
}

/** Everybody of a demo organisation and tier whom any agent may verify, with what they know. */
export const demoPeople = (slug: Chart['slug'], tier: Tier = 'standard'): readonly DemoPerson[] => {
  const chart = chartOf(slug)
  const people = peopleOf(chart)
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]))
  const rows = factRows(chart, people, anyMoment)
  const devices = valuesOf(rows, 'device')
  const tickets = valuesOf(rows, 'ticket')
  const around = aroundOf(people, rows)
  const contacts = contactsOf(chart, people)
  const addressesOf = (id: string): readonly string[] =>
    contacts.filter(({ personId }) => personId === id).map(({ value }) => value)
  return playable(people, tier).map((person) => ({
    login: person.login,
    name: person.displayName,
    workEmail: person.workEmail,
    addresses: addressesOf(person.id),
    managerName: names.get(person.managerId ?? '') ?? null,
    deviceModel: textIn(devices.get(person.id)?.[0], 'model'),
    assetTagEnd: tagEnd(textIn(devices.get(person.id)?.[0], 'assetTag')),
    ticketCategory: textIn(tickets.get(person.id)?.[0], 'category'),
    hiredDaysAgo: person.hiredDaysAgo,
    secondStepDaysAgo: person.mfaDaysAgo,
    ...around(person),
  }))
}

/** One demo person by login. @throws when nobody has it */
export const demoPerson = (slug: Chart['slug'], login: string): DemoPerson => {
  const found = demoPeople(slug).find((person) => person.login === login)
  if (found === undefined) throw new Error(`Nobody of ${slug} who may be verified has the login ${login}.`)
  return found
}

/** Every number and address on file of anybody of a demo organisation, by login; none where nobody has it. */
export const demoAddresses = (slug: Chart['slug'], login: string): readonly string[] => {
  const chart = chartOf(slug)
  const people = peopleOf(chart)
  const id = people.find((person) => person.login === login)?.id
  return contactsOf(chart, people)
    .filter(({ personId }) => personId === id)
    .map(({ value }) => value)
}
