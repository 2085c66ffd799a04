/** Offsets of time zones in the past; `zone-facts.ts` says the same and makes a slow formatter for every answer. */
import { getTimezonesForCountry } from 'countries-and-timezones'

const formats = new Map<string, Intl.DateTimeFormat>()
const known = new Map<string, number>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  return format
}

/** Minutes east of UTC in a zone on a day. */
export const offsetAt = (zone: string, at: number): number => {
  const key = `${zone} ${String(Math.floor(at / 86_400_000))}`
  const found = known.get(key) ?? readOffset(zone, at)
  known.set(key, found)
  return found
}

const readOffset = (zone: string, at: number): number => {
  const name = formatOf(zone)
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name ?? '') ?? []
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -size : size
}

/** All offsets in force in a country, rising. */
export const offsetsIn = (country: string, at: number): readonly number[] => {
  const zones = getTimezonesForCountry(country) as readonly { name: string }[] | null
  const offsets = (zones ?? []).map(({ name }) => offsetAt(name, at))
  return [...new Set(offsets)].sort((a, b) => a - b)
}
