/** Damping of correlated hits and the caps of categories. */
import type { CheckResult } from './check.ts'

export type Cap = { lo: number; hi: number }

/**
 * Sum of one category in hundredths of a dB: groups damped, rounded, then added as integers and capped. The data
 * quality of 8.6 is applied to each hit; where one quality holds for a whole group this is the same as scaling the group.
 */
export function sumCategory(hits: readonly CheckResult[], cap: Cap): number {
  let sum = 0
  for (const group of groupsOf(hits).values()) sum += sumGroup(group)
  return clamp(sum, cap)
}

/**
 * The same sum without one of its hits: only the group of that hit is added up again, since groups add as integers.
 * Asked for every reason of a score, it would otherwise be most of the work.
 */
export function sumsWithout(hits: readonly CheckResult[], cap: Cap): (left: CheckResult) => number {
  const groups = [...groupsOf(hits)].map(([name, group]) => ({ name, group, sum: sumGroup(group) }))
  return (left) =>
    clamp(
      groups.reduce(
        (total, { name, group, sum }) =>
          total + (name === left.group ? sumGroup(group.filter((hit) => hit !== left)) : sum),
        0,
      ),
      cap,
    )
}

/** One group in hundredths of a dB. */
function sumGroup(group: readonly CheckResult[]): number {
  const plus: number[] = []
  const minus: number[] = []
  for (const { weight, quality } of group) {
    const db = weight * quality
    if (db > 0) plus.push(db)
    else if (db < 0) minus.push(-db)
  }
  return hundredths(dampedSum(plus) - dampedSum(minus))
}

/** Strongest fully, next half, next a quarter. Equal sizes may swap places: the sum is the same. */
function dampedSum(sizes: number[]): number {
  return sizes.sort((a, b) => b - a).reduce((sum, size, index) => sum + size * 0.5 ** index, 0)
}

/** The contribution of each hit, dB: its damped weight, scaled down where the category is at its cap. */
export function shareOut(
  hits: readonly CheckResult[],
  cap: Cap,
): readonly { result: CheckResult; applied: number }[] {
  const all = [...groupsOf(hits).values()].flatMap(damped)
  const minus = all.filter((hit) => hit.db < 0).reduce((sum, hit) => sum + hit.db, 0)
  const plus = all.filter((hit) => hit.db > 0).reduce((sum, hit) => sum + hit.db, 0)
  const capped = Math.min(cap.hi, Math.max(cap.lo, minus + plus))
  const scale = {
    minus: minus + plus < cap.lo ? (capped - plus) / minus : 1,
    plus: minus + plus > cap.hi ? (capped - minus) / plus : 1,
  }
  return all.map(({ result, db }) => ({
    result,
    applied: hundredths(db * (db < 0 ? scale.minus : scale.plus)) / 100,
  }))
}

type Damped = { result: CheckResult; db: number; factor: number }

/** The sum of one category, before its cap. */
export type MakeUp = {
  /** dB, rounded as the score rounds. */
  sum: number
  groups: readonly {
    group: string
    /** `factor`: what the place within the group leaves of it, 1, ½, ¼ …; `db`: what is added. */
    hits: readonly { result: CheckResult; factor: number; db: number }[]
  }[]
}

/** Weights, quality and damping of one category's live hits, for those who may see how a score came about. */
export function makeUpOf(hits: readonly CheckResult[]): MakeUp {
  const groups = [...groupsOf(hits)]
    .map(([group, all]) => ({ group, hits: damped(all).filter(({ result }) => result.weight !== 0) }))
    .filter((group) => group.hits.length > 0)
  return { sum: sumCategory(hits, { lo: -Infinity, hi: Infinity }) / 100, groups }
}

function groupsOf(hits: readonly CheckResult[]): ReadonlyMap<string, readonly CheckResult[]> {
  const groups = new Map<string, CheckResult[]>()
  for (const hit of hits) {
    const group = groups.get(hit.group)
    if (group === undefined) groups.set(hit.group, [hit])
    else group.push(hit)
  }
  return groups
}

/** Strongest fully, next half, next a quarter; against and for apart; ties by code, so that order cannot matter. */
function damped(group: readonly CheckResult[]): readonly Damped[] {
  const weighed = group.map((result) => ({ result, db: result.weight * result.quality, factor: 1 }))
  // One alone is a group of its own: most are.
  if (weighed.length === 1) return weighed
  return [weighed.filter((hit) => hit.db < 0), weighed.filter((hit) => hit.db >= 0)].flatMap((side) =>
    side
      .sort((a, b) => Math.abs(b.db) - Math.abs(a.db) || byText(a.result.code, b.result.code))
      .map((hit, index) => ({ ...hit, db: hit.db * 0.5 ** index, factor: 0.5 ** index })),
  )
}

/** Half away from zero, so that minus and plus are treated alike. */
function hundredths(db: number): number {
  return Math.sign(db) * Math.round(Math.abs(db) * 100)
}

function clamp(sum: number, cap: Cap): number {
  return Math.min(cap.hi * 100, Math.max(cap.lo * 100, sum))
}

/** Order of code units, the same in every language setting. */
export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
