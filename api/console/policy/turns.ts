import { setImmediate as pause } from 'node:timers/promises'
import { Unavailable } from '../../errors.ts'

/** Heavy calculations of one process at a time, and of one tenant (security.md H11). */
const mostAtOnce = 2

/** Lets few heavy calculations run side by side; others are told to come again. */
export type Turns = {
  /** @throws Unavailable when this tenant has one running, or enough others have */
  run<T>(tenantId: string, work: () => Promise<T>): Promise<T>
}

/** Turns of one process. */
export const createTurns = (): Turns => {
  const running = new Set<string>()
  return {
    run: async (tenantId, work) => {
      if (running.has(tenantId) || running.size >= mostAtOnce) throw new Unavailable(2)
      running.add(tenantId)
      try {
        return await work()
      } finally {
        running.delete(tenantId)
      }
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
