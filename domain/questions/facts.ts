import {
  blockOf,
  cutCells,
  type Block,
  type CellRule,
  type CellTools,
  type CellValue,
  type Cut,
} from './cells.ts'
import { isSensitive } from './sensitive.ts'
import type { DeviceKind, OptionLabel, QuestionFamily, TextTools } from './plan.ts'

/** A device as the inventory knows it. Times in milliseconds since 1970. */
export type DeviceFact = {
  readonly id: string
  readonly kind: DeviceKind
  readonly model: string
  readonly assetTag: string | null
  /** When the inventory last saw it. */
  readonly seenAt: number
}

/** What questions may be made of, for one participant. `asOf`: when the source was read, milliseconds since 1970. */
export type ParticipantFacts = {
  readonly participantId: string
  /** Days since the first day of work; null when no source says. */
  readonly tenureDays: number | null
  readonly directory: {
    readonly asOf: number
    readonly manager: {
      readonly id: string
      readonly name: string
      /** The directory's romanised or other spellings of the same name. */
      readonly otherSpellings: readonly string[]
      /** Since when, null when not known. */
      readonly since: number | null
    } | null
    readonly isExecutive: boolean
  } | null
  readonly hr: {
    readonly asOf: number
    readonly startYear: number
    /** 1 to 12. */
    readonly startMonth: number
    /** The date was set by a merger, so the person may remember another. */
    readonly isByMerger: boolean
  } | null
  readonly inventory: { readonly asOf: number; readonly devices: readonly DeviceFact[] } | null
  readonly tickets: {
    readonly asOf: number
    readonly last: { readonly id: string; readonly category: string; readonly openedAt: number } | null
  } | null
}

/** One fact of one person, as the whole tenant is counted: the base of cells and of top guesses. */
export type FactRow = {
  readonly personId: string
  readonly family: QuestionFamily
  readonly value: string
  readonly label: OptionLabel
}

const dayMs = 24 * 3600 * 1000

/** A source counts when it was read within this time (challenges.md 2.1 a). */
export const isFresh = (asOf: number, now: number): boolean => now - asOf < dayMs

/** Days from a moment to now. */
export const daysSince = (at: number, now: number): number => (now - at) / dayMs

/** "2019-03". */
export const monthValue = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`

/** Characters of an asset tag that are asked for. */
export const tagCharacters = 4

/** The last characters of an asset tag, letters and digits only; null when there are too few. */
export const tagEnd = (tag: string | null): string | null => {
  const plain = (tag ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')
  return plain.length < tagCharacters ? null : plain.slice(-tagCharacters)
}

/** A person's value of one family, before the person is added. */
type Value = readonly [family: QuestionFamily, value: string, shown: string]

const directoryValues = ({ directory, hr }: ParticipantFacts): readonly Value[] => {
  const values: Value[] = []
  const manager = directory?.manager
  if (manager) values.push(['manager', manager.id, manager.name])
  if (hr !== null) {
    const start = monthValue(hr.startYear, hr.startMonth)
    values.push(['start_month', start, start])
  }
  return values
}

const deviceValues = ({ inventory }: ParticipantFacts): readonly Value[] => {
  if (inventory === null) return []
  const models = new Set(inventory.devices.map((device) => device.model))
  return [
    ...[...models].map((model): Value => ['device_model', model, model]),
    ...inventory.devices.flatMap((device): readonly Value[] => {
      const end = tagEnd(device.assetTag)
      return end === null ? [] : [['asset_tag', end, end]]
    }),
  ]
}

const ticketValues = ({ tickets }: ParticipantFacts, tools: Pick<TextTools, 'toAscii'>): readonly Value[] => {
  const last = tickets === null ? null : tickets.last
  if (last === null || isSensitive(tools.toAscii(last.category).toLowerCase())) return []
  return [['ticket_category', last.category, last.category]]
}

/** A person's facts as rows, for counting and cutting. Sensitive categories are left out here already. */
export const factRowsOf = (facts: ParticipantFacts, tools: Pick<TextTools, 'toAscii'>): readonly FactRow[] =>
  [...directoryValues(facts), ...deviceValues(facts), ...ticketValues(facts, tools)].map(
    ([family, value, shown]) => ({
      personId: facts.participantId,
      family,
      value,
      label: { kind: 'text', text: shown },
    }),
  )

/** Families whose options come from published blocks. */
export const cellFamilies = ['manager', 'device_model', 'ticket_category'] as const

/** One of them. */
export type CellFamily = (typeof cellFamilies)[number]

/** How each family is cut: five options; names of people need three holders each (challenges.md 4.2.1). */
export const cellRules: Readonly<Record<CellFamily, CellRule>> = {
  manager: { family: 'manager', size: 5, minHolders: 3 },
  device_model: { family: 'device_model', size: 5, minHolders: 1 },
  ticket_category: { family: 'ticket_category', size: 5, minHolders: 1 },
}

/** A device model is listed when between these shares of the people have it (challenges.md 2.2, Q11). */
const modelShare = { min: 0.05, max: 0.35 }

/** The live values of a family, with their holders. */
export const cellValuesOf = (rows: readonly FactRow[], family: CellFamily): readonly CellValue[] => {
  const values = new Map<string, { label: OptionLabel; people: Set<string> }>()
  const everybody = new Set<string>()
  for (const row of rows) {
    if (row.family !== family) continue
    everybody.add(row.personId)
    const known = values.get(row.value) ?? { label: row.label, people: new Set<string>() }
    known.people.add(row.personId)
    values.set(row.value, known)
  }
  const list = [...values].map(([value, { label, people }]) => ({ value, label, holders: people.size }))
  if (family !== 'device_model') return list
  const share = (value: CellValue): number => value.holders / everybody.size
  return list.filter((value) => share(value) >= modelShare.min && share(value) <= modelShare.max)
}

/** Cuts one family of a tenant for the first time. */
export const cutFamily = (
  rows: readonly FactRow[],
  family: CellFamily,
  epoch: string,
  tools: CellTools,
): Cut => cutCells(cellValuesOf(rows, family), cellRules[family], epoch, tools)

/** A tenant's facts, counted. */
export type TenantFacts = {
  readonly blockOf: (family: CellFamily, value: string) => Block | undefined
  /** Number of values that stand in any block of the family. */
  readonly poolOf: (family: CellFamily) => number
  readonly peopleOf: (family: QuestionFamily, value: string) => ReadonlySet<string>
  /** Distinct values of a family, and the share of the commonest among its people. */
  readonly spreadOf: (family: QuestionFamily) => { readonly distinct: number; readonly topShare: number }
  /** Names of all managers. */
  readonly managerNames: readonly string[]
}

const nobody: ReadonlySet<string> = new Set()

/** Counts a tenant's rows against its published blocks (retired ones left out). May be cached for minutes. */
export const tenantFacts = (rows: readonly FactRow[], blocks: readonly Block[]): TenantFacts => {
  const people = new Map<QuestionFamily, Map<string, Set<string>>>()
  const names = new Set<string>()
  for (const row of rows) {
    const family = people.get(row.family) ?? new Map<string, Set<string>>()
    people.set(row.family, family)
    const holders = family.get(row.value) ?? new Set<string>()
    family.set(row.value, holders.add(row.personId))
    if (row.family === 'manager' && row.label.kind === 'text') names.add(row.label.text)
  }
  const ofFamily = (family: CellFamily): readonly Block[] => blocks.filter((block) => block.family === family)
  return {
    blockOf: (family, value) => blockOf(ofFamily(family), value),
    poolOf: (family) => ofFamily(family).reduce((sum, block) => sum + block.values.length, 0),
    peopleOf: (family, value) => people.get(family)?.get(value) ?? nobody,
    spreadOf: (family) => {
      const sizes = [...(people.get(family)?.values() ?? [])].map((holders) => holders.size)
      const all = sizes.reduce((sum, size) => sum + size, 0)
      return { distinct: sizes.length, topShare: all === 0 ? 1 : Math.max(...sizes) / all }
    },
    managerNames: [...names],
  }
}
