import { ApplicationFailure } from '@temporalio/common'

/**
 * Somebody looks after the case first (docs/adr/0010-silent-signal.md). Nothing is recorded, so that nothing tells; Temporal
 * asks again after so many seconds.
 */
export const notYet = (seconds: number): ApplicationFailure =>
  ApplicationFailure.create({ message: 'not yet', type: 'not_yet', nextRetryDelay: `${String(seconds)}s` })

/**
 * Seconds between the tries of what is given ten of them. Soon at first; together less than the five minutes that a typed password
 * lives, so that it is asked for anew where the wait was longer.
 */
const pauses = [3, 3, 5, 5, 10, 15, 30, 60, 120] as const

/** The same for what may not wait for ever: `attempt` is the one that runs, from 1. */
export const notYetAt = (attempt: number): ApplicationFailure => notYet(pauses[attempt - 1] ?? 120)
