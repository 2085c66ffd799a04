import { ApplicationFailure } from '@temporalio/common'

/**
 * A supervisor looks after the case first (docs/adr/0010-silent-signal.md). Nothing is recorded, so that nothing gives the
 * signal away; Temporal asks again after so many seconds.
 */
export const notYet = (seconds: number): ApplicationFailure =>
  ApplicationFailure.create({ message: 'not yet', type: 'not_yet', nextRetryDelay: `${String(seconds)}s` })

/**
 * Seconds between the tries of an activity that has ten of them. Soon at first; together less than the five minutes that a
 * typed password lives, so that the page asks for it anew where the wait was longer.
 */
const pauses = [3, 3, 5, 5, 10, 15, 30, 60, 120] as const

/** The same for an activity that may not wait for ever: `attempt` is the one that runs, from 1. */
export const notYetAt = (attempt: number): ApplicationFailure => notYet(pauses[attempt - 1] ?? 120)
