import { expect, it } from 'vitest'
import { seeded } from '#domain/risk/testing/random.ts'
import { aucOf, compare } from './compare.ts'

it('H2: of the same times none is longer; of times that lie apart all are; equal ones count half', () => {
  expect(aucOf([1, 2, 3], [1, 2, 3])).toBe(0.5)
  expect(aucOf([1, 2, 3], [4, 5, 6])).toBe(1)
  expect(aucOf([4, 5, 6], [1, 2, 3])).toBe(0)
  expect(aucOf([1, 1], [1, 2])).toBe(0.75)
})

it('H2: a difference of 0.2 ms in a noise of as much is seen in a thousand pairs, and noise alone is not', () => {
  const random = seeded(7)
  const times = (ms: number) =>
    Array.from({ length: 1_000 }, () => ms + 0.0002 * (random.int(0, 1_000) + random.int(0, 1_000)))
  expect(compare(times(50), times(50)).auc).toBeLessThan(0.06)
  expect(compare(times(50), times(50.2)).auc).toBeGreaterThan(0.06)
})
