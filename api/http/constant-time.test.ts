import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { atConstantTime } from './constant-time.ts'

const timed = async (work: number, ms: number): Promise<number> => {
  const begun = performance.now()
  await pause(work)
  await atConstantTime(begun, ms)
  return performance.now() - begun
}

it('H2: an answer leaves at its floor, however little it took', async () => {
  // A timer may be early by less than a millisecond.
  for (const work of [0, 30, 90]) expect(await timed(work, 200)).toBeGreaterThanOrEqual(199)
})

it('H2: what took longer than the floor leaves at a multiple of it, and does not show how much', async () => {
  for (const work of [210, 280]) expect(await timed(work, 200)).toBeGreaterThanOrEqual(399)
})

it('an answer without a floor leaves at once', async () => {
  expect(await timed(0, 0)).toBeLessThan(150)
})
