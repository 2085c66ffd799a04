import { languages } from '../languages.ts'
import { plainLabel } from './grading/labels.ts'
import { tokenKey, tokensOf } from './grading/normalise.ts'
import type { OptionLabel, QuestionFamily, TextTools } from './plan.ts'

/** A live value of a family in one tenant. */
export type CellValue = {
  /** Stable key of the value (a manager's id, a model's name). */
  readonly value: string
  readonly label: OptionLabel
  /** The number of people for whom it is true. */
  readonly holders: number
  /** Country or language band; values of one band share lists where they can. */
  readonly band?: string
}

/** One value of a published block, in the order shown. */
export type BlockValue = {
  readonly value: string
  readonly label: OptionLabel
  /**
   * A value that has been true for nobody for a long time; a participant who picks it knows the organisation as it was
   * (CHA_CANARY). A list holds one at most.
   */
  readonly canary?: true
}

/**
 * A published list of options: everybody whose fact is among its values sees exactly this list, in this order, always.
 * Immutable; retired as a whole, never edited.
 */
export type Block = {
  readonly id: string
  readonly family: QuestionFamily
  /** Calendar quarter of publication, "2026-Q4". */
  readonly epoch: string
  readonly values: readonly BlockValue[]
}

/** Keyed digests and text tools; the family's key is part of the message, so families are cut independently. */
export type CellTools = Pick<TextTools, 'toAscii' | 'metaphone' | 'distance'> & {
  readonly hmac: (...parts: readonly string[]) => string
}

/** The rule by which a family's values are cut. */
export type CellRule = {
  readonly family: QuestionFamily
  /** Options in a list. */
  readonly size: number
  /** Values with fewer holders are dropped where the value itself is personal: 3 (k_hold), else 1. */
  readonly minHolders: number
}

/**
 * The result of cutting: blocks to publish, and values that wait for the next epoch (their holders do not get the
 * family).
 */
export type Cut = { readonly blocks: readonly Block[]; readonly waiting: readonly string[] }

/** No value of a list may be true for more than this share of the people behind the list. */
export const maxShare = 0.35
/** Longest label over shortest label. */
const maxLengthRatio = 2

const scriptPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['han', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['latin', /\p{Script=Latin}/u],
]

/** The script a text is written in; "other" for digits and signs alone. */
export const scriptOf = (text: string): string =>
  scriptPatterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'

/** Order by code units: the same in every process, whatever its locale. */
const byKey = (a: string, b: string): number => (a < b ? -1 : 1)

/** A value with what the rules look at, computed once. */
type Item = CellValue & Spelled & { readonly spelled: readonly Spelled[] }

type Spelled = { readonly key: string; readonly length: number; readonly script: string }

const spelledOf = (text: string, tools: Pick<TextTools, 'toAscii'>): Spelled => {
  const key = tokenKey(tokensOf(text, tools))
  return { key: key === '' ? text : key, length: Math.max(1, [...text].length), script: scriptOf(text) }
}

const itemOf = (value: CellValue, tools: Pick<TextTools, 'toAscii'>): Item => {
  const { label } = value
  const text = plainLabel(label)
  const names = label.kind === 'text' ? label.names : undefined
  const spelled = names === undefined ? [] : languages.map((one) => spelledOf(names[one] ?? text, tools))
  return { ...value, ...spelledOf(text, tools), spelled }
}

const spellingFaults = (items: readonly Spelled[]): number => {
  const shortest = Math.min(...items.map((item) => item.length))
  return (
    items.filter((item) => item.length > maxLengthRatio * shortest).length +
    (items.length - new Set(items.map((item) => item.key)).size) +
    (new Set(items.map((item) => item.script)).size - 1)
  )
}

/** A list is as good as it is in the worst of the languages: whoever changes the language sees the same values. */
const countFaults = (items: readonly Item[]): number => {
  const people = items.reduce((sum, item) => sum + item.holders, 0)
  const spoken = items.some(({ spelled }) => spelled.length > 0) ? [...languages.keys()] : []
  const faults = spoken.map((at) => spellingFaults(items.map((item) => item.spelled[at] ?? item)))
  return (
    Math.max(spellingFaults(items), ...faults) +
    items.filter((item) => item.holders > maxShare * people).length
  )
}

/** Number of faults of a list by the rules of a valid list; 0 means valid. */
export const faultsOf = (values: readonly CellValue[], tools: Pick<TextTools, 'toAscii'>): number =>
  countFaults(values.map((value) => itemOf(value, tools)))

/** Values worth listing: duplicates after normalising merged into one, too rare ones dropped. */
const usable = (values: readonly CellValue[], rule: CellRule, tools: CellTools): readonly Item[] => {
  const merged = new Map<string, Item>()
  for (const value of [...values].sort((a, b) => byKey(a.value, b.value))) {
    const item = itemOf(value, tools)
    const seen = merged.get(item.key)
    merged.set(item.key, seen === undefined ? item : { ...seen, holders: seen.holders + item.holders })
  }
  return [...merged.values()].filter((value) => value.holders >= rule.minHolders)
}

/** Sorts by (script, band, log2 popularity, keyed digest): neighbours look alike and are equally common. */
const sorted = (values: readonly Item[], rule: CellRule, tools: CellTools): readonly Item[] => {
  const keyOf = (value: Item): string =>
    [
      value.script,
      value.band ?? '',
      String(Math.floor(Math.log2(Math.max(1, value.holders)))).padStart(3, '0'),
      tools.hmac('cell-order', rule.family, value.value),
    ].join('\u0000')
  return values
    .map((value) => ({ value, key: keyOf(value) }))
    .sort((a, b) => byKey(a.key, b.key))
    .map(({ value }) => value)
}

type Lists = readonly (readonly Item[])[]

/** Consecutive lists of `size`; the last takes the remainder, so none is shorter. */
const cutInto = (values: readonly Item[], size: number): Lists => {
  const count = Math.floor(values.length / size)
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * size, index === count - 1 ? undefined : (index + 1) * size),
  )
}

/** The list at a place; beyond either end there is none to exchange with. */
const listAt = (lists: Lists, at: number): readonly Item[] => lists[at] ?? []

const replaced = (list: readonly Item[], out: Item, into: Item): readonly Item[] =>
  list.map((item) => (item === out ? into : item))

/** The first exchange between list `at` and its neighbour `other` that leaves fewer faults, or null. */
const betterSwap = (lists: Lists, at: number, other: number): Lists | null => {
  const here = listAt(lists, at)
  const there = listAt(lists, other)
  const before = countFaults(here) + countFaults(there)
  for (const mine of here) {
    for (const theirs of there) {
      const newHere = replaced(here, mine, theirs)
      const newThere = replaced(there, theirs, mine)
      if (countFaults(newHere) + countFaults(newThere) < before)
        return lists.map((list, index) => (index === at ? newHere : index === other ? newThere : list))
    }
  }
  return null
}

/** Exchanges between two lists while that helps. */
const exchanged = (start: Lists, at: number, other: number): Lists => {
  let lists = start
  for (;;) {
    const better = betterSwap(lists, at, other)
    if (better === null) return lists
    lists = better
  }
}

/** A value may move this far to repair a list, in lists. */
const reach = 4

/** Repairs invalid lists by exchanges with neighbours, nearest first. */
const repaired = (start: Lists): Lists => {
  let lists = start
  for (let at = 0; at < lists.length; at += 1) {
    for (let step = 1; step <= reach && countFaults(listAt(lists, at)) > 0; step += 1)
      for (const other of [at + step, at - step]) lists = exchanged(lists, at, other)
  }
  return lists
}

/** The value whose removal heals a list most. */
const worstOf = (list: readonly Item[]): Item | undefined =>
  list
    .map((value) => ({ value, left: countFaults(list.filter((other) => other !== value)) }))
    .sort((a, b) => a.left - b.left || byKey(a.value.value, b.value.value))[0]?.value

/** Cuts and repairs; a value that fits into no valid list is set aside and the rest is cut anew, until all lists are valid. */
const validLists = (values: readonly Item[], size: number): Lists => {
  let pool = values
  while (pool.length >= size) {
    const lists = repaired(cutInto(pool, size))
    const outcasts = lists.filter((list) => countFaults(list) > 0).map((list) => worstOf(list))
    if (outcasts.length === 0) return lists
    pool = pool.filter((value) => !outcasts.includes(value))
  }
  return []
}

/** A list that is cut, and the old value among its values, if it got one. */
type CutList = { readonly list: readonly Item[]; readonly canary: Item | null }

/**
 * Gives as many lists as there are old values one each, counted among the list's values: the live ones are first cut one
 * shorter, and what finds no old value that fits is cut again at full size.
 */
const withCanaries = (pool: readonly Item[], size: number, canaries: readonly Item[]): readonly CutList[] => {
  const free = new Set(canaries)
  const fitting = (list: readonly Item[]): Item | null =>
    [...free].find((canary) => countFaults([...list, canary]) === 0) ?? null
  const given = (free.size === 0 ? [] : validLists(pool, size - 1)).flatMap((list): readonly CutList[] => {
    const canary = fitting(list)
    if (canary === null) return []
    free.delete(canary)
    return [{ list: [...list, canary], canary }]
  })
  const placed = new Set(given.flatMap(({ list }) => list))
  const rest = pool.filter((value) => !placed.has(value))
  return [...given, ...validLists(rest, size).map((list) => ({ list, canary: null }))]
}

/**
 * Cuts values into blocks. A pure function of its input: the same values give the same blocks in
 * every process. `waiting` holds values that found no valid list. `old`: values that were true long ago and are not now.
 */
export const cutCells = (
  values: readonly CellValue[],
  rule: CellRule,
  epoch: string,
  tools: CellTools,
  old: readonly CellValue[] = [],
): Cut => {
  const pool = sorted(usable(values, rule, tools), rule, tools)
  const keys = new Set(values.map((value) => itemOf(value, tools).key))
  const canaries = sorted(usable(old, { ...rule, minHolders: 0 }, tools), rule, tools)
    .filter((item) => !keys.has(item.key))
    .map((item) => ({ ...item, holders: 0 }))
  const blocks = withCanaries(pool, rule.size, canaries).map((cut) => publish(cut, rule, epoch, tools))
  const placed = new Set(blocks.flatMap((block) => block.values.map((value) => value.value)))
  return { blocks, waiting: pool.map((value) => value.value).filter((value) => !placed.has(value)) }
}

/** Names a list and fixes its order: by keyed digest of block and value, the same for everyone. */
const publish = ({ list, canary }: CutList, rule: CellRule, epoch: string, tools: CellTools): Block => {
  const names = list.map((item) => item.value).sort()
  const id = tools.hmac('block', rule.family, epoch, ...names).slice(0, 24)
  const values = list
    .map((item) => ({ item, place: tools.hmac('block-order', id, item.value) }))
    .sort((a, b) => byKey(a.place, b.place))
    .map(({ item: { value, label } }) => ({
      value,
      label,
      ...(canary?.value === value ? { canary: true as const } : {}),
    }))
  return { id, family: rule.family, epoch, values }
}

/** The list that holds a value; there is at most one. */
export const blockOf = (blocks: readonly Block[], value: string): Block | undefined =>
  blocks.find((block) => block.values.some((candidate) => candidate.value === value))
