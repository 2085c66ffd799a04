import { getAllCountries } from 'countries-and-timezones'
import { describe, expect, it } from 'vitest'
import { languageOf, languagesOf } from './country-languages.ts'
import { placeOfCountry } from './country-places.ts'

/** Nobody lives there for long. */
const uninhabited = ['AQ', 'GS', 'HM', 'TF', 'UM']
const countries = Object.keys(getAllCountries())

/** Kilometres between two countries' middles, as the check measures them. */
const between = (one: string, other: string): number => {
  const [a, b] = [placeOfCountry(one), placeOfCountry(other)]
  if (a === null || b === null) throw new Error('both are in the table')
  const rad = (degrees: number): number => (degrees * Math.PI) / 180
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(h))
}

describe('places of countries', () => {
  it('are known for every country that has a time zone, within the world, and never nearer than 300 km', () => {
    expect(countries.filter((code) => placeOfCountry(code) === null)).toEqual(uninhabited)
    for (const code of countries) {
      const place = placeOfCountry(code)
      if (place === null) continue
      expect(Math.abs(place.lat), code).toBeLessThanOrEqual(80)
      expect(Math.abs(place.lon), code).toBeLessThanOrEqual(180)
      expect(place.radiusKm, code).toBeGreaterThanOrEqual(300)
      expect(place.radiusKm, code).toBeLessThanOrEqual(4500)
    }
  })

  it('are where atlases have them', () => {
    const pairs: readonly [string, string, number][] = [
      ['GB', 'JP', 9300],
      ['DE', 'FR', 780],
      ['US', 'IN', 13_000],
      ['BR', 'AU', 14_800],
      ['ZA', 'KE', 3_600],
      ['NZ', 'CL', 9_500],
    ]
    for (const [one, other, km] of pairs) {
      expect(between(one, other), `${one} ${other}`).toBeGreaterThan(km * 0.9)
      expect(between(one, other), `${one} ${other}`).toBeLessThan(km * 1.1)
    }
  })

  it('of the same name lie on the same side of the world as their time zone', () => {
    // A zone an hour east begins 15 degrees further on; clocks stray from the sun by four hours at most.
    const strays = Object.values(getAllCountries()).filter(({ id, timezones }) => {
      const place = placeOfCountry(id)
      if (place === null || timezones.length !== 1) return false
      const at = new Date(Date.UTC(2026, 0, 15))
      const name = new Intl.DateTimeFormat('en', { timeZone: timezones[0], timeZoneName: 'longOffset' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value
      const [, sign = '+', hours = '0'] = /GMT([+-])(\d+)/.exec(name ?? '') ?? []
      const turn = Math.abs(place.lon / 15 - Number(`${sign}${hours}`))
      return Math.min(turn, 24 - turn) > 4
    })
    expect(strays.map(({ id }) => id)).toEqual([])
  })
})

describe('languages of countries', () => {
  it('hold the likely one first, and the others of countries with several', () => {
    expect(languagesOf('JP')).toEqual(['ja'])
    expect(languagesOf('CH')).toEqual(['de', 'fr', 'it', 'rm', 'en'])
    expect(languagesOf('BR')).toEqual(['pt'])
    expect(languagesOf('GB')[0]).toBe('en')
    expect(countries.filter((code) => !uninhabited.includes(code) && languagesOf(code).length === 0)).toEqual(
      [],
    )
  })

  it('are the first part of a tag', () => {
    expect(['de-CH', 'EN', 'fil_PH', 'x', '', 'de1'].map(languageOf)).toEqual([
      'de',
      'en',
      'fil',
      null,
      null,
      null,
    ])
  })
})
