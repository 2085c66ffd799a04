/** Shares with the interval in which the true one lies, at 95 %. */

/** A share of counted cases. `share`, `lo`, `hi`: 0..1; null where nothing was counted. */
export type Rate = {
  readonly hits: number
  readonly of: number
  readonly share: number | null
  readonly lo: number | null
  readonly hi: number | null
}

/** A value with its interval. */
export type Measured = { readonly value: number; readonly lo: number; readonly hi: number }

/** Standard deviations of a 95 % interval. */
export const z95 = 1.959964

/** Wilson's interval: keeps within 0 and 1 and says something at 0 hits too. */
export function rateOf(hits: number, of: number): Rate {
  if (of === 0) return { hits, of, share: null, lo: null, hi: null }
  const share = hits / of
  const z2 = z95 * z95
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const half = (z95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of)
  return { hits, of, share, lo: Math.max(0, middle - half), hi: Math.min(1, middle + half) }
}

/**
 * The ratio of the first share to the second, by Katz's interval on the logarithm. Half a hit is added on both sides,
 * so that no share is nought.
 */
export function ratioOf(first: Rate, second: Rate): Measured {
  const [a, n, b, m] = [first.hits + 0.5, first.of + 0.5, second.hits + 0.5, second.of + 0.5]
  const log = Math.log(a / n / (b / m))
  const half = z95 * Math.sqrt(Math.max(0, 1 / a - 1 / n + 1 / b - 1 / m))
  return { value: Math.exp(log), lo: Math.exp(log - half), hi: Math.exp(log + half) }
}
