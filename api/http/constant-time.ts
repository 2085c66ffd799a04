import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits until an answer may leave: at its floor, or at the next multiple of it, so that work that once took longer does not
 * show how much (H2). `begun`: of `performance.now()`; `ms`: 0 for answers that may leave at once.
 */
export const atConstantTime = async (begun: number, ms: number): Promise<void> => {
  if (ms === 0) return
  const taken = performance.now() - begun
  // A timer counts whole milliseconds and may be early by less than one.
  await pause(Math.ceil(Math.max(Math.ceil(taken / ms), 1) * ms - taken) + 1)
}
