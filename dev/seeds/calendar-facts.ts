/** The facts of calendars and group lists about the demo people: when, with how many, called by whom; never a title. */
import { lastMonday } from '#domain/questions/moments.ts'
import type { GroupKind } from '#domain/questions/participant-facts.ts'
import type { Chart } from './charts.ts'
import type { Fact } from './fact.ts'
import { seedId, type SeedPerson } from './people.ts'
import { type Random, randomOf } from './random.ts'

const dayMs = 24 * 3600 * 1000

/** Lists about work, alike in length: questions ask about these. The first twelve are those of the small organisation. */
const workLists = [
  'Port Notices',
  'Rail Bulletin',
  'Depot Openings',
  'Tariff Changes',
  'Fuel Prices',
  'Style Guide',
  'Data Stewards',
  'Desk Booking',
  'Shuttle Times',
  'Parking News',
  'Customs Updates',
  'Carrier Updates',
  'Release Notes',
  'Print Champions',
  'Report Readers',
  'Intranet Editors',
  'Process Owners',
  'Document Owners',
  'Floor Wardens',
  'Training Hosts',
  'Meeting Hosts',
  'Supplier News',
  'Travel Bookers',
  'Template Users',
  'Site Visitors',
] as const

/** Lists of private life, which are never asked about. */
const privateLists = [
  'Book Circle',
  'Choir Practice',
  'Street Football',
  'Parents at Work',
  'Weekend Hikers',
] as const

const firstHour = 9
const hours = 8

/** Teams meet at different times as far as the week goes; no two neighbours in the chart on the same day. */
const slotStride = 7

/** The people who may call meetings: everybody that others report to. */
const leadsOf = (people: readonly SeedPerson[]): readonly SeedPerson[] =>
  people.filter(({ level, accountState }) => level !== 'member' && accountState === 'active')

const weekly = (weekday: number, hour: number, attendees: number, id: string): Fact => ({
  family: 'weekly',
  source: 'calendar',
  value: JSON.stringify({ id, weekday, hour, attendees }),
  validFrom: null,
})

/** The team's own meeting, and now and then a short talk or a large round at another time. */
const weeklyFacts = (
  chart: Chart,
  person: SeedPerson,
  people: readonly SeedPerson[],
  random: Random,
): readonly Fact[] => {
  const team = people.findIndex(({ id }) => id === person.managerId)
  const slot = (team * slotStride) % (5 * hours)
  const size = people.filter(({ managerId }) => managerId === person.managerId).length
  const idOf = (name: string): string => seedId(chart, 'weekly', name)
  const own = weekly(
    1 + (slot % 5),
    firstHour + Math.floor(slot / 5),
    size + 1,
    idOf(person.managerId ?? 'board'),
  )
  if (random.chance(0.5)) return [own]
  const other = weekly(
    random.int(1, 5),
    random.int(firstHour, firstHour + hours - 1),
    random.chance(0.7) ? 2 : random.int(12, 40),
    idOf(person.id),
  )
  return [own, other]
}

/** One to three meetings of the last days, called by a lead. */
const joinedFacts = (
  chart: Chart,
  person: SeedPerson,
  leads: readonly SeedPerson[],
  random: Random,
  at: Date,
): readonly Fact[] =>
  Array.from({ length: random.int(1, 3) }, (_, place) => {
    const value = {
      id: seedId(chart, 'joined', person.id, String(place)),
      organiser: random.pick(leads).id,
      attendees: random.int(2, 12),
      accepted: random.chance(0.9),
      cancelled: random.chance(0.05),
    }
    const held = new Date(at.getTime() - (0.2 + random.next() * 6) * dayMs)
    return { family: 'joined', source: 'calendar', value: JSON.stringify(value), validFrom: held }
  })

const busyFacts = (random: Random, at: Date): Fact => {
  const free = random.chance(0.75) ? 1 : random.int(0, 2) * 2
  const busy = [1, 2, 3, 4, 5]
  for (let left = free; left > 0; left -= 1) busy.splice(random.int(0, busy.length - 1), 1)
  return {
    family: 'busy_days',
    source: 'calendar',
    value: JSON.stringify({ weekdays: busy }),
    validFrom: new Date(lastMonday(at.getTime())),
  }
}

/** A person's calendar; some have none that we may read. */
export const calendarFacts = (
  chart: Chart,
  person: SeedPerson,
  people: readonly SeedPerson[],
  at: Date,
): readonly Fact[] => {
  const random = randomOf(chart.slug, 'calendar', person.id)
  if (random.chance(chart.slug === 'lab' ? 0.02 : 0.1)) return []
  const leads = leadsOf(people).filter(({ id }) => id !== person.id)
  return [
    ...weeklyFacts(chart, person, people, random),
    ...joinedFacts(chart, person, leads, random, at),
    busyFacts(random, at),
  ]
}

/** Up to three lists about work and one of private life, used within the last weeks. */
export const groupFacts = (chart: Chart, person: SeedPerson, at: Date): readonly Fact[] => {
  const random = randomOf(chart.slug, 'groups', person.id)
  // Fewer in a small organisation, or too few people of one unit would be in each.
  const offered = workLists.slice(0, chart.slug === 'lab' ? 12 : workLists.length)
  const chosen = new Set(Array.from({ length: random.int(0, 3) }, () => random.pick(offered)))
  const listed = (kind: GroupKind, name: string): Fact => ({
    family: 'group',
    source: 'groups',
    value: JSON.stringify({ id: seedId(chart, 'group', name), name, kind }),
    validFrom: new Date(at.getTime() - random.int(1, 20) * dayMs),
  })
  const own = random.chance(0.3) ? [listed('list', random.pick(privateLists))] : []
  return [...[...chosen].map((name) => listed('work', name)), ...own]
}

/** The buildings of each office; the small organisation has two. */
const buildings = ['Mill House', 'North Wing', 'East Wing', 'Lake House', 'Gate House'] as const

/** The building, as the badge system knows it. */
export const officeFacts = (
  chart: Chart,
  person: SeedPerson,
  office: { readonly name: string; readonly country: string },
): readonly Fact[] => {
  const offered = buildings.slice(0, chart.slug === 'lab' ? 2 : buildings.length)
  const building = randomOf(chart.slug, 'building', person.id).pick(offered)
  const value = { name: `${office.name}, ${building}`, country: office.country }
  return [{ family: 'office', source: 'directory', value: JSON.stringify(value), validFrom: null }]
}
