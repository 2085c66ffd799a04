/**
 * The risk score (risk.md section 8): weight of evidence in decibans, damped within groups, capped by category, bounded
 * from below by floors. A pure function of results and policy. Sums are integers of hundredths of a dB, so the order of
 * results cannot change them.
 */
import type { CheckCategory, CheckCode, CheckResult } from './check.ts'
import { coverageOf } from './coverage.ts'
import { floorsOf } from './floors.ts'
import type { ScoreFloor } from './floors.ts'
import { shareOut, sumCategory } from './groups.ts'
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
  /** What R (shown) would be, had this check found nothing */
  leaveOneOut: number
}

export type RiskScore = {
  /** dB, all categories; plus speaks for the participant */
  e: number
  /** Shown: 0.0–10.0, higher is riskier */
  r: number
  /** Used for every decision: right answers count nothing in it */
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

/** Scores live results; shadow results change nothing. */
export function score(results: readonly CheckResult[], policy: ScorePolicy): RiskScore {
  const live = results.filter((result) => result.mode === 'live')
  const { sums, floors, r, rDecide } = measure(live, policy)
  return {
    e: total(sums) / 100,
    r,
    rDecide,
    band: bandOf(r, policy),
    bandDecide: bandOf(rDecide, policy),
    categories: categories.map((category) => describe(category, sums[category], live)),
    floors,
    hasTooLittleData: floors.some((floor) => floor.code === 'COVERAGE_TWO'),
    reasons: reasonsOf(live, policy),
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

/** The two numbers and what they are made of. */
function measure(live: readonly CheckResult[], policy: ScorePolicy) {
  const sums = sumsOf(live, policy, true)
  const decideSums = sumsOf(live, policy, false)
  const floors = floorsOf(live, sums.challenge > 0)
  const highest = (scope: 'shown' | 'decide'): number =>
    Math.max(0, ...floors.filter((f) => f.scope === 'both' || f.scope === scope).map((f) => f.value))
  return {
    sums,
    floors,
    r: Math.max(riskOf(total(sums) / 100), highest('shown')),
    rDecide: Math.max(riskOf(total(decideSums) / 100), highest('decide')),
  }
}

/**
 * Hundredths of a dB by category. For the decision right answers are left out one by one, not only as a sum: within one
 * verification they must not buy back wrong ones (B4, security.md 3.0 rule 3).
 */
function sumsOf(live: readonly CheckResult[], policy: ScorePolicy, countsKnowledge: boolean): Sums {
  const sumOf = (category: CheckCategory): number => {
    const hits = live.filter((result) => result.category === category)
    const counted =
      category === 'challenge' && !countsKnowledge ? hits.filter((result) => result.weight < 0) : hits
    return sumCategory(counted, (policy.caps ?? defaultCaps)[category])
  }
  return {
    network: sumOf('network'),
    endpoint: sumOf('endpoint'),
    persona: sumOf('persona'),
    challenge: sumOf('challenge'),
    possession: sumOf('possession'),
  }
}

function total(sums: Sums): number {
  return categories.reduce((sum, category) => sum + sums[category], 0)
}

function describe(category: CheckCategory, sum: number, live: readonly CheckResult[]): CategoryScore {
  const isApplicable = live.some((r) => r.category === category && r.status !== 'not_applicable')
  const coverage = coverageOf(category, live)
  const isShown = isApplicable && (coverage === null || coverage >= 0.5)
  return { category, e: sum / 100, r: isShown ? riskOf(sum / 100) : null, coverage }
}

function reasonsOf(live: readonly CheckResult[], policy: ScorePolicy): readonly Reason[] {
  return appliedOf(live, policy)
    .filter(({ result, applied }) => applied !== 0 || activeFloor(result) > 0)
    .sort(
      (a, b) =>
        activeFloor(b.result) - activeFloor(a.result) ||
        Math.abs(b.applied) - Math.abs(a.applied) ||
        a.result.code.localeCompare(b.result.code) ||
        a.result.group.localeCompare(b.result.group),
    )
    .map(({ result, applied }) => ({
      code: result.code,
      group: result.group,
      applied,
      leaveOneOut: measure(
        live.map((other) => (other === result ? silenced(result) : other)),
        policy,
      ).r,
    }))
}

/** Damped and scaled back to the cap of its category, dB. */
function appliedOf(live: readonly CheckResult[], policy: ScorePolicy) {
  return categories.flatMap((category) => {
    const hits = live.filter((result) => result.category === category)
    return shareOut(hits, (policy.caps ?? defaultCaps)[category])
  })
}

/** A check that looked and found nothing. */
function silenced(result: CheckResult): CheckResult {
  const { floor: _floor, evidenceClass: _class, ...rest } = result
  return { ...rest, status: 'pass', weight: 0 }
}

function activeFloor({ floor }: CheckResult): number {
  return floor === undefined || floor.liftedBy !== undefined ? 0 : floor.value
}
