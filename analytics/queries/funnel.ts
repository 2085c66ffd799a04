import { z } from 'zod'
import { funnelSteps, type FunnelStep as Step } from '#domain/verification/funnel.ts'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = z.strictObject({ reached: z.array(z.int()) })

/* Each verification counts up to the furthest step that is known of it. The list behind each step counts the same
 * (platform/database/schema/functions/list-columns.sql). */
const furthest = `
  multiIf(is_done, 8, is_passed, 7, is_scored, 6, answered is not null, 5, opened is not null, 4, seen is not null, 3,
    delivered is not null, 2, sent is not null, 1, 0)`

const count = (index: number): string => `countIf(furthest >= ${index})`

/** The number of verifications that came as far as each step, or further. */
export const funnelReport: Report<typeof Cohort, typeof Row> = {
  name: 'funnel',
  sql: `select [${funnelSteps.map((_step, index) => count(index + 1)).join(', ')}] as reached
    from (select ${furthest} as furthest from ${cohort})`,
  params: Cohort,
  row: Row,
}

/** A step and how many reached it. */
export type FunnelStep = { readonly step: Step; readonly count: number }

/** Always eight steps, never rising. */
export async function funnel(querier: Querier, input: CohortInput): Promise<readonly FunnelStep[]> {
  const [row] = await querier.query(funnelReport, input)
  return funnelSteps.map((step, index) => ({ step, count: row?.reached[index] ?? 0 }))
}
