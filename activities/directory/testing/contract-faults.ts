import { describe, expect, it } from 'vitest'
import type { Directory } from '../port.ts'
import type { DirectoryBench } from './bench.ts'
import { faultKinds, startCuttingProxy } from './cutting-proxy.ts'
import {
  type Faulted,
  faultedReset,
  faultOf,
  isLie,
  quickKinds,
  usualSlowEvery,
  withinLimits,
} from './faults.ts'

/** A directory that can be reached through a proxy. */
export type FaultScene = {
  readonly bench: DirectoryBench
  /** Where the server itself listens. */
  readonly port: number
  /** The adapter, with the server at another port of this machine. */
  at(port: number): Directory
}

/** The number of resets that are played, the pieces that one reset sends, and the time that all may take. */
export type FaultPlan = {
  readonly resets: number
  readonly pieces: number
  readonly limitMs: number
  /** A fault that waits for a deadline comes once in so many. */
  readonly slowEvery?: number
}

/** Faults on the wire, of every kind: cut before and after, reset, garbage, stalled, and one byte a second. */
export const describeFaults = (
  open: () => FaultScene,
  { resets, pieces, limitMs, slowEvery = usualSlowEvery }: FaultPlan,
): void => {
  describe('R4: a fault on the wire at any piece of a reset', () => {
    it(
      'never writes twice by the directory’s own count, and what is said is what the directory holds',
      async () => {
        const { bench, port, at } = open()
        const proxy = await startCuttingProxy(port)
        const through = withinLimits(at(proxy.port))
        const whole = await faultedReset(bench, through, proxy, { piece: 0, when: 'before' })
        expect(whole).toMatchObject({ said: 'done', wasLost: false, writes: 1, signsIn: true })
        const results: Faulted[] = []
        for (let index = 0; index < resets; index += 1)
          results.push(await faultedReset(bench, through, proxy, faultOf(index, pieces, slowEvery)))
        await proxy.close()
        expect(results.filter(({ writes }) => writes > 1)).toEqual([])
        expect(results.filter(isLie)).toEqual([])
        expect(new Set(results.map(({ cut }) => cut.when))).toEqual(
          // The slow ones come in their turn, and wait for deadlines.
          new Set(resets < 2 * slowEvery ? quickKinds : faultKinds),
        )
        // The proxy really lost answers of writes that were done, and kept some from happening.
        expect(results.some(({ wasLost, writes }) => wasLost && writes === 1)).toBe(true)
        expect(results.some(({ wasLost, writes }) => wasLost && writes === 0)).toBe(true)
      },
      limitMs,
    )
  })
}
