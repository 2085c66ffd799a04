import { cutCells, type Block, type CellRule, type CellTools, type CellValue, type Cut } from './cells.ts'
import type { LiveValues } from './epochs.ts'
import type { FactRow } from './fact-values.ts'
import { numberedSets, type SetsOf } from './people-sets.ts'
import type { QuestionFamily } from './plan.ts'

/** Families whose options come from published blocks. */
export const cellFamilies = [
  'manager',
  'team_mate',
  'office',
  'group',
  'meeting_slot',
  'meeting_organiser',
  'device_model',
  'ticket_category',
] as const

/** One of them. */
export type CellFamily = (typeof cellFamilies)[number]

/** The rule of each family: five options; names of people need three holders each. */
export const cellRules: Readonly<Record<CellFamily, CellRule>> = {
  manager: { family: 'manager', size: 5, minHolders: 3 },
  team_mate: { family: 'team_mate', size: 5, minHolders: 3 },
  office: { family: 'office', size: 5, minHolders: 3 },
  group: { family: 'group', size: 5, minHolders: 3 },
  meeting_slot: { family: 'meeting_slot', size: 5, minHolders: 3 },
  meeting_organiser: { family: 'meeting_organiser', size: 5, minHolders: 3 },
  device_model: { family: 'device_model', size: 5, minHolders: 3 },
  ticket_category: { family: 'ticket_category', size: 5, minHolders: 1 },
}

/** A device model is listed when between these shares of the people have it (Q11). */
const modelShare = { min: 0.02, max: 0.35 }

/** A group is listed when so many people of one unit are in it; with fewer, a job title would give it away. */
const leastOfOneUnit = 4

type Counted = CellValue & { readonly largestUnit: number }

const countUnits = (units: readonly string[]): number => {
  const counts = new Map<string, number>()
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

type Tally = { readonly first: FactRow; readonly people: Set<string>; readonly units: string[] }

const tallied = ({ first, people, units }: Tally): Counted => ({
  value: first.value,
  label: first.label,
  holders: people.size,
  largestUnit: countUnits(units),
  ...(first.band === undefined ? {} : { band: first.band }),
})

const listable = (family: CellFamily, values: readonly Counted[], everybody: number): readonly Counted[] => {
  if (family === 'group') return values.filter((value) => value.largestUnit >= leastOfOneUnit)
  if (family !== 'device_model') return values
  const share = (value: CellValue): number => value.holders / everybody
  return values.filter((value) => share(value) >= modelShare.min && share(value) <= modelShare.max)
}

const tallies = (rows: readonly FactRow[], family: CellFamily) => {
  const values = new Map<string, Tally>()
  const everybody = new Set<string>()
  for (const row of rows) {
    if (row.family !== family) continue
    everybody.add(row.personId)
    const known = values.get(row.value) ?? { first: row, people: new Set<string>(), units: [] }
    if (!known.people.has(row.personId) && row.unit !== undefined) known.units.push(row.unit)
    known.people.add(row.personId)
    values.set(row.value, known)
  }
  return { values: [...values.values()].map(tallied), everybody: everybody.size }
}

/** The values of a family that may be listed, with their holders. */
export const cellValuesOf = (rows: readonly FactRow[], family: CellFamily): readonly CellValue[] => {
  const { values, everybody } = tallies(rows, family)
  return listable(family, values, everybody).map(({ largestUnit: _, ...value }) => value)
}

/**
 * The values by which a family's epoch changes. `people`: everybody active, so that a person who merely called no meeting
 * lately does not count as a dead value; `old`: former values of the family.
 */
export const liveValuesOf = (
  rows: readonly FactRow[],
  family: CellFamily,
  people: readonly string[],
  old: readonly CellValue[],
): LiveValues => {
  const holding = rows.filter((row) => row.family === family).map((row) => row.value)
  const alive = new Set(family === 'meeting_organiser' ? [...holding, ...people] : holding)
  return { listable: cellValuesOf(rows, family), alive, old }
}

/** Cuts one family of a tenant for the first time. */
export const cutFamily = (
  rows: readonly FactRow[],
  family: CellFamily,
  epoch: string,
  tools: CellTools,
): Cut => cutCells(cellValuesOf(rows, family), cellRules[family], epoch, tools)

/** The people behind a list. */
export type Behind = { readonly people: ReadonlySet<string>; readonly most: number }

/** The people for whom a value of a list is true; by default those whose value it is. */
export type HoldersOf = (value: string) => ReadonlySet<string>

/** A tenant's facts, counted. */
export type TenantFacts = {
  readonly blockOf: (family: CellFamily, value: string) => Block | undefined
  /** The number of values in all blocks of the family. */
  readonly poolOf: (family: CellFamily) => number
  readonly peopleOf: (family: QuestionFamily, value: string) => ReadonlySet<string>
  /** Everybody for whom some value of a list is true, and how many share its commonest value. Counted once for a list. */
  readonly behind: (family: QuestionFamily, block: Block, holders?: HoldersOf) => Behind
  /** Distinct values of a family, and the share of the commonest among its people. */
  readonly spreadOf: (family: QuestionFamily) => { readonly distinct: number; readonly topShare: number }
  /** Names of all managers. */
  readonly managerNames: readonly string[]
  /** The people behind each list as bits over one numbering of everybody; a list is turned into bits once. */
  readonly sets: SetsOf
}

const nobody: ReadonlySet<string> = new Set()

type Holders = Map<QuestionFamily, Map<string, Set<string>>>

const addHolder = (people: Holders, row: FactRow): void => {
  const family = people.get(row.family) ?? new Map<string, Set<string>>()
  people.set(row.family, family)
  const holders = family.get(row.value) ?? new Set<string>()
  family.set(row.value, holders.add(row.personId))
}

/** The lists of a family: by value, and how many values they hold. */
type Lists = { readonly byValue: ReadonlyMap<string, Block>; readonly pool: number }

const listsOf = (blocks: readonly Block[], family: CellFamily): Lists => {
  const byValue = new Map<string, Block>()
  let pool = 0
  for (const block of blocks) {
    if (block.family !== family) continue
    pool += block.values.length
    // A value is in one list at most.
    for (const { value } of block.values) byValue.set(value, block)
  }
  return { byValue, pool }
}

const spreadOf = (holders: Holders, family: QuestionFamily): ReturnType<TenantFacts['spreadOf']> => {
  let all = 0
  let most = 0
  const values = holders.get(family)
  for (const { size } of values?.values() ?? []) {
    all += size
    most = Math.max(most, size)
  }
  return { distinct: values?.size ?? 0, topShare: all === 0 ? 1 : most / all }
}

/** Computes once for each key. */
const remembering = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>()
  return (key) => {
    const found = known.get(key) ?? make(key)
    known.set(key, found)
    return found
  }
}

/** The rows counted person by person, so that the process may do other things in between. */
type Tallied = {
  readonly people: Holders
  readonly everybody: ReadonlySet<string>
  readonly managerNames: ReadonlySet<string>
}

/** Counts a tenant's rows as they come. */
export type FactCounter = {
  readonly add: (rows: readonly FactRow[]) => void
  /** Against published blocks (retired ones left out). May be kept for minutes; nothing is to be added after it. */
  readonly facts: (blocks: readonly Block[]) => TenantFacts
}

/** A counter of one tenant. */
export const createFactCounter = (): FactCounter => {
  const people: Holders = new Map()
  const everybody = new Set<string>()
  const managerNames = new Set<string>()
  return {
    add: (rows) => {
      for (const row of rows) {
        addHolder(people, row)
        everybody.add(row.personId)
        if (row.family === 'manager' && row.label.kind === 'text') managerNames.add(row.label.text)
      }
    },
    facts: (blocks) => factsFrom({ people, everybody, managerNames }, blocks),
  }
}

/** Counts rows that are all there. */
export const tenantFacts = (rows: readonly FactRow[], blocks: readonly Block[]): TenantFacts => {
  const counter = createFactCounter()
  counter.add(rows)
  return counter.facts(blocks)
}

const factsFrom = ({ people, everybody, managerNames }: Tallied, blocks: readonly Block[]): TenantFacts => {
  const lists = remembering((family: CellFamily) => listsOf(blocks, family))
  const peopleOf = (family: QuestionFamily, value: string): ReadonlySet<string> =>
    people.get(family)?.get(value) ?? nobody
  const counted = new Map<string, Behind>()
  const behind: TenantFacts['behind'] = (
    family,
    block,
    holdersOfValue = (value) => peopleOf(family, value),
  ) => {
    const key = `${family} ${block.id}`
    const known = counted.get(key)
    if (known !== undefined) return known
    const sets = block.values.map(({ value }) => holdersOfValue(value))
    const found = {
      people: new Set(sets.flatMap((set) => [...set])),
      most: Math.max(...sets.map((set) => set.size)),
    }
    counted.set(key, found)
    return found
  }
  return {
    blockOf: (family, value) => lists(family).byValue.get(value),
    poolOf: (family) => lists(family).pool,
    peopleOf,
    behind,
    spreadOf: remembering((family) => spreadOf(people, family)),
    managerNames: [...managerNames],
    sets: numberedSets(everybody),
  }
}
