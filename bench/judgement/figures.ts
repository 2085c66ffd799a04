/** Figures of one row: shares with intervals, and how well a number tells two groups apart. */
import { rateOf } from '#domain/risk/calibration/intervals.ts'
import type { Played } from './play.ts'

const percent = (share: number): number => Math.round(share * 1_000) / 10

/** A share of tries in per cent, with Wilson's 95 % interval, which is honest near 0 and 1. */
export type Share = { readonly percent: number; readonly from: number; readonly to: number }

const shareOf = (played: readonly Played[], holds: (one: Played) => boolean): Share => {
  const { share, lo, hi } = rateOf(played.filter(holds).length, played.length)
  return { percent: percent(share ?? 0), from: percent(lo ?? 0), to: percent(hi ?? 1) }
}

/** The answers of the product to the tries of one row. */
export const sharesOf = (played: readonly Played[]) => ({
  /** The link and the answers are enough. */
  approved: shareOf(played, ({ first }) => first.answer === 'approve'),
  /** One more kind of proof is asked for; nobody has to look at the case for that. */
  askedForMore: shareOf(played, ({ first }) => first.answer === 'hold' && first.next !== 'supervisor'),
  supervisor: shareOf(played, ({ first }) => first.answer === 'hold' && first.next === 'supervisor'),
  refused: shareOf(played, ({ first }) => first.answer === 'refuse'),
  /** After all that they can bring, approvers among it. */
  approvedInTheEnd: shareOf(played, ({ last }) => last.answer === 'approve'),
  refusedInTheEnd: shareOf(played, ({ last }) => last.answer === 'refuse'),
})

/** Area under the curve: the chance that the number of an attacker is above that of a genuine person; ties count half. */
export type Area = { readonly auc: number; readonly from: number; readonly to: number }

/** With its 95 % interval after Hanley and McNeil (1982). */
export const areaOf = (genuine: readonly number[], attackers: readonly number[]): Area => {
  const counts = new Map<number, number>()
  for (const r of genuine) counts.set(r, (counts.get(r) ?? 0) + 1)
  let above = 0
  for (const r of attackers)
    for (const [other, count] of counts) above += r > other ? count : r === other ? count / 2 : 0
  const [n, m] = [genuine.length, attackers.length]
  const auc = above / (n * m)
  const [one, two] = [auc / (2 - auc), (2 * auc ** 2) / (1 + auc)]
  const variance = (auc * (1 - auc) + (m - 1) * (one - auc ** 2) + (n - 1) * (two - auc ** 2)) / (n * m)
  const spread = 1.96 * Math.sqrt(Math.max(0, variance))
  const rounded = (x: number): number => Math.round(Math.min(1, Math.max(0, x)) * 1_000) / 1_000
  return { auc: rounded(auc), from: rounded(auc - spread), to: rounded(auc + spread) }
}

/** A point of the curve: shares of genuine people and of attackers at or above a number. */
export type Point = { readonly genuine: number; readonly attackers: number }

const shareFrom = (numbers: readonly number[], from: number): number =>
  numbers.filter((r) => r >= from).length / numbers.length

/** The curve over every threshold in tenths, from nobody to everybody. */
export const curveOf = (genuine: readonly number[], attackers: readonly number[]): readonly Point[] =>
  Array.from({ length: 102 }, (_, step) => (101 - step) / 10).map((from) => ({
    genuine: shareFrom(genuine, from),
    attackers: shareFrom(attackers, from),
  }))

/** The largest share of attackers, per cent, that a threshold catches while it asks at most so many genuine people for more. */
export const caughtAt = (curve: readonly Point[], genuine: number): number =>
  percent(Math.max(0, ...curve.filter((point) => point.genuine <= genuine).map(({ attackers }) => attackers)))
