import { expect, it } from 'vitest'
import { createBreather } from './breather.ts'

it('is due once a piece has taken its time, and lets others run in a rest', async () => {
  const breather = createBreather(5)
  expect(breather.isDue()).toBe(false)
  const end = performance.now() + 6
  while (performance.now() < end);
  expect(breather.isDue()).toBe(true)
  let hasRun = false
  setImmediate(() => {
    hasRun = true
  })
  await breather.rest()
  expect(hasRun).toBe(true)
  expect(createBreather(1_000_000).isDue()).toBe(false)
})
