import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort, Figures, figures, noFigures } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = Figures.extend({ day: z.iso.date(), outcomes: z.record(z.string(), z.int()) })

/** Figures of each day of the reader's time zone on which a verification started, with its outcomes; "open" has none yet. */
export const daysReport: Report<typeof Cohort, typeof Row> = {
  name: 'days',
  sql: `
    select toDate(start, {timeZone:String}) as day, ${figures},
      sumMap(map(if(outcome = '', 'open', outcome), toUInt64(1))) as outcomes
    from ${cohort} group by day order by day`,
  params: Cohort,
  row: Row,
}

/** A day of the period. */
export type Day = z.infer<typeof Row>

/** Days of a period as the time zone's calendar has them, oldest first. The end is not part of the period. */
export function daysBetween(from: Date, to: Date, timeZone: string): readonly string[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const last = format.format(new Date(to.getTime() - 1))
  const days: string[] = []
  // Calendar days, not spans of 24 hours: a day of the clock change has 23 or 25.
  for (const day = new Date(format.format(from)); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const name = day.toISOString().slice(0, 10)
    if (name > last) return days
    days.push(name)
  }
}

/** One row for every day of the period, days without a start included. */
export async function days(querier: Querier, input: CohortInput): Promise<readonly Day[]> {
  const { from, to, timeZone } = Cohort.parse(input)
  const found = new Map((await querier.query(daysReport, input)).map((row) => [row.day, row]))
  return daysBetween(from, to, timeZone).map((day) => found.get(day) ?? { ...noFigures, day, outcomes: {} })
}
