import { z } from 'zod'
import { Channel, Instant, Purpose } from './common.ts'

/** The period, and slices that apply to every tile. Days are days of `timeZone`. */
export const DashboardQuery = z.strictObject({
  from: Instant,
  to: Instant,
  timeZone: z.string().max(60).default('UTC'),
  purpose: Purpose.optional(),
  channel: Channel.optional(),
})
export type DashboardQuery = z.infer<typeof DashboardQuery>

const Figure = z.strictObject({
  value: z.number().nullable(),
  previous: z.number().nullable(),
  /** One point a day of the period, oldest first. */
  spark: z.array(z.number().nullable()),
})
const Slice = z.strictObject({
  key: z.string(),
  name: z.string(),
  started: z.int(),
  closed: z.int(),
  passed: z.int(),
  medianSeconds: z.number().nullable(),
  highRisk: z.int(),
})

/** The dashboard, from ClickHouse. Rates are shares 0-1, times are seconds. */
export const Dashboard = z
  .strictObject({
    period: z.strictObject({ from: Instant, to: Instant }),
    previous: z.strictObject({ from: Instant, to: Instant }),
    /** Figures include everything recorded up to then. */
    asOf: Instant.nullable(),
    figures: z.strictObject({
      started: Figure,
      completionRate: Figure,
      passRate: Figure,
      medianSeconds: Figure,
      p95Seconds: Figure,
      challengeSuccess: Figure,
      highRisk: Figure,
      overturned: Figure,
    }),
    outcomesByDay: z.array(z.strictObject({ day: z.string(), counts: z.record(z.string(), z.int()) })),
    timeByDay: z.array(
      z.strictObject({ day: z.string(), median: z.number().nullable(), p95: z.number().nullable() }),
    ),
    /** sent, delivered, opened, code, answered, scored, approved, done. */
    funnel: z.array(z.strictObject({ step: z.string(), count: z.int() })),
    /** Ten bins of one point each. */
    riskBins: z.array(z.strictObject({ from: z.number(), to: z.number(), count: z.int() })),
    byChannel: z.array(Slice),
    byPurpose: z.array(Slice),
    byAgent: z.array(Slice),
    /** 7 × 24 starts, Monday first, in `timeZone`. */
    hourOfWeek: z.array(z.array(z.int())),
    topReasons: z.array(z.strictObject({ code: z.string(), count: z.int() })),
    feedback: z.strictObject({ easy: z.int(), hard: z.int() }),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.infer<typeof Dashboard>
