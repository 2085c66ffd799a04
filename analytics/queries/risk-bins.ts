import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const binCount = 10
const Row = z.strictObject({
  bin: z
    .int()
    .min(0)
    .max(binCount - 1),
  count: z.int(),
})

/** Scored verifications by whole point of risk; 10.0 belongs to the last bin. */
export const riskBinsReport: Report<typeof Cohort, typeof Row> = {
  name: 'risk-bins',
  sql: `select least(intDiv(risk_tenths, 10), ${binCount - 1}) as bin, count() as count
    from ${cohort} where is_scored group by bin order by bin`,
  params: Cohort,
  row: Row,
}

/** Bounds in points of the 0.0 to 10.0 scale. */
export type RiskBin = { readonly from: number; readonly to: number; readonly count: number }

/** Always ten bins. */
export async function riskBins(querier: Querier, input: CohortInput): Promise<readonly RiskBin[]> {
  const found = new Map((await querier.query(riskBinsReport, input)).map(({ bin, count }) => [bin, count]))
  return Array.from({ length: binCount }, (_, bin) => ({
    from: bin,
    to: bin + 1,
    count: found.get(bin) ?? 0,
  }))
}
