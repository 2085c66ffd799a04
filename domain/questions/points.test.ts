import { describe, expect, it } from 'vitest'
import { expectedPoints, oddsOf, pointsOf, pointsTable, rowsByDifficulty } from './points.ts'

describe('points', () => {
  it.each(rowsByDifficulty)('of %s follow from the odds, within rounding', (row) => {
    const { pL, pA } = oddsOf[row]
    expect(Math.abs(pointsOf(row, 'correct') - 10 * Math.log10(pL / pA))).toBeLessThan(0.7)
    expect(Math.abs(pointsOf(row, 'incorrect') - 10 * Math.log10((1 - pL) / (1 - pA)))).toBeLessThan(0.7)
  })

  it.each(Object.entries(pointsTable))('of %s fall from correct to incorrect', (_row, table) => {
    expect(table.correct).toBeGreaterThan(table.partial)
    expect(table.partial).toBeGreaterThan(table.skipped)
    expect(table.skipped).toBeGreaterThan(table.incorrect)
    expect(table.invalid).toBeGreaterThanOrEqual(table.incorrect)
  })

  it('make a hard private question worth more than an easy public one', () => {
    expect(expectedPoints('typed_private')).toBeGreaterThan(expectedPoints('choice_private'))
    expect(expectedPoints('choice_private')).toBeGreaterThan(expectedPoints('choice_medium'))
    expect(expectedPoints('choice_medium')).toBeGreaterThan(expectedPoints('choice_public'))
  })
})
