import { describe, expect, it } from 'vitest'
import { countryOffsets, localTime, zoneFacts, zoneOffset } from './zone-facts.ts'

const winter = Date.UTC(2026, 10, 24, 12)
const summer = Date.UTC(2026, 6, 1, 12)

describe('zone facts', () => {
  it('knows the offsets in force in a country, with summer time', () => {
    expect(countryOffsets('GB', winter)).toEqual([0])
    expect(countryOffsets('GB', summer)).toEqual([60])
    expect(countryOffsets('IN', winter)).toEqual([330])
    expect(countryOffsets('AU', winter)?.length).toBeGreaterThan(4)
    expect(countryOffsets('XX', winter)).toBeNull()
  })

  it('reads old and new names of a zone alike and refuses what is no zone', () => {
    expect(zoneOffset('Asia/Calcutta', winter)).toBe(zoneOffset('Asia/Kolkata', winter))
    expect(zoneOffset('America/St_Johns', winter)).toBe(-210)
    expect(zoneOffset('UTC', winter)).toBe(0)
    expect(zoneOffset('Not/AZone', winter)).toBeNull()
  })

  it('gives hour and weekday where a person lives', () => {
    expect(localTime('Europe/Berlin', winter)).toEqual({ hour: 13, weekday: 2 })
    expect(localTime('Pacific/Auckland', winter)).toEqual({ hour: 1, weekday: 3 })
    expect(localTime('Europe/Berlin', Date.UTC(2026, 10, 23, 23))).toEqual({ hour: 0, weekday: 2 })
    expect(localTime('nowhere', winter)).toBeNull()
  })

  it('compares nothing without a country', () => {
    expect(zoneFacts('Asia/Tokyo', 540, null, winter).countryOffsets).toBeNull()
    expect(zoneFacts('Asia/Tokyo', 540, 'JP', winter).countryOffsets).toEqual([540])
  })
})
