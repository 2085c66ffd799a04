import { expect, it } from 'vitest'
import { adviceOf } from './alarms.ts'
import { dayMs } from './case.ts'
import { rateOf } from './intervals.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const long = now - 14 * dayMs

it('says nothing before two weeks and a hundred genuine people, then halves above 5 % and demotes above 10 %', () => {
  expect(adviceOf(rateOf(0, 0), long, now)).toBe('too_little_data')
  expect(adviceOf(rateOf(50, 99), long, now)).toBe('too_little_data')
  expect(adviceOf(rateOf(50, 100), long + 1, now)).toBe('too_young')
  expect(adviceOf(rateOf(5, 100), long, now)).toBe('fine')
  expect(adviceOf(rateOf(6, 100), long, now)).toBe('halve')
  expect(adviceOf(rateOf(10, 100), long, now)).toBe('halve')
  expect(adviceOf(rateOf(11, 100), long, now)).toBe('demote')
})
