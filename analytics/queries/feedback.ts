import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = z.strictObject({ easy: z.int(), hard: z.int() })

/** The feedback of participants at the end, for verifications that started in the period. */
export const feedbackReport: Report<typeof Cohort, typeof Row> = {
  name: 'feedback',
  sql: `select countIf(rating = 'easy') as easy, countIf(rating = 'hard') as hard from ${cohort}`,
  params: Cohort,
  row: Row,
}

/** Counts of each rating; those who said nothing are not among them. */
export async function feedback(querier: Querier, input: CohortInput): Promise<z.infer<typeof Row>> {
  const [row] = await querier.query(feedbackReport, input)
  return row ?? { easy: 0, hard: 0 }
}
