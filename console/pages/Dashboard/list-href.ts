import type { Dashboard } from '#api/contract/console-reports.ts'
import type { CallInput } from '#api/contract/types.ts'
import { states } from '#domain/verification/state.ts'

/** The slice of the whole dashboard. */
export type Slice = { readonly purpose?: string; readonly channel?: string }

type ListKey = keyof NonNullable<CallInput<'console.listVerifications'>['query']>

/** The filters that narrow the list to the cases that a figure counts. */
export type Drill = { readonly [K in Exclude<ListKey, 'from' | 'to' | 'cursor' | 'limit'>]?: string }

/** Everything that is not closed. */
export const openStates = states.filter((state) => state !== 'closed').join(',')

/** Cases with a result: completion, pass rate and times are made of them. */
export const withResult: Drill = { outcome: 'passed,failed,not_enough_questions' }

/** Cases with a valid score, which the risk tile counts. One whose second code never came is not among them. */
export const scored: Drill = { step: 'scored' }

/**
 * The cases that each figure counts or, where it is a share or a time, the ones it is taken from. Only scored answers
 * are judged.
 */
export const figureDrills: Readonly<Record<keyof Dashboard['figures'], Drill>> = {
  started: {},
  completionRate: withResult,
  passRate: { outcome: 'passed' },
  medianSeconds: withResult,
  p95Seconds: withResult,
  challengeSuccess: scored,
  highRisk: { ...scored, band: 'high' },
  overturned: { overturned: 'yes' },
}

/** The filter of a bin: scores are tenths, and a bin's upper edge belongs to the next one, but for the last. */
export const binDrill = ({ from, to }: Dashboard['riskBins'][number]): Drill => ({
  ...scored,
  riskFrom: String(from),
  riskTo: to === 10 ? '10' : (to - 0.1).toFixed(1),
})

/** Most values of one filter, as the list takes them. */
const mostValues = 20

/** Several values of one filter; undefined where there are none, or more than the list takes. */
export const drillToAll = (filter: 'reason' | 'referrer', values: readonly string[]): Drill | undefined =>
  values.length === 0 || values.length > mostValues ? undefined : { [filter]: values.join(',') }

/**
 * A cell of the heat map: `day` 0 is Monday; hours are those of the reader, even when another reader opens the address later.
 */
export const hourDrill = (day: number, hour: number, timeZone: string): Drill => ({
  weekday: String(day + 1),
  hour: String(hour),
  timeZone,
})

/** The address of the list that a tile counts: same period, same slice, and the tile's own filter. */
export const listHref = (period: { from: string; to: string }, slice: Slice, filter: Drill): string =>
  `/verifications?${new URLSearchParams({ from: period.from, to: period.to, ...slice, ...filter }).toString()}`
