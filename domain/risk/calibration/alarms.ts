/** Says how often a check fires on genuine people, and what follows for one that is still in shadow. */
import { dayMs } from './case.ts'
import type { Rate } from './intervals.ts'

/** A check is watched so long before anything is said. */
export const watchDays = 14
/** Genuine people looked at, below which nothing is said. */
export const enoughLooked = 100
const oftenShare = 0.05
const tooOftenShare = 0.1

/**
 * `fine`: it may count at its full weight · `halve`: at half of it, until explained · `demote`: it is information and no
 * more, until explained.
 */
export type AlarmAdvice = 'fine' | 'halve' | 'demote' | 'too_young' | 'too_little_data'

/**
 * The advice that follows from an alarm rate. `firstSeenAt`: start of the first case that has a result of the check,
 * epoch ms.
 */
export function adviceOf(alarms: Rate, firstSeenAt: number, now: number): AlarmAdvice {
  if (alarms.share === null || alarms.of < enoughLooked) return 'too_little_data'
  if (now - firstSeenAt < watchDays * dayMs) return 'too_young'
  if (alarms.share > tooOftenShare) return 'demote'
  return alarms.share > oftenShare ? 'halve' : 'fine'
}
