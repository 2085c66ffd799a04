/** Milliseconds of a day. */
export const dayMs = 24 * 3600 * 1000

/** A source counts when it was read within this time . */
export const isFresh = (asOf: number, now: number): boolean => now - asOf < dayMs

/** Days from a moment to now. */
export const daysSince = (at: number, now: number): number => (now - at) / dayMs

/** "2019-03". */
export const monthValue = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`

/** Months since year 0 of a moment in UTC; January 2026 is 24312. */
export const monthIndex = (at: number): number => {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Monday, 00:00 UTC, of the week before the one that holds a moment. */
export const lastMonday = (now: number): number => {
  const midnight = Math.floor(now / dayMs) * dayMs
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7
  return midnight - (sinceMonday + 7) * dayMs
}
