/**
 * The risk score: weight of evidence in decibans, damped within groups, capped by category, bounded
 * from below by floors. A pure function of results and policy. Sums are integers of hundredths of a dB, so the order of
 * results cannot change them.
 */
import type { CheckCategory, CheckCode, CheckResult } from './check.ts'
import { asksInsteadOfPoints } from './asks.ts'
import { coverageOf } from './coverage.ts'
import { floorsOf, isAutomationSign } from './floors.ts'
import type { ScoreFloor } from './floors.ts'
import { byText, shareOut, sumCategory, sumsWithout } from './groups.ts'
import type { Cap } from './groups.ts'
import { defaultCaps } from './settings.ts'
import type { Band, ScorePolicy } from './settings.ts'

export const categories: readonly CheckCategory[] = [
  'network',
  'endpoint',
  'persona',
  'challenge',
  'possession',
]

export type CategoryScore = {
  category: CheckCategory
  /** dB after damping, quality and cap */
  e: number
  /** 0.0–10.0 on the same curve; null where less than half of the checks answered or none applies */
  r: number | null
  /** 0..1; null where no check applies, and for challenge and possession, which are not judged by it */
  coverage: number | null
}

export type Reason = {
  code: CheckCode
  group: string
  /** dB after damping, quality and cap */
  applied: number
  /** The shown R, had this check found nothing */
  leaveOneOut: number
}

export type RiskScore = {
  /** dB, all categories; plus speaks for the participant */
  e: number
  /** Shown: 0.0–10.0, higher is riskier */
  r: number
  /** Used for every decision: right answers count nothing in it, nor do hits that ask for proof */
  rDecide: number
  band: Band
  bandDecide: Band
  categories: readonly CategoryScore[]
  /** Highest first */
  floors: readonly ScoreFloor[]
  /** Two silent categories or more answered too little to judge */
  hasTooLittleData: boolean
  /** Floors first, then by |applied| */
  reasons: readonly Reason[]
}

type Sums = Readonly<Record<CheckCategory, number>>
type Whole = { sums: Sums; floors: readonly ScoreFloor[] }
type Live = Readonly<Record<CheckCategory, readonly CheckResult[]>>

/** The numbers of a score without its explanation: a fraction of the work, where many cases are weighed again. */
export type RiskNumbers = Pick<RiskScore, 'r' | 'rDecide' | 'band' | 'floors'>

/** R and its floors, as `score` gives them. */
export function riskNumbers(results: readonly CheckResult[], policy: ScorePolicy): RiskNumbers {
  const { floors, r, rDecide } = numbersOf(liveByCategory(results), policy)
  return { r, rDecide, band: bandOf(r, policy), floors }
}

type Numbers = Whole & { readonly r: number; readonly rDecide: number }

function numbersOf(live: Live, policy: ScorePolicy): Numbers {
  const sums = perCategory((category) => sumCategory(live[category], capOf(category, policy)))
  const decideSums = perCategory((category) =>
    sumCategory(deciding(live[category], policy), capOf(category, policy)),
  )
  const floors = floorsOf(everything(live))
  return { sums, floors, r: bounded(sums, floors), rDecide: bounded(decideSums, floors) }
}

/** Scores live results; shadow results change nothing. */
export function score(results: readonly CheckResult[], policy: ScorePolicy): RiskScore {
  const live = liveByCategory(results)
  const { sums, floors, r, rDecide } = numbersOf(live, policy)
  return {
    e: total(sums) / 100,
    r,
    rDecide,
    band: bandOf(r, policy),
    bandDecide: bandOf(rDecide, policy),
    categories: categories.map((category) => describe(category, sums[category], live[category])),
    floors,
    hasTooLittleData: floors.some((floor) => floor.code === 'COVERAGE_TWO'),
    reasons: reasonsOf(live, { sums, floors }, policy),
  }
}

/** The same results with `applied` filled in from the score, as they are stored and shown. */
export function withApplied(results: readonly CheckResult[], risk: RiskScore): CheckResult[] {
  const applied = new Map(risk.reasons.map((reason) => [`${reason.code} ${reason.group}`, reason.applied]))
  return results.map((result) => ({
    ...result,
    applied: result.mode === 'live' ? (applied.get(`${result.code} ${result.group}`) ?? 0) : 0,
  }))
}

/** R for a sum of evidence in dB, before floors, one decimal: 0 → 5.0, −12 → 8.0, +12 → 2.0. */
export function riskOf(e: number): number {
  return Math.round(100 / (1 + 10 ** (e / 20))) / 10
}

export function bandOf(r: number, { bands }: ScorePolicy): Band {
  if (r <= bands.low) return 'low'
  if (r <= bands.guarded) return 'guarded'
  return r <= bands.elevated ? 'elevated' : 'high'
}

/**
 * The results that move the deciding number. Right answers do not: within one verification they must not buy back wrong
 * ones (B4). Nor do hits that ask for proof, so that possession cannot buy them back and nobody pays twice.
 */
function deciding(hits: readonly CheckResult[], policy: ScorePolicy): readonly CheckResult[] {
  return hits.filter(
    (result) =>
      (result.category !== 'challenge' || result.weight < 0) &&
      (result.weight >= 0 || !asksInsteadOfPoints(result, policy)),
  )
}

function bounded(sums: Sums, floors: readonly ScoreFloor[]): number {
  return Math.max(riskOf(total(sums) / 100), ...floors.map((floor) => floor.value))
}

function capOf(category: CheckCategory, policy: ScorePolicy): Cap {
  return (policy.caps ?? defaultCaps)[category]
}

function perCategory<T>(make: (category: CheckCategory) => T): Record<CheckCategory, T> {
  return {
    network: make('network'),
    endpoint: make('endpoint'),
    persona: make('persona'),
    challenge: make('challenge'),
    possession: make('possession'),
  }
}

function liveByCategory(results: readonly CheckResult[]): Live {
  const live = perCategory<CheckResult[]>(() => [])
  for (const result of results) if (result.mode === 'live') live[result.category].push(result)
  return live
}

function everything(live: Live): readonly CheckResult[] {
  return categories.flatMap((category) => live[category])
}

function total(sums: Sums): number {
  return categories.reduce((sum, category) => sum + sums[category], 0)
}

function describe(category: CheckCategory, sum: number, live: readonly CheckResult[]): CategoryScore {
  const isApplicable = live.some((result) => result.status !== 'not_applicable')
  const coverage = coverageOf(category, live)
  const isShown = isApplicable && (coverage === null || coverage >= 0.5)
  return { category, e: sum / 100, r: isShown ? riskOf(sum / 100) : null, coverage }
}

function reasonsOf(live: Live, whole: Whole, policy: ScorePolicy): readonly Reason[] {
  return categories
    .flatMap((category) => reasonsIn(category, live, whole, policy))
    .sort(
      (a, b) =>
        activeFloor(b.result) - activeFloor(a.result) ||
        Math.abs(b.applied) - Math.abs(a.applied) ||
        byText(a.result.code, b.result.code) ||
        byText(a.result.group, b.result.group),
    )
    .map(({ result: { code, group }, applied, leaveOneOut }) => ({ code, group, applied, leaveOneOut }))
}

type Found = { result: CheckResult; applied: number; leaveOneOut: number }

function reasonsIn(category: CheckCategory, live: Live, whole: Whole, policy: ScorePolicy): readonly Found[] {
  const cap = capOf(category, policy)
  const sumWithout = sumsWithout(live[category], cap)
  return shareOut(live[category], cap)
    .filter(({ result, applied }) => applied !== 0 || activeFloor(result) > 0)
    .map(({ result, applied }) => ({
      ...{ result, applied },
      leaveOneOut: riskWithout(result, live, whole, sumWithout(result)),
    }))
}

/** R (shown), had this one check found nothing. `sum`: of its category without it; only that one changes. */
function riskWithout(result: CheckResult, live: Live, whole: Whole, sum: number): number {
  const { category } = result
  const sums = { ...whole.sums, [category]: sum }
  if (!isCause(result)) return bounded(sums, whole.floors)
  const hits = live[category].map((other) => (other === result ? silenced(result) : other))
  return bounded(sums, floorsOf(everything({ ...live, [category]: hits })))
}

/** Most results have no part in any floor, so the floors need not be found again without them. */
function isCause({ code, floor }: CheckResult): boolean {
  return floor !== undefined || isAutomationSign(code)
}

/** A check that looked and found nothing. */
function silenced(result: CheckResult): CheckResult {
  const { floor: _floor, ...rest } = result
  return { ...rest, status: 'pass', weight: 0 }
}

function activeFloor({ floor }: CheckResult): number {
  return floor === undefined || floor.liftedBy !== undefined ? 0 : floor.value
}
