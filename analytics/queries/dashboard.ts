import type { Querier } from '../client.ts'
import { asOf } from './as-of.ts'
import { Cohort } from './cohort.ts'
import type { CohortInput, Figures } from './cohort.ts'
import { days } from './days.ts'
import type { Day } from './days.ts'
import { feedback } from './feedback.ts'
import { funnel } from './funnel.ts'
import type { FunnelStep } from './funnel.ts'
import { hourOfWeek } from './hour-of-week.ts'
import { reasons } from './reasons.ts'
import { riskBins } from './risk-bins.ts'
import type { RiskBin } from './risk-bins.ts'
import { slices } from './slices.ts'
import type { Slice } from './slices.ts'
import { totals } from './totals.ts'

/** Period and slices that apply to every tile; times ISO 8601, days are days of `timeZone`. */
export type DashboardQuery = {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly purpose?: CohortInput['purpose']
  readonly channel?: CohortInput['channel']
  /** Ids of verifications that are left out, at most `mostWithout`. */
  readonly without?: readonly string[]
}

/** A figure, the same figure of the period before, and one point a day. */
export type Figure = {
  readonly value: number | null
  readonly previous: number | null
  readonly spark: (number | null)[]
}

type FigureName =
  | 'started'
  | 'completionRate'
  | 'passRate'
  | 'medianSeconds'
  | 'p95Seconds'
  | 'challengeSuccess'
  | 'highRisk'
  | 'overturned'

/** Everything the dashboard shows. Shares 0-1, times in seconds. */
export type Dashboard = {
  readonly period: { readonly from: string; readonly to: string }
  readonly previous: { readonly from: string; readonly to: string }
  readonly asOf: string | null
  readonly figures: Readonly<Record<FigureName, Figure>>
  readonly outcomesByDay: readonly {
    readonly day: string
    readonly counts: Readonly<Record<string, number>>
  }[]
  readonly timeByDay: readonly {
    readonly day: string
    readonly median: number | null
    readonly p95: number | null
  }[]
  readonly funnel: readonly FunnelStep[]
  readonly riskBins: readonly RiskBin[]
  readonly byChannel: readonly Slice[]
  readonly byPurpose: readonly Slice[]
  readonly byAgent: readonly Slice[]
  readonly hourOfWeek: readonly (readonly number[])[]
  readonly topReasons: readonly { readonly code: string; readonly count: number }[]
  readonly feedback: { readonly easy: number; readonly hard: number }
}

type Period = { readonly from: string; readonly to: string }

/** The period of the same length that ends where this one begins. */
function before({ from, to }: Period): Period {
  const start = new Date(from).getTime()
  const length = new Date(to).getTime() - start
  return { from: new Date(start - length).toISOString(), to: new Date(start).toISOString() }
}

const figure = (name: FigureName, now: Figures, then: Figures, byDay: readonly Day[]): Figure => ({
  value: now[name],
  previous: then[name],
  spark: byDay.map((day) => day[name]),
})

const allFigures = (now: Figures, then: Figures, byDay: readonly Day[]): Dashboard['figures'] => ({
  started: figure('started', now, then, byDay),
  completionRate: figure('completionRate', now, then, byDay),
  passRate: figure('passRate', now, then, byDay),
  medianSeconds: figure('medianSeconds', now, then, byDay),
  p95Seconds: figure('p95Seconds', now, then, byDay),
  challengeSuccess: figure('challengeSuccess', now, then, byDay),
  highRisk: figure('highRisk', now, then, byDay),
  overturned: figure('overturned', now, then, byDay),
})

/** Tiles that are one question each. */
async function otherTiles(querier: Querier, input: CohortInput) {
  const [reached, bins, byChannel, byPurpose, byAgent, hours, topReasons, said] = await Promise.all([
    funnel(querier, input),
    riskBins(querier, input),
    slices(querier, 'channel', input),
    slices(querier, 'purpose', input),
    slices(querier, 'agent', input),
    hourOfWeek(querier, input),
    reasons(querier, input),
    feedback(querier, input),
  ])
  return {
    funnel: reached,
    riskBins: bins,
    byChannel,
    byPurpose,
    byAgent,
    hourOfWeek: hours,
    topReasons,
    feedback: said,
  }
}

/**
 * All tiles of a tenant's dashboard, asked side by side. Every figure is of the verifications that started in the period,
 * so that a tile and the list behind it count the same. Agents come as staff ids; the caller adds their names.
 * @throws ZodError naming the field when the query cannot be answered (period backwards or too long, unknown time zone)
 */
export async function dashboard(
  querier: Querier,
  tenantId: string,
  query: DashboardQuery,
): Promise<Dashboard> {
  const { without = [], ...cohort } = query
  const input: CohortInput = { ...cohort, without: [...without], tenant: tenantId }
  // Once up front: the tiles would each complain.
  const { from, to } = Cohort.parse(input)
  const period = { from: from.toISOString(), to: to.toISOString() }
  const previous = before(period)
  const [now, then, byDay, upTo, tiles] = await Promise.all([
    totals(querier, input),
    totals(querier, { ...input, ...previous }),
    days(querier, input),
    asOf(querier),
    otherTiles(querier, input),
  ])
  return {
    period,
    previous,
    asOf: upTo,
    figures: allFigures(now, then, byDay),
    outcomesByDay: byDay.map(({ day, outcomes }) => ({ day, counts: outcomes })),
    timeByDay: byDay.map(({ day, medianSeconds, p95Seconds }) => ({
      day,
      median: medianSeconds,
      p95: p95Seconds,
    })),
    ...tiles,
  }
}
