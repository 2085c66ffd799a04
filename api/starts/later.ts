import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '#platform/server/log.ts'
import { Unavailable } from '../errors.ts'

/** Work that waits at most; more is turned away, whoever asks for it (security.md H12). */
const most = 200
const atOnce = 2
/** Between these bounds, milliseconds: an answer, and what follows it, have nothing to do with each other in time (H2). */
const delay = { least: 300, most: 1_500 }

/** Does work after its request was answered: a few at a time, each a chance while later. */
export type Later = {
  /** @throws Unavailable where too much waits already */
  do(work: () => Promise<void>): void
  /** Ends once nothing waits any more. */
  settled(): Promise<void>
}

/** Makes a queue for one process. */
export const createLater = (log: Logger, wait = delay): Later => {
  const queue: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()
  const run = async (work: () => Promise<void>): Promise<void> => {
    await pause(wait.least + Math.random() * (wait.most - wait.least))
    try {
      await work()
    } catch (error) {
      log.warn('work after an answer failed', { error })
    }
  }
  const next = (): void => {
    while (running.size < atOnce) {
      const work = queue.shift()
      if (work === undefined) return
      const one = run(work).finally(() => {
        running.delete(one)
        next()
      })
      running.add(one)
    }
  }
  return {
    do: (work) => {
      if (queue.length >= most) throw new Unavailable(30)
      queue.push(work)
      next()
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
