import { expect, it } from 'vitest'
import { calibrationCase, many } from '../testing/calibration.ts'
import { auditOf, isSampled } from './audit.ts'

it('draws two percent of passes, the same whenever it is drawn', () => {
  const cases = many(10_000, () => calibrationCase())
  const { passes, sampled } = auditOf(cases)
  expect(passes).toBe(10_000)
  // 200 on average, standard deviation 14: three of them are far outside what chance gives, and the draw is fixed.
  expect(Math.abs(sampled - 200)).toBeLessThan(42)
  expect(auditOf([...cases].reverse()).sampled).toBe(sampled)
})

it('draws one in ten of the refusals, and no case that nobody decided', () => {
  const of = (outcome: 'failed' | 'timed_out' | 'reported' | null) =>
    many(5000, () => calibrationCase({ outcome })).filter(isSampled).length
  // 500 on average, standard deviation 21.
  expect(Math.abs(of('failed') - 500)).toBeLessThan(63)
  expect([of('timed_out'), of('reported'), of(null)]).toEqual([0, 0, 0])
})

it('names what waits, the newest first, and what was found in the rest', () => {
  const drawn = many(5000, (index) => calibrationCase({ startedAt: 1_000_000 + index })).filter(isSampled)
  const [first, second, third] = drawn
  const labelled = [
    { ...first, staffLabel: 'suspicious' },
    { ...second, staffLabel: 'genuine' },
    { ...third, staffLabel: 'unsure' },
  ] as typeof drawn
  const { suspicious, waiting } = auditOf([
    ...labelled,
    ...drawn.slice(3),
    ...drawn.slice(3).map((one) => ({ ...one, outcome: 'failed' as const })),
  ])
  expect([suspicious.hits, suspicious.of]).toEqual([1, 2])
  expect(waiting).toHaveLength(20)
  expect(waiting[0]).toBe(drawn.at(-1)?.id)
})
