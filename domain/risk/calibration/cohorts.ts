/** Finds out if cases of some groups of people are suspected or refused more often than others. */
import type { CalibrationCase, CaseCohorts } from './case.ts'
import { rateOf, ratioOf, type Measured, type Rate } from './intervals.ts'

export const cohortDimensions = ['place', 'device', 'access', 'tenure', 'country'] as const
export type CohortDimension = (typeof cohortDimensions)[number]

/** Cases below which a group is counted and not judged: few are no rate, and the people could be recognised. */
export const enoughInCohort = 20
/** From this ratio on an organisation has to say why it accepts it. */
export const unevenFrom = 2
const mostCountries = 8

/** `uneven`: alarms are more than twice as frequent, and not by chance alone · `uncertain`: they are, and it may be chance. */
export type CohortVerdict = 'even' | 'uneven' | 'uncertain' | 'too_few'

/** One group beside all others of which the same is known. */
export type Cohort = {
  readonly dimension: CohortDimension
  readonly value: string
  /** Genuine people's cases in band elevated or high */
  readonly alarms: Rate
  /** Passed, of all cases that ended as passed or failed */
  readonly passes: Rate
  /** Alarm rate beside that of the others; null where either is too few */
  readonly ratio: Measured | null
  readonly verdict: CohortVerdict
}

/** A case as counted here. `isGenuine`: by label, or provisionally. */
export type CohortCase = Pick<CalibrationCase, 'cohorts' | 'band' | 'outcome'> & {
  readonly isGenuine: boolean
}

type Count = { genuine: number; alarms: number; decided: number; passed: number }

/** All groups, in the order of `cohortDimensions`; within one the largest first, countries beyond the eighth as one. */
export function cohortsOf(cases: readonly CohortCase[]): readonly Cohort[] {
  return cohortDimensions.flatMap((dimension) => ofDimension(dimension, cases))
}

function ofDimension(dimension: CohortDimension, cases: readonly CohortCase[]): readonly Cohort[] {
  const name = namer(dimension, cases)
  const counts = new Map<string, Count>()
  for (const one of cases) {
    const value = name(one.cohorts)
    if (value !== null) count(counts, value, one)
  }
  const all = [...counts.values()].reduce(plus, nothing)
  return [...counts]
    .sort(([a, one], [b, other]) => other.decided - one.decided || (a < b ? -1 : 1))
    .map(([value, one]) => cohort(dimension, value, one, minus(all, one)))
}

/** Small countries are counted together as "other". */
function namer(dimension: CohortDimension, cases: readonly CohortCase[]): (of: CaseCohorts) => string | null {
  if (dimension !== 'country') return (of) => of[dimension]
  const sizes = new Map<string, number>()
  for (const { cohorts } of cases) {
    if (cohorts.country !== null) sizes.set(cohorts.country, (sizes.get(cohorts.country) ?? 0) + 1)
  }
  const largest = [...sizes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, mostCountries)
  const named = new Set(largest.map(([country]) => country))
  return ({ country }) => (country === null || named.has(country) ? country : 'other')
}

const nothing: Count = { genuine: 0, alarms: 0, decided: 0, passed: 0 }

const combined =
  (sign: 1 | -1) =>
  (a: Count, b: Count): Count => ({
    genuine: a.genuine + sign * b.genuine,
    alarms: a.alarms + sign * b.alarms,
    decided: a.decided + sign * b.decided,
    passed: a.passed + sign * b.passed,
  })
const plus = combined(1)
const minus = combined(-1)

function count(counts: Map<string, Count>, value: string, one: CohortCase): void {
  const isAlarm = one.band === 'elevated' || one.band === 'high'
  const isDecided = one.outcome === 'passed' || one.outcome === 'failed'
  counts.set(
    value,
    plus(counts.get(value) ?? nothing, {
      genuine: one.isGenuine ? 1 : 0,
      alarms: one.isGenuine && isAlarm ? 1 : 0,
      decided: isDecided ? 1 : 0,
      passed: one.outcome === 'passed' ? 1 : 0,
    }),
  )
}

function cohort(dimension: CohortDimension, value: string, one: Count, others: Count): Cohort {
  const alarms = rateOf(one.alarms, one.genuine)
  const rest = rateOf(others.alarms, others.genuine)
  const isJudged = alarms.of >= enoughInCohort && rest.of >= enoughInCohort
  const ratio = isJudged ? ratioOf(alarms, rest) : null
  return {
    dimension,
    value,
    alarms,
    passes: rateOf(one.passed, one.decided),
    ratio,
    verdict: verdictOf(ratio),
  }
}

function verdictOf(ratio: Measured | null): CohortVerdict {
  if (ratio === null) return 'too_few'
  if (ratio.value <= unevenFrom) return 'even'
  return ratio.lo > 1 ? 'uneven' : 'uncertain'
}
