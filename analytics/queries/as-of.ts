import { z } from 'zod'
import type { Querier, Report } from '../client.ts'

const NoParams = z.strictObject({})
const Row = z.strictObject({ ms: z.int() })

/** One relay serves all tenants, hence no tenant here; a time is all that it tells. */
export const asOfReport: Report<typeof NoParams, typeof Row> = {
  name: 'as-of',
  sql: `select toUnixTimestamp64Milli(max(as_of)) as ms from relay_progress`,
  params: NoParams,
  row: Row,
}

/** Everything recorded up to then is in the figures, ISO 8601 UTC; null before the relay has caught up once. */
export async function asOf(querier: Querier): Promise<string | null> {
  const [row] = await querier.query(asOfReport, {})
  return row === undefined || row.ms === 0 ? null : new Date(row.ms).toISOString()
}
