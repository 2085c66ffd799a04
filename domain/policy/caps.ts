import type { Cap } from './policy.ts'

/** The counts within each cap's window, in the order of the caps. */
export type Counts = readonly number[]

/** True if one more would exceed any cap. A count that is missing counts as reached: limits fail closed. */
export const isCapReached = (caps: readonly Cap[], counts: Counts): boolean =>
  caps.some((cap, index) => (counts[index] ?? cap.max) >= cap.max)
