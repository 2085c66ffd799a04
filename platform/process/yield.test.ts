import { expect, it } from 'vitest'
import { createYield } from './yield.ts'

it('is due once a piece has taken its time, and lets others run in a rest', async () => {
  const yielding = createYield(5)
  expect(yielding.isDue()).toBe(false)
  const end = performance.now() + 6
  while (performance.now() < end);
  expect(yielding.isDue()).toBe(true)
  let hasRun = false
  setImmediate(() => {
    hasRun = true
  })
  await yielding.rest()
  expect(hasRun).toBe(true)
  expect(createYield(1_000_000).isDue()).toBe(false)
})
