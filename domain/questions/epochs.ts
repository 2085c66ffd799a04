import { cutCells, type Block, type CellRule, type CellTools, type CellValue } from './cells.ts'

/** The epoch of a moment: its calendar quarter in UTC, "2026-Q4". */
export const epochOf = (at: Date): string => `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`

/** The result of an epoch change. Blocks in `keep` stay as they are, for ever the same lists. */
export type EpochChange = {
  readonly keep: readonly Block[]
  readonly retire: readonly Block[]
  readonly publish: readonly Block[]
  readonly waiting: readonly string[]
}

/** The true values of a family at an epoch change. */
export type LiveValues = {
  /** Values that may be listed. */
  readonly listable: readonly CellValue[]
  /** Everything that is still true, or still there: what is missing here is dead. */
  readonly alive: ReadonlySet<string>
  /** Values that were true more than three years ago and are not now: canaries. */
  readonly old: readonly CellValue[]
}

/** A block with this many dead values is retired as a whole. */
const deadThatRetire = 2

/**
 * Moves a family to a new epoch. Existing blocks are never cut anew: a dead value stays as a decoy. A block with two or more
 * dead values is retired, and its live values wait with the new ones; where fewer values wait than a list needs, they wait
 * for the next epoch. Re-cutting would let anyone who saw two lists find the truth (61 % instead of 20 %).
 */
export const changeEpoch = (
  current: readonly Block[],
  { listable, alive, old }: LiveValues,
  rule: CellRule,
  epoch: string,
  tools: CellTools,
): EpochChange => {
  const dead = (block: Block): number =>
    block.values.filter((value) => value.canary !== true && !alive.has(value.value)).length
  const retire = current.filter((block) => dead(block) >= deadThatRetire)
  const keep = current.filter((block) => !retire.includes(block))
  const listed = new Set(keep.flatMap((block) => block.values.map((value) => value.value)))
  const isNew = ({ value }: CellValue): boolean => !listed.has(value)
  // A value that any list has shown, the retired ones included, is no canary of another.
  const known = new Set(current.flatMap((block) => block.values.map((value) => value.value)))
  const unseen = old.filter(({ value }) => !known.has(value) && !alive.has(value))
  const cut = cutCells(listable.filter(isNew), rule, epoch, tools, unseen)
  return { keep, retire, publish: cut.blocks, waiting: cut.waiting }
}

/** A list that was shown for a value, from the disclosure log. */
export type Disclosure = {
  readonly valueDigest: string
  readonly blockId: string
  /** Last showing, milliseconds since 1970. */
  readonly at: number
}

const restMs = 180 * 24 * 3600 * 1000

/**
 * One fact, one list: a list may be shown for a value only when no *different* list was shown for the same value, to
 * anyone, within the last 180 days.
 */
export const isOnlyList = (
  valueDigest: string,
  blockId: string,
  disclosures: readonly Disclosure[],
  now: number,
): boolean =>
  !disclosures.some(
    (shown) => shown.valueDigest === valueDigest && shown.blockId !== blockId && now - shown.at < restMs,
  )
