import { getTimezonesForCountry } from 'countries-and-timezones'
import type { ZoneFacts } from '#domain/risk/facts.ts'

/** The browser's clock against the country of its address. `country` null, or unknown to the table: nothing to compare. */
export function zoneFacts(
  name: string | null,
  offsetMinutes: number,
  country: string | null,
  at: number,
): ZoneFacts {
  return { name, offsetMinutes, countryOffsets: country === null ? null : countryOffsets(country, at) }
}

/** Offsets are looked up once a day for each country: the underlying formatter is slow. */
const cache = new Map<string, readonly number[] | null>()

/** All offsets in force in a country at a moment, minutes east of UTC, rising; null for an unknown country. */
export function countryOffsets(country: string, at: number): readonly number[] | null {
  const key = `${country} ${String(Math.floor(at / 86_400_000))}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const zones = getTimezonesForCountry(country) as readonly { name: string }[] | null
  const offsets = (zones ?? []).flatMap(({ name }) => zoneOffset(name, at) ?? [])
  const found = offsets.length === 0 ? null : [...new Set(offsets)].sort((a, b) => a - b)
  if (cache.size > 2000) cache.clear()
  cache.set(key, found)
  return found
}

/** Minutes east of UTC of an IANA zone at a moment; null for a name that is none. */
export function zoneOffset(name: string, at: number): number | null {
  const parts = partsIn(name, at, { timeZoneName: 'longOffset' })
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(parts?.timeZoneName ?? '')
  if (match === null) return null
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Hour (0–23) and weekday (0 Sunday) in a zone; null for a name that is none. */
export function localTime(zone: string, at: number): { hour: number; weekday: number } | null {
  const parts = partsIn(zone, at, { hour: '2-digit', hourCycle: 'h23', weekday: 'short' })
  return parts === null ? null : { hour: Number(parts.hour), weekday: weekdays.indexOf(parts.weekday ?? '') }
}

function partsIn(
  zone: string,
  at: number,
  options: Intl.DateTimeFormatOptions,
): Partial<Record<Intl.DateTimeFormatPartTypes, string>> | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
