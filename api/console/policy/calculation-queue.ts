import { setImmediate as pause, setTimeout as after } from 'node:timers/promises'
import { Unavailable } from '../../http/errors.ts'

/** Heavy calculations of one process at a time, and of one tenant (H11). */
const mostAtOnce = 2
/** Those who wait for a turn, at most, and how long. */
const mostWaiting = 8
const longestWaitMs = 5_000

/** Runs few heavy calculations side by side; a few others wait, the rest is refused with a time to come again. */
export type CalculationQueue = {
  /** @throws Unavailable when this tenant has one running, or enough others have, and that does not end soon */
  run<T>(tenantId: string, work: () => Promise<T>): Promise<T>
}

/** The queue of one process. */
export const createCalculationQueue = ({
  waitMs = longestWaitMs,
}: { waitMs?: number } = {}): CalculationQueue => {
  const running = new Map<string, Promise<unknown>>()
  let waiting = 0
  const nextEnd = async (leftMs: number): Promise<void> => {
    if (leftMs <= 0 || waiting >= mostWaiting) throw new Unavailable(2)
    const enough = new AbortController()
    const { signal } = enough
    waiting += 1
    try {
      await Promise.race([...running.values(), after(leftMs, undefined, { signal }).catch(() => undefined)])
    } finally {
      waiting -= 1
      enough.abort()
    }
  }
  return {
    run: async (tenantId, work) => {
      const until = Date.now() + waitMs
      while (running.has(tenantId) || running.size >= mostAtOnce) await nextEnd(until - Date.now())
      const result = work()
      running.set(
        tenantId,
        result.catch(() => undefined).finally(() => running.delete(tenantId)),
      )
      return result
    },
  }
}

/** Handles items one by one and lets other requests in between; stops when nobody waits for the answer any more. */
export const withBreaks = async <T>(
  items: readonly T[],
  hasLeft: () => boolean,
  handle: (item: T) => void,
): Promise<void> => {
  for (const [index, item] of items.entries()) {
    if (index % 25 === 24) await pause()
    if (hasLeft()) return
    handle(item)
  }
}
