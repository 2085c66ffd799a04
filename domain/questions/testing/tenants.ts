import type { CellValue } from '../cells.ts'
import { lastMonday } from '../moments.ts'
import type { ParticipantFacts, TeamMember } from '../participant-facts.ts'

/** A small repeatable random source (mulberry32), 0 to below 1. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const firstNames =
  'Ada Bruno Carla Dennis Elif Farid Greta Hugo Iris Jonas Kaja Lars Mira Nils Olga Pavel Rita Sven Tara Uwe'
const lastNames =
  'Adler Bergmann Castro Dubois Engel Fischer Gruber Hansen Ivanova Jansen Keller Lindner Meyer Novak Okafor Peters Quandt Richter Schulz Tanaka'

/** A name for a number; all different. */
export const nameOf = (index: number): string => {
  const first = firstNames.split(' ')
  const last = lastNames.split(' ')
  const round = Math.floor(index / (first.length * last.length))
  const a = first[index % first.length] ?? ''
  const b = last[Math.floor(index / first.length) % last.length] ?? ''
  return round === 0 ? `${a} ${b}` : `${a} ${b}${'abcdefghij'.charAt(round % 10)}${round}`
}

/** Managers with uneven teams: people and whom they report to. */
export const createTeams = (
  people: number,
  managers: number,
  random: () => number,
): { readonly managerOf: readonly number[]; readonly values: readonly CellValue[] } => {
  const weights = Array.from({ length: managers }, () => 0.3 + random() * 1.7)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const managerOf = Array.from({ length: people }, () => {
    let left = random() * total
    const found = weights.findIndex((weight) => (left -= weight) <= 0)
    return Math.max(0, found)
  })
  return { managerOf, values: valuesOf(managerOf) }
}

/** The live values behind an assignment. */
export const valuesOf = (managerOf: readonly number[]): readonly CellValue[] => {
  const holders = new Map<number, number>()
  for (const manager of managerOf) holders.set(manager, (holders.get(manager) ?? 0) + 1)
  return [...holders].map(([manager, count]) => ({
    value: `manager-${manager}`,
    label: { kind: 'text', text: nameOf(manager) },
    holders: count,
  }))
}

const models =
  'Nordwind N14|Nordwind N16|Helio Book 3|Helio Book 5|Terra T480|Terra T490|Argon Air 13|Argon Air 15|Kestrel 840|Kestrel 850|Onyx Lite 2|Onyx Plus 2'
const categories =
  'E-mail|Printing|Network access|Software request|Telephony|File shares|Remote work|Hardware fault|Calendar|Video calls'

const groupNames =
  'Port Notices|Rail Bulletin|Depot Openings|Tariff Changes|Fuel Prices|Style Guide|Data Stewards|Desk Booking|Shuttle Times|Parking News|Customs Updates|Carrier Updates'
const officeNames =
  'Austin North|Austin South|Hamburg West|Hamburg East|London Bridge|London Wall|Lyon Centre|Lyon Gare|Toronto Bay|Toronto King|Paris Nord|Berlin Mitte'

export const dayMs = 24 * 3600 * 1000

type Pick = <T>(list: readonly T[]) => T

const directoryFacts = (
  index: number,
  managerOf: readonly number[],
  teams: ReadonlyMap<number, readonly TeamMember[]>,
  now: number,
  pick: Pick,
): ParticipantFacts['directory'] => {
  const manager = managerOf[index] ?? 0
  return {
    asOf: now,
    manager: {
      id: `manager-${manager}`,
      name: nameOf(manager),
      otherSpellings: [],
      since: now - 400 * dayMs,
    },
    isExecutive: false,
    team: teams.get(manager) ?? [],
    office: { name: pick(officeNames.split('|')), country: null },
    unit: `unit-${manager % 8}`,
  }
}

const calendarFacts = (
  index: number,
  managers: number,
  now: number,
  random: () => number,
  pick: Pick,
): ParticipantFacts['calendar'] => {
  const free = 1 + Math.floor(random() * 5)
  const busy = [1, 2, 3, 4, 5].filter((weekday) => weekday !== free)
  return {
    asOf: now,
    timeZone: 'Europe/Berlin',
    weekly: [
      {
        id: `weekly-${index}`,
        weekday: 1 + Math.floor(random() * 5),
        hour: pick([9, 10, 11, 13, 14, 15]),
        attendees: pick([5, 7, 9, 10, 2]),
      },
    ],
    joined: Array.from({ length: 2 }, (_, place) => {
      const organiser = Math.floor(random() * managers)
      return {
        id: `meeting-${index}-${place}`,
        organiserId: `manager-${organiser}`,
        organiserName: nameOf(organiser),
        attendees: 3 + Math.floor(random() * 6),
        isAccepted: true,
        isCancelled: false,
        at: now - (1 + Math.floor(random() * 4)) * dayMs,
      }
    }),
    week: { startsAt: lastMonday(now), busy },
  }
}

const signInFacts = (now: number, random: () => number): ParticipantFacts['signIn'] => ({
  asOf: now,
  passwordChangedAt: now - Math.floor(random() * 330) * dayMs,
  secondStepChangedAt: now - Math.floor(random() * 330) * dayMs,
})

/** Facts of a generated organisation, everything fresh at `now`. */
export const createPeople = (count: number, now: number, seed = 7): readonly ParticipantFacts[] => {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const managers = Math.max(10, Math.round(count / 9))
  const managerOf = Array.from({ length: count }, () => Math.floor(random() * managers))
  const teams = new Map<number, TeamMember[]>()
  for (const [index, manager] of managerOf.entries()) {
    const member = {
      id: `person-${index}`,
      name: nameOf(managers + index),
      since: now - (900 - (index % 500)) * dayMs,
    }
    teams.set(manager, [...(teams.get(manager) ?? []), member])
  }
  return Array.from({ length: count }, (_, index) => ({
    participantId: `person-${index}`,
    tenureDays: 800,
    directory: directoryFacts(index, managerOf, teams, now, pick),
    hr: {
      asOf: now,
      startYear: 2015 + Math.floor(random() * 11),
      startMonth: 1 + Math.floor(random() * 12),
      isByMerger: false,
    },
    inventory: {
      asOf: now,
      devices: [
        {
          id: `device-${index}`,
          kind: 'laptop',
          model: pick(models.split('|')),
          assetTag: `NB-${String(10_000 + index * 7)}`,
          seenAt: now - 3 * dayMs,
        },
      ],
    },
    tickets: {
      asOf: now,
      last: { id: `ticket-${index}`, category: pick(categories.split('|')), openedAt: now - 40 * dayMs },
    },
    groups: {
      asOf: now,
      groups: [...new Set([pick(groupNames.split('|')), pick(groupNames.split('|'))])].map((name) => ({
        id: `group-${name}`,
        name,
        kind: 'work',
        activeAt: now - 10 * dayMs,
      })),
    },
    calendar: calendarFacts(index, managers, now, random, pick),
    signIn: signInFacts(now, random),
  }))
}
