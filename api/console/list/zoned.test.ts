import { describe, expect, it } from 'vitest'
import { hourPieces, isTimeZone, startOfDays } from './zoned.ts'

const at = (weekday: number, hour: number, timeZone: string) => ({ weekday, hour, timeZone })

describe('days of a place', () => {
  it('begin at its own midnight, today included', () => {
    const now = Date.parse('2026-03-04T22:30:00Z')
    expect(startOfDays(1, 'UTC', now)).toBe('2026-03-04T00:00:00.000Z')
    expect(startOfDays(1, 'Europe/Berlin', now)).toBe('2026-03-03T23:00:00.000Z')
    expect(startOfDays(1, 'Asia/Tokyo', now)).toBe('2026-03-04T15:00:00.000Z')
    expect(startOfDays(7, 'America/New_York', now)).toBe('2026-02-26T05:00:00.000Z')
  })

  it('count over a change of clocks', () => {
    // Summer time began on 29 March.
    expect(startOfDays(3, 'Europe/Berlin', Date.parse('2026-03-30T10:00:00Z'))).toBe(
      '2026-03-27T23:00:00.000Z',
    )
  })

  it('know names of time zones from other text', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
  })
})

describe('an hour of the week', () => {
  it('is one piece a week, by the clocks of the place', () => {
    expect(hourPieces('2026-03-01T00:00:00Z', '2026-03-15T00:00:00Z', at(1, 9, 'UTC'))).toEqual([
      ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'],
      ['2026-03-09T09:00:00.000Z', '2026-03-09T10:00:00.000Z'],
    ])
    expect(hourPieces('2026-03-01T00:00:00Z', '2026-03-09T00:00:00Z', at(1, 9, 'Asia/Kolkata'))).toEqual([
      ['2026-03-02T03:30:00.000Z', '2026-03-02T04:30:00.000Z'],
    ])
    // Monday begins on Sunday, seen from UTC.
    expect(hourPieces('2026-03-01T15:00:00Z', '2026-03-03T15:00:00Z', at(1, 0, 'Asia/Tokyo'))).toEqual([
      ['2026-03-01T15:00:00.000Z', '2026-03-01T16:00:00.000Z'],
    ])
  })

  it('is cut where the period ends', () => {
    expect(hourPieces('2026-03-02T09:20:00Z', '2026-03-09T09:10:00Z', at(1, 9, 'UTC'))).toEqual([
      ['2026-03-02T09:20:00.000Z', '2026-03-02T10:00:00.000Z'],
      ['2026-03-09T09:00:00.000Z', '2026-03-09T09:10:00.000Z'],
    ])
  })

  it('is longer where clocks go back and missing where they skip it', () => {
    const berlin = at(7, 2, 'Europe/Berlin')
    expect(hourPieces('2026-10-24T22:00:00Z', '2026-10-26T00:00:00Z', berlin)).toEqual([
      ['2026-10-25T00:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    ])
    expect(hourPieces('2026-03-28T22:00:00Z', '2026-03-30T00:00:00Z', berlin)).toEqual([])
    expect(hourPieces('2026-03-28T22:00:00Z', '2026-03-30T00:00:00Z', at(7, 3, 'Europe/Berlin'))).toEqual([
      ['2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    ])
    // Half an hour of summer time.
    expect(
      hourPieces('2026-04-04T00:00:00Z', '2026-04-06T00:00:00Z', at(7, 1, 'Australia/Lord_Howe')),
    ).toEqual([['2026-04-04T14:00:00.000Z', '2026-04-04T15:30:00.000Z']])
  })

  it('cuts every week into 168 hours that leave nothing out', () => {
    for (const timeZone of ['Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns']) {
      const [from, to] = ['2026-10-20T00:00:00.000Z', '2026-10-27T00:00:00.000Z']
      const pieces = Array.from({ length: 168 }, (_, index) =>
        hourPieces(from, to, at(1 + Math.floor(index / 24), index % 24, timeZone)),
      ).flat()
      const sorted = [...pieces].sort(([a], [b]) => (a < b ? -1 : 1))
      expect(sorted[0]?.[0]).toBe(from)
      expect(sorted.at(-1)?.[1]).toBe(to)
      expect(sorted.slice(1).every(([first], index) => first === sorted[index]?.[1])).toBe(true)
    }
  })
})
