/**
 * Finds out if an attacker collects a family's lists: in one day many different lists of it are shown to cases that end badly
 * or are left. A participant whose case goes wrong sees one list of each family; an attacker who plays many people sees many,
 * and each shows five names or values. Counted over all networks, and for each network (ASN) by itself.
 *
 * Ordinary days have bad cases too, and a family with few lists has shown all of them by noon. So a day must differ from what
 * is usual on its weekday, whatever share it comes to.
 */
import type { CellFamily } from './facts.ts'

/** Lists of one family shown within a day to cases that did not pass. */
export type ShownLists = {
  readonly family: CellFamily
  /** Number of the network that the cases came from; null: over all of them. */
  readonly asn: number | null
  /** Cases that did not pass and were shown a list of the family. */
  readonly cases: number
  /** Different lists that they were shown, of those in force. */
  readonly lists: number
}

/** An ordinary day, which a day is compared with. */
export type Ordinary = {
  /** Lists of the family in force, all those that could be collected. */
  readonly inForce: number
  /** Such cases on the same weekday, on average of the weeks before. */
  readonly usualCases: number
}

/** The least counts that make a day a harvest. A day must reach all of them; `manyLists` may replace the share. */
export type HarvestRule = {
  readonly leastCases: number
  readonly leastLists: number
  /** The least share of the lists in force. */
  readonly leastShare: number
  /** As many as this are a harvest however small a share they are of a large organisation's. */
  readonly manyLists: number
}

/**
 * Over all networks: ten cases are far above the one or two a day that go wrong in an organisation of some hundred people
 * (the simulated genuine people of docs/questions.md: one in fifteen). Three lists, since of a family that has two any two
 * cases see all. A quarter of the lists, since fifty victims give away five sixths of the names of 600 people and that is to be noticed long before. Twenty is what one agent may have shown in a whole day to people of any kind
 *, most of whom pass.
 */
const everywhere: HarvestRule = { leastCases: 10, leastLists: 3, leastShare: 1 / 4, manyLists: 20 }

/** From one network half of it: genuine people come from many networks, an attacker who plays them all from few. */
const oneNetwork: HarvestRule = { leastCases: 5, leastLists: 3, leastShare: 1 / 8, manyLists: 10 }

/** The rule for what was counted. */
export const harvestRuleFor = ({ asn }: Pick<ShownLists, 'asn'>): HarvestRule =>
  asn === null ? everywhere : oneNetwork

/**
 * A count that comes by chance around a mean m spreads by its root (Poisson); four of those above it come about once in
 * ten thousand days. One is added to the mean, which itself is only known from a few weeks.
 */
const spreads = 4

/** More such cases than this are out of the ordinary. */
export const mostUsual = (usualCases: number): number => usualCases + spreads * Math.sqrt(usualCases + 1)

/** True if a day's lists are a harvest. With `usualCases` at 0: true if it is worth counting the usual number. */
export const isHarvest = (shown: ShownLists, { inForce, usualCases }: Ordinary): boolean => {
  const rule = harvestRuleFor(shown)
  const isMuch = shown.lists >= Math.min(rule.manyLists, Math.ceil(rule.leastShare * inForce))
  return (
    shown.cases >= rule.leastCases &&
    shown.lists >= rule.leastLists &&
    isMuch &&
    shown.cases > mostUsual(usualCases)
  )
}
