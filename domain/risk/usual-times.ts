/** Limits for the time of an answer, from the time that others of the organisation take for questions of the same family. */
import type { UsualTime } from './facts.ts'

/** Fewer people say nothing about what is usual: fixed limits hold. */
export const fewestTimed = 30
/** Days back; older answers are to other questions, or by other people. */
export const timedDays = 180

/** From the outer tenth to where one in some thousands is, by the spread between the tenths; times are lognormal. */
const reach = 0.87
/**
 * However slow or quick the others were, the limits stay within these: whoever feeds the organisation with slow cases makes
 * looking an answer up no more usual than that, and makes nobody too fast who takes two seconds.
 */
const bounds = { slow: { low: 30, high: 120 }, fast: { low: 0.8, high: 2 } } as const
const fixed: TimeLimits = { fast: bounds.fast.low, slow: 75 }

/** Seconds. */
export type TimeLimits = { readonly fast: number; readonly slow: number }

export function timeLimits(usual: UsualTime | undefined): TimeLimits {
  if (usual === undefined || usual.low <= 0) return fixed
  const beyond = Math.max(1, usual.high / usual.low) ** reach
  return {
    fast: within(bounds.fast, usual.low / beyond),
    slow: within(bounds.slow, usual.high * beyond),
  }
}

const within = ({ low, high }: { readonly low: number; readonly high: number }, seconds: number): number =>
  Math.min(high, Math.max(low, seconds))
