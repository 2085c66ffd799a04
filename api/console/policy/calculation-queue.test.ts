import { expect, it } from 'vitest'
import { Unavailable } from '../../http/errors.ts'
import { createCalculationQueue, withBreaks } from './calculation-queue.ts'

const waiting = () => {
  let end: () => void = () => undefined
  const done = new Promise<void>((resolve) => (end = resolve))
  return { work: () => done, end }
}

it('H11: one calculation of a tenant and two of all at a time; a request that waits too long gets a time to come again', async () => {
  const calculations = createCalculationQueue({ waitMs: 5 })
  const [one, two] = [waiting(), waiting()]
  const running = [calculations.run('a', one.work), calculations.run('b', two.work)]
  for (const tenant of ['a', 'b', 'c'])
    await expect(calculations.run(tenant, () => Promise.resolve())).rejects.toThrow(Unavailable)
  one.end()
  await running[0]
  expect(await calculations.run('c', () => Promise.resolve(7))).toBe(7)
  two.end()
  await running[1]
})

it('H11: few wait for their turn and get it, one after the other; more are sent away at once', async () => {
  const calculations = createCalculationQueue({ waitMs: 60_000 })
  const first = waiting()
  const running = calculations.run('a', first.work)
  let now = 0
  let most = 0
  const later = Array.from({ length: 8 }, (_, index) =>
    calculations.run('a', async () => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now -= 1
      return index
    }),
  )
  await expect(calculations.run('a', () => Promise.resolve())).rejects.toThrow(Unavailable)
  first.end()
  await running
  expect(await Promise.all(later)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(most).toBe(1)
})

it('a calculation that fails gives its turn back', async () => {
  const calculations = createCalculationQueue()
  await expect(calculations.run('a', () => Promise.reject(new Error('on purpose')))).rejects.toThrow(
    'on purpose',
  )
  expect(await calculations.run('a', () => Promise.resolve(1))).toBe(1)
})

it('lets others in between, and stops when the caller has left', async () => {
  const handled: number[] = []
  let others = 0
  const timer = setImmediate(function again() {
    others += 1
    if (others < 4) setImmediate(again)
  })
  const items = Array.from({ length: 1000 }, (_, index) => index)
  await withBreaks(
    items,
    () => handled.length >= 120,
    (item) => handled.push(item),
  )
  clearImmediate(timer)
  expect(handled).toHaveLength(120)
  expect(others).toBeGreaterThanOrEqual(4)
})
