import { describe, expect, it } from 'vitest'
import { calibrationCase, many } from '../testing/calibration.ts'
import type { CaseCohorts } from './case.ts'
import { cohortsOf, type CohortCase } from './cohorts.ts'

const one = (cohorts: Partial<CaseCohorts>, changes: Partial<CohortCase> = {}): CohortCase => ({
  ...calibrationCase(),
  isGenuine: true,
  ...changes,
  cohorts: { ...calibrationCase().cohorts, ...cohorts },
})
const alarmed = { band: 'elevated' } as const

describe('cohorts', () => {
  it('holds each group against the others of its kind', () => {
    // 20 of 100 remote, 10 of 200 in the office: 4 times as often.
    const found = cohortsOf([
      ...many(20, () => one({ place: 'remote' }, alarmed)),
      ...many(80, () => one({ place: 'remote' })),
      ...many(10, () => one({ place: 'office' }, { band: 'high' })),
      ...many(190, () => one({ place: 'office' })),
      // Not known: counted nowhere.
      ...many(50, () => one({}, alarmed)),
    ])
    expect(found.map(({ value }) => value)).toEqual(['office', 'remote'])
    const [office, remote] = found
    expect(remote).toMatchObject({
      dimension: 'place',
      verdict: 'uneven',
      alarms: { hits: 20, of: 100, share: 0.2 },
    })
    expect(remote?.ratio?.value).toBeGreaterThan(3.5)
    expect(office).toMatchObject({ verdict: 'even', alarms: { hits: 10, of: 200 } })
  })

  it('counts alarms on genuine people only, and passes among all decided cases', () => {
    const [office] = cohortsOf([
      one({ place: 'office' }),
      one({ place: 'office' }, { outcome: 'failed', isGenuine: false, ...alarmed }),
      one({ place: 'office' }, { outcome: 'failed', ...alarmed }),
      one({ place: 'office' }, { outcome: 'cancelled', isGenuine: false }),
    ])
    expect([office?.alarms.hits, office?.alarms.of]).toEqual([1, 2])
    expect([office?.passes.hits, office?.passes.of]).toEqual([1, 3])
  })

  it('does not judge a group of fewer than twenty, nor one beside so few', () => {
    const cases = [
      ...many(19, () => one({ access: 'assisted' }, alarmed)),
      ...many(100, () => one({ access: 'unassisted' })),
    ]
    expect(cohortsOf(cases).map(({ verdict, ratio }) => [verdict, ratio])).toEqual([
      ['too_few', null],
      ['too_few', null],
    ])
  })

  it('says when a ratio above two may be chance', () => {
    const cases = [
      one({ tenure: 'new_hire' }, alarmed),
      ...many(19, () => one({ tenure: 'new_hire' })),
      one({ tenure: 'established' }, alarmed),
      ...many(99, () => one({ tenure: 'established' })),
    ]
    expect(cohortsOf(cases).find(({ value }) => value === 'new_hire')?.verdict).toBe('uncertain')
  })

  it('tells small countries together', () => {
    const countries = ['GB', 'DE', 'FR', 'ES', 'PT', 'US', 'CA', 'IE', 'AT', 'CH']
    const cases = countries.flatMap((country, index) => many(12 - index, () => one({ country })))
    const found = cohortsOf(cases)
    expect(found.map(({ value }) => value).sort()).toEqual([...countries.slice(0, 8), 'other'].sort())
    expect(found.find(({ value }) => value === 'other')?.passes.of).toBe(4 + 3)
  })

  it('orders equal countries by name', () => {
    const found = cohortsOf(['FR', 'AT', 'DE'].map((country) => one({ country })))
    expect(found.map(({ value }) => value)).toEqual(['AT', 'DE', 'FR'])
  })
})
