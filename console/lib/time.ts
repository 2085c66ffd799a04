import { readersLocale } from '#platform/ui/locale.ts'
import { dateFormat, relativeFormat } from './formats.ts'

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

const format = (at: string, language: string, options: Intl.DateTimeFormatOptions): string =>
  dateFormat(readersLocale(language), options).format(new Date(at))

/** "2 min. ago", in the reader's language; beyond a week the date. */
export const relativeTime = (at: string, language: string, now = Date.now()): string => {
  const seconds = (new Date(at).getTime() - now) / 1000
  if (Math.abs(seconds) > 7 * 86_400) return dayOf(at, language)
  const relative = relativeFormat(readersLocale(language), { numeric: 'auto', style: 'short' })
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, 'second')
}

/** Date and time to the second with the zone, for hover, focus, touch and print. */
export const exactTime = (at: string, language: string): string =>
  format(at, language, { dateStyle: 'medium', timeStyle: 'long' })

/** Day, hours and minutes, for a time to come that people arrange themselves by. */
export const dayAndClock = (at: string, language: string): string =>
  format(at, language, { dateStyle: 'medium', timeStyle: 'short' })

/** Hours and minutes. */
export const clockTime = (at: string, language: string): string =>
  format(at, language, { timeStyle: 'short' })

/** Hours, minutes and seconds. */
export const clockSeconds = (at: string, language: string): string =>
  format(at, language, { timeStyle: 'medium' })

/** The day, in the reader's zone. */
export const dayOf = (at: string, language: string): string => format(at, language, { dateStyle: 'medium' })

/** The reader's zone as it is called at that time: "GMT+1", "MEZ". */
export const zoneOf = (at: string, language: string): string =>
  dateFormat(readersLocale(language), { timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

/** A length of time in its two largest units: "2 min 5 s". */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
