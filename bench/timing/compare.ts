/** Finds out if two lists of times differ in a way that an observer could measure (H2). */
import { median, rounded } from '../lib/report.ts'

/** Area under the curve: how likely a time of `b` is longer than one of `a`; half of those that are equal. 0.5: nobody can tell. */
export const aucOf = (a: readonly number[], b: readonly number[]): number => {
  const all = [...a.map((ms) => ({ ms, isB: false })), ...b.map((ms) => ({ ms, isB: true }))].sort(
    (one, other) => one.ms - other.ms,
  )
  let rankSum = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]?.ms === all[from]?.ms) to += 1
    // Ranks from 1; equal times share the middle of theirs.
    const rank = (from + 1 + to) / 2
    for (const { isB } of all.slice(from, to)) if (isB) rankSum += rank
    from = to
  }
  return (rankSum - (b.length * (b.length + 1)) / 2) / (a.length * b.length)
}

/** The comparison of two lists: distance of the AUC from 0.5, and of the medians in ms. */
export const compare = (a: readonly number[], b: readonly number[]) => ({
  auc: rounded(Math.abs(aucOf(a, b) - 0.5)),
  medianMs: rounded(Math.abs(median(a) - median(b))),
})
