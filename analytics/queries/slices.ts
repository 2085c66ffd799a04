import { z } from 'zod'
import type { Querier, Report } from '../client.ts'
import { Cohort, cohort, figures, Figures } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const Row = Figures.extend({ key: z.string() })

/** Verifications can be sliced by these: an allow-list, since a column's name cannot be bound (K1). */
const columns = {
  channel: { key: 'channel', where: `channel != ''` },
  purpose: { key: 'purpose', where: `purpose != ''` },
  agent: { key: 'referrer_id', where: `referrer_kind = 'agent' and referrer_id != ''` },
} as const

/** One way to slice. */
export type SliceBy = keyof typeof columns

/** Most slices shown; agents are many. */
const most = 200

const sliceReport = (by: SliceBy): Report<typeof Cohort, typeof Row> => ({
  name: `by-${by}`,
  sql: `select ${columns[by].key} as key, ${figures} from ${cohort} where ${columns[by].where}
    group by key order by started desc, key limit ${most}`,
  params: Cohort,
  row: Row,
})

/** Figures of each slice, the largest first. */
export const sliceReports: Readonly<Record<SliceBy, Report<typeof Cohort, typeof Row>>> = {
  channel: sliceReport('channel'),
  purpose: sliceReport('purpose'),
  agent: sliceReport('agent'),
}

/** A slice; for agents `key` is the staff id, whose name the caller adds. */
export type Slice = {
  readonly key: string
  readonly name: string
  readonly started: number
  readonly closed: number
  readonly passed: number
  readonly medianSeconds: number | null
  readonly highRisk: number
}

/** Slices of the cohort, named by their keys. */
export async function slices(querier: Querier, by: SliceBy, input: CohortInput): Promise<readonly Slice[]> {
  const rows = await querier.query(sliceReports[by], input)
  return rows.map(({ key, started, closed, passed, medianSeconds, highRisk }) => ({
    key,
    name: key,
    started,
    closed,
    passed,
    medianSeconds,
    highRisk,
  }))
}
