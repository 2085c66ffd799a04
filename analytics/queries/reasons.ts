import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = z.strictObject({ code: z.string(), count: z.int() })

/** Codes of the checks most often among the reasons of a score, each counted once a verification. */
export const reasonsReport: Report<typeof Cohort, typeof Row> = {
  name: 'reasons',
  sql: `select arrayJoin(arrayDistinct(reasons)) as code, count() as count
    from ${cohort} group by code order by count desc, code limit 10`,
  params: Cohort,
  row: Row,
}

/** At most ten, the most frequent first. */
export const reasons = (querier: Querier, input: CohortInput): Promise<z.infer<typeof Row>[]> =>
  querier.query(reasonsReport, input)
