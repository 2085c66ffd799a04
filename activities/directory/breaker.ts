/**
 * A directory that does not answer is left alone for a while instead of being asked again and again (N8): after
 * some failures in a row it is not asked at all, then by one question at a time until it answers.
 */
import { DirectoryError, type DirectoryProblem } from './directory-error.ts'

/** `closed`: asked as ever · `open`: not asked · `half_open`: one question is on its way to see whether it answers. */
export type BreakerState = 'closed' | 'open' | 'half_open'

/** The patience of a breaker. `now`: milliseconds of any clock that only goes forward. */
export type BreakerOptions = {
  readonly failures: number
  readonly restMs: number
  readonly now: () => number
}

/** Keeps questions from a directory that does not answer. */
export type Breaker = {
  readonly state: () => BreakerState
  /** Asks, unless it rests. @throws DirectoryError `unreachable` at once while it rests */
  ask<T>(work: () => Promise<T>): Promise<T>
}

/** True if the directory is not there, or has no time; a refusal or an unknown account is an answer. */
const isSilence = (problem: DirectoryProblem): boolean => problem === 'unreachable' || problem === 'throttled'

/** Makes a breaker that is closed. */
export const createBreaker = ({ failures, restMs, now }: BreakerOptions): Breaker => {
  let inARow = 0
  let openedAt: number | null = null
  let isProbing = false
  const state = (): BreakerState => {
    if (openedAt === null) return 'closed'
    return isProbing || now() - openedAt >= restMs ? 'half_open' : 'open'
  }
  const succeeded = (): void => {
    inARow = 0
    openedAt = null
  }
  const failed = (): void => {
    inARow += 1
    if (openedAt !== null || inARow >= failures) openedAt = now()
  }
  return {
    state,
    ask: async (work) => {
      const before = state()
      if (before === 'open' || (before === 'half_open' && isProbing)) throw new DirectoryError('unreachable')
      const isProbe = before === 'half_open'
      if (isProbe) isProbing = true
      try {
        const answer = await work()
        succeeded()
        return answer
      } catch (error) {
        // Whatever is no word of a directory was ours, and says nothing about it.
        if (error instanceof DirectoryError)
          if (isSilence(error.problem)) failed()
          else succeeded()
        throw error
      } finally {
        if (isProbe) isProbing = false
      }
    },
  }
}
