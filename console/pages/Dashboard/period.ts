/** Lengths of the period, in days. */
export const periods = [7, 30, 90] as const

/** One length. */
export type Period = (typeof periods)[number]

/** The last so many whole days of the reader, today included, as instants; the end is the next midnight. */
export const periodOf = (days: Period, now = new Date()): { from: string; to: string } => {
  const midnight = (offset: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset).toISOString()
  return { from: midnight(1 - days), to: midnight(1) }
}
