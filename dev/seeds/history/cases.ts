/** The past cases: who was verified when, by whom, how, and the kind of story. */
import type { Policy } from '#domain/policy/policy.ts'
import type { Channel, Purpose } from '#domain/verification/verification.ts'
import type { Chart } from '../charts.ts'
import type { SeedContact } from '../contacts.ts'
import { officeOf } from '../offices.ts'
import { seedId, type SeedPerson } from '../people.ts'
import { type Random, randomOf } from '../random.ts'
import { startOf, type Referrer } from './starters.ts'
import { offsetAt } from './zones.ts'

/** The kind of a story. `genuine`: it was the participant; `impostor`: it was not. */
export type Scenario =
  'genuine' | 'impostor' | 'unopened' | 'abandoned' | 'cancelled' | 'undelivered' | 'reported'

/** A case before its story is played. */
export type PastCase = {
  readonly index: number
  readonly id: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly person: SeedPerson
  /** The agent on the line, or the one who takes the case over where nobody is. */
  readonly agent: SeedPerson
  readonly referrer: Referrer
  readonly purpose: Purpose
  readonly channel: Channel
  readonly contact: SeedContact
  /** Where the link's code went, where no agent read it out. */
  readonly entry: SeedContact | null
  readonly ticket: string | null
  readonly scenario: Scenario
  readonly random: Random
  /** Answers draw from numbers of their own, so that plans of another length change nothing but the answers. */
  readonly answerRandom: Random
}

const dayMs = 24 * 3600 * 1000
/** The past goes back this many days. */
const past = 90
/** Nothing began later than this before the seed, so that every story could end. */
const latestMs = 100 * 60_000
/** Stories that end by running out of time need a whole day. */
const slowMs = dayMs + 30 * 60_000
/** Between two cases of one person, days. */
const rest = 4

const shares: Readonly<Record<Scenario, number>> = {
  genuine: 790,
  impostor: 50,
  unopened: 65,
  abandoned: 30,
  cancelled: 35,
  undelivered: 20,
  reported: 10,
}

/** Calls by local hour, and how much of a weekday's calls a weekend day has. */
const hours = {
  6: 2,
  7: 6,
  8: 14,
  9: 15,
  10: 11,
  11: 9,
  12: 6,
  13: 9,
  14: 8,
  15: 7,
  16: 5,
  17: 3,
  19: 2,
  21: 1,
}
const weekdays = [0.12, 1.35, 1.05, 1, 0.95, 0.85, 0.16] as const

/** People who may be verified by this desk: not its own circle (D7), and known to the directory. */
const mayBeCalled = (person: SeedPerson, desk: ReadonlySet<string>): boolean =>
  person.team !== 'Service Desk' &&
  !desk.has(person.id) &&
  !desk.has(person.managerId ?? '') &&
  !person.neverViaHelpDesk &&
  (person.accountState === 'active' || person.accountState === 'locked')

/** A quarter of the people ever call, and often; the others' questions are still fresh, since a fact rests for a quarter of a year. */
export const everCalls = (chart: Chart, { id }: Pick<SeedPerson, 'id'>): boolean =>
  randomOf(chart.slug, 'calls', id).chance(0.25)

const callers = (chart: Chart, people: readonly SeedPerson[]): readonly SeedPerson[] => {
  const desk = new Set(people.flatMap((person) => (person.desk === null ? [] : [person.id])))
  const managers = new Set(
    people.flatMap((one) => (desk.has(one.id) && one.managerId ? [one.managerId] : [])),
  )
  return people.filter(
    (person) => mayBeCalled(person, desk) && !managers.has(person.id) && everCalls(chart, person),
  )
}

/** The cases of a past rest on these. `at`: the moment of the seed. */
export type PastOf = {
  readonly chart: Chart
  readonly people: readonly SeedPerson[]
  readonly contacts: readonly SeedContact[]
  /** The policy in force at a moment, milliseconds since 1970. */
  readonly policyAt: (at: number) => Policy
  readonly at: Date
}

/** All past cases in the order in which they began. */
export const pastCases = (past: PastOf): readonly PastCase[] => {
  const { chart, people, contacts, at } = past
  const pool = callers(chart, people)
  const agents = people.filter(
    (person) => person.desk?.role === 'agent' || person.desk?.role === 'supervisor',
  )
  const byPerson = contactsByPerson(contacts)
  const lastStart = new Map<string, number>()
  return startTimes(chart, at).map((begun, index) => {
    const random = randomOf(chart.slug, 'case', String(index))
    const person = pickCaller(pool, byPerson, begun.day, lastStart, random)
    const startedAt = localMoment(begun, person, at)
    lastStart.set(person.id, begun.day)
    const own = byPerson.get(person.id) ?? []
    return describeCase(past, { index, startedAt, person, contacts: own, agent: random.pick(agents), random })
  })
}

/** Contacts of each person. */
export const contactsByPerson = (
  contacts: readonly SeedContact[],
): ReadonlyMap<string, readonly SeedContact[]> => {
  const found = new Map<string, SeedContact[]>()
  for (const contact of contacts) {
    const known = found.get(contact.personId)
    if (known === undefined) found.set(contact.personId, [contact])
    else known.push(contact)
  }
  return found
}

type Start = { readonly day: number; readonly hour: number; readonly minute: number }

/** Local days (as days before the seed), hours and minutes, the oldest first; a little more every week. */
const startTimes = (chart: Chart, at: Date): readonly Start[] => {
  const random = randomOf(chart.slug, 'starts')
  const days = Object.fromEntries(
    Array.from({ length: past }, (_, day) => {
      const weekday = new Date(at.getTime() - day * dayMs).getUTCDay()
      return [String(day), (weekdays[weekday] ?? 1) * (1 - day / 400)]
    }),
  )
  return Array.from({ length: chart.pastVerifications }, () => ({
    day: Number(random.weighted(days)),
    hour: Number(random.weighted(hours)),
    minute: random.next() * 60,
  })).sort((a, b) => b.day - a.day || a.hour - b.hour || a.minute - b.minute)
}

/** The moment of a local time at the person's office; today's are moved into the hours that have passed. */
const localMoment = ({ day, hour, minute }: Start, person: SeedPerson, at: Date): number => {
  const midnight = Math.floor((at.getTime() - day * dayMs) / dayMs) * dayMs
  const local = midnight + (hour + minute / 60) * 3_600_000
  const moment = local - offsetAt(officeOf(person.office).timeZone, local) * 60_000
  const latest = at.getTime() - latestMs
  if (moment <= latest) return Math.round(moment)
  return Math.round(latest - ((hour * 60 + minute) % 480) * 60_000)
}

const pickCaller = (
  pool: readonly SeedPerson[],
  contacts: ReadonlyMap<string, readonly SeedContact[]>,
  day: number,
  lastStart: ReadonlyMap<string, number>,
  random: Random,
): SeedPerson => {
  const there = pool.filter((person) => person.hiredDaysAgo > day + 10 && contacts.has(person.id))
  const isRested = (person: SeedPerson): boolean => (lastStart.get(person.id) ?? Infinity) - day >= rest
  for (let tries = 0; tries < 200; tries += 1) {
    const person = random.pick(there)
    // A few call again on the next day.
    if (isRested(person) || random.chance(0.02)) return person
  }
  return random.pick(there)
}

/** Most links go to the mobile, the others to the work address; hardly ever elsewhere. */
const pickContact = (contacts: readonly SeedContact[], random: Random): SeedContact => {
  const kind = random.chance(0.72) ? 'phone' : 'email'
  const usable = contacts.filter(({ lineType, label }) => lineType !== 'voip' && label !== 'private')
  const wanted = usable.find((one) => one.kind === kind && one.lineType !== 'fixed')
  return wanted ?? usable[0] ?? random.pick(contacts)
}

type Told = Pick<PastCase, 'index' | 'startedAt' | 'person' | 'agent' | 'random'> & {
  readonly contacts: readonly SeedContact[]
}

const describeCase = ({ chart, policyAt, at }: PastOf, { contacts, ...told }: Told): PastCase => {
  const { index, startedAt, random } = told
  const picked = pickContact(contacts, random)
  const start = startOf({ ...told, chart, contacts, picked, policy: policyAt(startedAt), at })
  const isSelfService = start.referrer.kind === 'self_service'
  const ticket = random.chance(0.85) ? `INC-${String(48_000 + index * 3 + random.int(0, 2))}` : null
  return {
    ...told,
    ...start,
    id: seedId(chart, 'verification', String(index)),
    channel: start.contact.kind === 'phone' ? 'sms' : 'email',
    ticket: isSelfService ? null : ticket,
    scenario: scenarioOf({ ...told, hasAgent: start.entry === null, at }),
    answerRandom: randomOf(chart.slug, 'answers', String(index)),
  }
}

type Drawing = Pick<PastCase, 'startedAt' | 'person' | 'random'> & {
  readonly hasAgent: boolean
  readonly at: Date
}

const scenarioOf = ({ startedAt, person, random, hasAgent, at }: Drawing): Scenario => {
  const drawn = possible(random.weighted(shares), hasAgent, person.tier === 'privileged')
  const isSlow = drawn === 'unopened' || drawn === 'abandoned' || drawn === 'undelivered'
  return isSlow && startedAt > at.getTime() - slowMs ? 'genuine' : drawn
}

/** Nobody cancels where nobody is on the line; a participant with a privileged account does not just walk away. */
const possible = (drawn: Scenario, hasAgent: boolean, isPrivileged: boolean): Scenario => {
  const cannotLeave = isPrivileged && drawn === 'abandoned'
  if (!cannotLeave && drawn !== 'cancelled') return drawn
  return hasAgent ? 'cancelled' : 'unopened'
}
