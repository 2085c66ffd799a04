import type { Logger } from '#platform/process/log.ts'

/** A piece of work that is done again and again for as long as this process lives, whether Temporal answers or not. */
export type Loop = {
  readonly name: string
  readonly everyMs: number
  /** Gives how much it did, where that is counted. */
  readonly work: () => Promise<unknown>
  /** There may be more than one look takes: it is looked again at once until nothing was left. */
  readonly drains?: true
}

const longestBackOff = 10

/** Runs until the signal; a failure is logged and waited out, longer each time, and never ends the loop. */
export const runLoop = async (
  { name, everyMs, work, drains }: Loop,
  log: Logger,
  signal: AbortSignal,
): Promise<void> => {
  let failures = 0
  while (!signal.aborted) {
    let isMore = false
    try {
      const done = await work()
      isMore = drains === true && typeof done === 'number' && done > 0
      failures = 0
    } catch (error) {
      failures += 1
      log.warn('a loop could not do its work', { part: name, attempt: failures, error })
    }
    if (!isMore) await rest(everyMs * Math.min(longestBackOff, failures + 1), signal)
  }
}

/** Waits, or returns at once when the signal fires. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
