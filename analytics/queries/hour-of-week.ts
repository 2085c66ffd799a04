import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = z.strictObject({ day: z.int().min(1).max(7), hour: z.int().min(0).max(23), count: z.int() })

/** Starts by weekday (1 is Monday) and hour of the reader's time zone. */
export const hourOfWeekReport: Report<typeof Cohort, typeof Row> = {
  name: 'hour-of-week',
  sql: `
    select toDayOfWeek(start, 0, {timeZone:String}) as day, toHour(start, {timeZone:String}) as hour,
      count() as count
    from ${cohort} group by day, hour order by day, hour`,
  params: Cohort,
  row: Row,
}

/** 7 × 24 starts, Monday first. */
export async function hourOfWeek(
  querier: Querier,
  input: CohortInput,
): Promise<readonly (readonly number[])[]> {
  const grid = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { day, hour, count } of await querier.query(hourOfWeekReport, input)) {
    const hours = grid[day - 1]
    if (hours !== undefined) hours[hour] = count
  }
  return grid
}
