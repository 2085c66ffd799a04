import type { Cap } from './policy.ts'

/** How often something happened within each cap's window, in the order of the caps. */
export type Counts = readonly number[]

/** Whether one more would exceed any cap. A count that is missing counts as reached: limits fail closed. */
export const isCapReached = (caps: readonly Cap[], counts: Counts): boolean =>
  caps.some((cap, index) => (counts[index] ?? cap.max) >= cap.max)
