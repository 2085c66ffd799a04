import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '#platform/process/log.ts'
import { Unavailable } from '../http/errors.ts'

/** Most work that may wait; more is turned away from every caller (H12). */
const most = 200
const atOnce = 4
/** The wait is between these bounds, in milliseconds, so that the time of the work says nothing about the answer (H2). */
const delay = { least: 300, most: 1_500 }

/** The queue does work after its request was answered: a few at a time, each after a random wait. */
export type BackgroundQueue = {
  /** @throws Unavailable where too much waits already */
  do(work: () => Promise<void>): void
  /** Ends once nothing waits any more. */
  settled(): Promise<void>
}

/** Makes a queue for one process. */
export const createBackgroundQueue = (log: Logger, wait = delay): BackgroundQueue => {
  const due: (() => void)[] = []
  const waiting = new Set<Promise<void>>()
  let working = 0
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.warn('work after an answer failed', { error })
    }
  }
  /** Takes a place among those that work, in the order in which their while was over. */
  const place = (): Promise<void> => {
    if (working < atOnce) {
      working += 1
      return Promise.resolve()
    }
    return new Promise((resolve) => due.push(resolve))
  }
  const leave = (): void => {
    const next = due.shift()
    if (next === undefined) working -= 1
    else next()
  }
  const one = async (work: () => Promise<void>): Promise<void> => {
    await pause(wait.least + Math.random() * (wait.most - wait.least))
    await place()
    await run(work)
    leave()
  }
  return {
    do: (work) => {
      if (waiting.size >= most) throw new Unavailable(30)
      const done = one(work).finally(() => waiting.delete(done))
      waiting.add(done)
    },
    settled: async () => {
      while (waiting.size > 0) await Promise.all(waiting)
    },
  }
}
