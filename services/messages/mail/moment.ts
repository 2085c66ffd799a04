/** A moment as a reader of a mail sees it. */
import type { Language } from '#domain/languages.ts'

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Language and country as one locale: English alone would mean the dates of the USA. */
const localeOf = (language: Language, country: string | null): string =>
  country === null ? language : `${language}-${country}`

/** Date, time and the name of the zone: "29 Nov 2026, 21:55 (Central European Standard Time)". A zone that nobody knows is UTC. */
export const momentIn = (at: Date, zone: string, language: Language, country: string | null): string => {
  const timeZone = isZone(zone) ? zone : 'UTC'
  const locale = localeOf(language, country)
  const clock = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const name = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${clock.format(at)} (${name ?? timeZone})`
}
