import { describe, expect, it } from 'vitest'
import { isAsNumber, isOnShift, isShiftHours } from './places.ts'

describe('shifts', () => {
  it('hold their first hour and not their last, also over midnight, for their department only', () => {
    const shifts = [
      { department: 'Warehousing', hours: '22-06, 12-14' },
      { department: 'Front Desk', hours: '16-24' },
    ]
    const held = (department: string) =>
      Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isOnShift(shifts, department, hour))
    expect(held(' warehousing')).toEqual([0, 1, 2, 3, 4, 5, 12, 13, 22, 23])
    expect(held('Front Desk')).toEqual([16, 17, 18, 19, 20, 21, 22, 23])
    expect([
      isOnShift(shifts, 'Sales', 3),
      isOnShift(shifts, null, 3),
      isOnShift(undefined, 'Sales', 3),
    ]).toEqual([...[null, null, null]])
  })

  it.each(['22-06', '00-24', '06-14, 14-22', '06-14,14-22,22-06'])('may be %s', (hours) => {
    expect(isShiftHours(hours)).toBe(true)
  })

  it.each(['', '6-14', '24-06', '06-25', '06-06', '06-14,', '06-14 14-22', '00-01,01-02,02-03,03-04,04-05'])(
    'may not be "%s"',
    (hours) => {
      expect(isShiftHours(hours)).toBe(false)
    },
  )
})

it('an AS number has 32 bits', () => {
  expect(['AS1', 'AS4294967295', 'AS4294967296', 'AS0', 'as1', '64500'].map(isAsNumber)).toEqual([
    ...[true, true, false, false, false, false],
  ])
})
