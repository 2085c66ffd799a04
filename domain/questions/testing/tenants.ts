import type { CellValue } from '../cells.ts'
import type { ParticipantFacts } from '../facts.ts'

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

export const dayMs = 24 * 3600 * 1000

/** Facts of a generated organisation, everything fresh at `now`. */
export const createPeople = (count: number, now: number, seed = 7): readonly ParticipantFacts[] => {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const managers = Math.max(10, Math.round(count / 9))
  return Array.from({ length: count }, (_, index) => {
    const manager = Math.floor(random() * managers)
    return {
      participantId: `person-${index}`,
      tenureDays: 800,
      directory: {
        asOf: now,
        manager: {
          id: `manager-${manager}`,
          name: nameOf(manager),
          otherSpellings: [],
          since: now - 400 * dayMs,
        },
        isExecutive: false,
      },
      hr: {
        asOf: now,
        startYear: 2015 + Math.floor(random() * 10),
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
    }
  })
}
