import { describe, expect, it } from 'vitest'
import { daysBetween } from './days.ts'

const days = (from: string, to: string, timeZone: string) =>
  daysBetween(new Date(from), new Date(to), timeZone)

describe('days of a period', () => {
  it('are those of the time zone, without the day that only begins', () => {
    expect(days('2026-03-01T23:00:00Z', '2026-03-03T23:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-03-02',
      '2026-03-03',
    ])
    expect(days('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'UTC')).toEqual(['2026-03-01'])
    expect(days('2026-03-01T10:00:00Z', '2026-03-01T10:00:00.001Z', 'Asia/Tokyo')).toEqual(['2026-03-01'])
  })

  it('miss and double none when clocks change', () => {
    // Berlin goes forward on 29 March and back on 25 October 2026.
    expect(days('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ])
    expect(days('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-10-24',
      '2026-10-25',
      '2026-10-26',
    ])
  })

  it('go over the end of a month and of a year', () => {
    expect(days('2027-12-31T12:00:00Z', '2028-01-01T12:00:00Z', 'UTC')).toEqual(['2027-12-31', '2028-01-01'])
  })
})
