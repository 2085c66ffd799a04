import { expect, it } from 'vitest'
import { Unavailable } from '../../errors.ts'
import { createTurns, withBreaks } from './turns.ts'

const waiting = () => {
  let end: () => void = () => undefined
  const done = new Promise<void>((resolve) => (end = resolve))
  return { work: () => done, end }
}

it('H11: one calculation of a tenant and two of all at a time; others are told when to come again', async () => {
  const turns = createTurns()
  const [one, two] = [waiting(), waiting()]
  const running = [turns.run('a', one.work), turns.run('b', two.work)]
  for (const tenant of ['a', 'b', 'c'])
    await expect(turns.run(tenant, () => Promise.resolve())).rejects.toThrow(Unavailable)
  one.end()
  await running[0]
  expect(await turns.run('c', () => Promise.resolve(7))).toBe(7)
  two.end()
  await running[1]
})

it('a calculation that fails gives its turn back', async () => {
  const turns = createTurns()
  await expect(turns.run('a', () => Promise.reject(new Error('on purpose')))).rejects.toThrow('on purpose')
  expect(await turns.run('a', () => Promise.resolve(1))).toBe(1)
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
