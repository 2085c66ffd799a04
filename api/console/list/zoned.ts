/** Days and hours of a place, without a library: the calendar of a time zone is asked of Intl. */

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** True if this is the name of a time zone. */
export const isTimeZone = (name: string): boolean => {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A clock of the place shows this at an instant (milliseconds since 1970), written as if it were UTC. */
const clockOf = (at: number, timeZone: string): number => {
  const parts = formatOf(timeZone).formatToParts(at)
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
}

/** The instant at which a clock of the place shows this, or a quarter of an hour after where it never does. */
const instantOf = (clock: number, timeZone: string): number => {
  const guess = clock - (clockOf(clock, timeZone) - clock)
  return guess - (clockOf(guess, timeZone) - clock)
}

/** Midnight of the place with which its last `days` days begin, today included. ISO 8601 UTC. */
export const startOfDays = (days: number, timeZone: string, now = Date.now()): string => {
  const today = Math.floor(clockOf(now, timeZone) / dayMs) * dayMs
  return new Date(instantOf(today - (days - 1) * dayMs, timeZone)).toISOString()
}

/** An hour of a weekday (1 is Monday) as clocks of the place show it. */
export type HourOfWeek = { readonly weekday: number; readonly hour: number; readonly timeZone: string }

/** Clock changes happen at a multiple of it, everywhere. */
const stepMs = 15 * minuteMs

/**
 * The pieces of [from, to) in which clocks of the place show that hour of that weekday, as instants, oldest first: one for
 * each week; where clocks go back within the hour it is longer, and where they skip it there is none.
 */
export const hourPieces = (
  from: string,
  to: string,
  { weekday, hour, timeZone }: HourOfWeek,
): readonly (readonly [string, string])[] => {
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  const pieces: [number, number][] = []
  const isInside = (at: number): boolean => {
    const clock = new Date(clockOf(at, timeZone))
    return clock.getUTCHours() === hour && (clock.getUTCDay() || 7) === weekday
  }
  const firstDay = Math.floor(clockOf(begin, timeZone) / dayMs) * dayMs
  const lastMoment = clockOf(end, timeZone)
  for (let day = firstDay; day <= lastMoment; day += dayMs) {
    if ((new Date(day).getUTCDay() || 7) !== weekday) continue
    const about = instantOf(day + hour * hourMs, timeZone)
    for (let at = about - hourMs; at < about + 3 * hourMs; at += stepMs) {
      if (!isInside(at)) continue
      const last = pieces.at(-1)
      if (last?.[1] === at) last[1] = at + stepMs
      else pieces.push([at, at + stepMs])
    }
  }
  return pieces
    .map(([first, after]): [number, number] => [Math.max(first, begin), Math.min(after, end)])
    .filter(([first, after]) => first < after)
    .map(([first, after]) => [new Date(first).toISOString(), new Date(after).toISOString()] as const)
}
