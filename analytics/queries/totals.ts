import type { Querier, Report } from '../client.ts'
import { Cohort, cohort, Figures, figures, noFigures } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

/** The headline figures of one period. */
export const totalsReport: Report<typeof Cohort, typeof Figures> = {
  name: 'totals',
  sql: `select ${figures} from ${cohort}`,
  params: Cohort,
  row: Figures,
}

/** @throws ZodError for a parameter that is not as `Cohort` says */
export async function totals(querier: Querier, input: CohortInput): Promise<Figures> {
  const [row] = await querier.query(totalsReport, input)
  return row ?? noFigures
}
