/**
 * The calibration report: what the labelled cases of a window say of every check, of the number and of
 * the groups of people. It proposes weights and never applies one: a proposal is a draft of the policy like any other.
 */
import type { Check, CheckCategory, CheckCode, CheckMode } from '../check.ts'
import { checks } from '../checks/index.ts'
import { modeOf, weightsOf } from '../evaluate.ts'
import type { CheckSettings } from '../settings.ts'
import { adviceOf, type AlarmAdvice } from './alarms.ts'
import { auditOf, type Audit } from './audit.ts'
import type { CalibrationCase, Sides } from './case.ts'
import { cohortsOf, type Cohort } from './cohorts.ts'
import { rateOf, type Measured, type Rate } from './intervals.ts'
import {
  labelOf,
  labelSources,
  unlabelledReasons,
  type CaseLabel,
  type LabelSource,
  type UnlabelledReason,
} from './labels.ts'
import { measuredCurve, reliabilityOf, type Judged, type Reliability, type Step } from './reliability.ts'
import { createTally, isCalibrated, type CheckCount, type SideCounts, type Tally } from './tally.ts'
import { enoughIndependent, isEnough, measuredWeight, nextWeight } from './weights.ts'

/**
 * `proposed`: another weight is proposed · `agrees`: the one in force lies within the interval · `too_little_data` ·
 * `sources_disagree`: labels that depend on decisions say something else than those that do not · `in_shadow`: it counts
 * nothing, so there is nothing to change yet
 */
export type WeightState = 'proposed' | 'agrees' | 'too_little_data' | 'sources_disagree' | 'in_shadow'

/** One weight of a check. dB throughout. */
export type WeightReport = {
  readonly name: string
  readonly current: number
  readonly default: number
  readonly hits: Sides
  /** null: too little data */
  readonly measured: Measured | null
  /** From labels alone that do not depend on how cases were decided; null: too little data */
  readonly independent: Measured | null
  readonly state: WeightState
  /** null unless `proposed` */
  readonly proposed: number | null
  /** It fires more often on the other side than it was made for: the rule wants a look, whatever its weight */
  readonly isOtherWay: boolean
}

/** One check. */
export type CheckReport = {
  readonly code: CheckCode
  readonly category: CheckCategory
  readonly mode: CheckMode
  readonly looked: Sides
  /** On genuine people, provisional ones included */
  readonly alarms: Rate
  /** null: it never speaks against anybody, or no case has a result of it */
  readonly advice: AlarmAdvice | null
  readonly isCalibrated: boolean
  readonly weights: readonly WeightReport[]
  /** Hits that several of its weights made together: they count for none of them and are left out */
  readonly combined: number
}

/** The number of cases with each label. */
export type LabelCounts = {
  readonly genuine: Readonly<Record<LabelSource, number>>
  readonly fraud: Readonly<Record<LabelSource, number>>
  readonly unlabelled: Readonly<Record<UnlabelledReason, number>>
}

/** The report. */
export type CalibrationReport = {
  /** Scored cases that were looked at */
  readonly cases: number
  readonly labels: LabelCounts
  /** Cases that were not passed, and how many of them have a label: what decisions hide */
  readonly refused: { readonly cases: number; readonly labelled: number }
  readonly audit: Audit
  readonly checks: readonly CheckReport[]
  readonly reliability: Reliability
  /** null: too little data; the fixed curve stays in any case */
  readonly curve: readonly Step[] | null
  readonly cohorts: readonly Cohort[]
  /** The check settings in force with all proposals put in */
  readonly settings: CheckSettings
}

/** The report is made from these. */
export type CalibrationInput = {
  /** Check settings in force */
  readonly settings: CheckSettings
  /** Those of an earlier version; undefined: not known */
  readonly settingsOf: (version: number) => CheckSettings | undefined
  /** Epoch ms */
  readonly now: number
}

/** Makes the report of these cases. Pure. */
export function calibrate(cases: readonly CalibrationCase[], input: CalibrationInput): CalibrationReport {
  const labelled = cases.map((one) => ({ one, label: labelOf(one, input.now) }))
  const tally = createTally(input.settingsOf)
  for (const { one, label } of labelled) tally.add(one, label)
  const judged = labelled.flatMap(({ one, label }): Judged[] =>
    label.side === 'genuine' || label.side === 'fraud'
      ? [{ e: one.e, r: one.r, isFraud: label.side === 'fraud' }]
      : [],
  )
  const reports = checks.map((check) => checkReport(check, tally, input))
  return {
    cases: cases.length,
    labels: countLabels(labelled.map(({ label }) => label)),
    refused: refusedOf(labelled),
    audit: auditOf(cases),
    checks: reports,
    reliability: reliabilityOf(judged),
    curve: measuredCurve(judged),
    cohorts: cohortsOf(
      labelled.map(({ one, label }) => ({
        ...one,
        isGenuine: label.side === 'genuine' || label.side === 'provisional',
      })),
    ),
    settings: withProposals(input.settings, reports),
  }
}

type Labelled = readonly { readonly one: CalibrationCase; readonly label: CaseLabel }[]

function refusedOf(labelled: Labelled): CalibrationReport['refused'] {
  const refused = labelled.filter(({ one }) => one.outcome !== 'passed')
  return {
    cases: refused.length,
    labelled: refused.filter(({ label }) => label.side === 'genuine' || label.side === 'fraud').length,
  }
}

function countLabels(labels: readonly CaseLabel[]): LabelCounts {
  const bySource = (side: 'genuine' | 'fraud'): Record<LabelSource, number> =>
    countBy(labelSources, (source) => labels.filter((l) => l.side === side && l.source === source).length)
  return {
    genuine: bySource('genuine'),
    fraud: bySource('fraud'),
    unlabelled: countBy(
      unlabelledReasons,
      (why) =>
        labels.filter((l) => (l.side === 'unlabelled' || l.side === 'provisional') && l.why === why).length,
    ),
  }
}

function countBy<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>
}

function checkReport(check: Check, tally: Tally, { settings, now }: CalibrationInput): CheckReport {
  const count = tally.of(check.code)
  const alarms = rateOf(count.alarms, count.lookedAtGenuine)
  const mode = modeOf(check, settings)
  const speaksAgainst = Object.values(check.defaultWeights).some((weight) => weight < 0)
  return {
    code: check.code,
    category: check.category,
    mode,
    looked: count.looked.all,
    alarms,
    advice: speaksAgainst && count.firstSeenAt !== null ? adviceOf(alarms, count.firstSeenAt, now) : null,
    isCalibrated: isCalibrated(check),
    weights: isCalibrated(check) ? weightReports(check, count, mode, settings) : [],
    combined: isCalibrated(check) ? count.combined : 0,
  }
}

function weightReports(
  check: Check,
  count: CheckCount,
  mode: CheckMode,
  settings: CheckSettings,
): readonly WeightReport[] {
  const current = weightsOf(check, settings)
  return Object.entries(check.defaultWeights).map(([name, defaultWeight]) =>
    weightReport(name, count, { current: current[name] as number, default: defaultWeight }, mode),
  )
}

const noHits: SideCounts = { all: { genuine: 0, fraud: 0 }, independent: { genuine: 0, fraud: 0 } }

function weightReport(
  name: string,
  { hits: byName, looked }: CheckCount,
  weight: { readonly current: number; readonly default: number },
  mode: CheckMode,
): WeightReport {
  const hits = byName.get(name) ?? noHits
  const measured = isEnough(hits.all, looked.all)
    ? measuredWeight(hits.all, looked.all, weight.default)
    : null
  const independent = isEnough(hits.independent, looked.independent, enoughIndependent)
    ? measuredWeight(hits.independent, looked.independent, weight.default)
    : null
  const next = measured === null ? weight.current : nextWeight(weight.current, measured.value, weight.default)
  const state = stateOf(measured, independent, weight.current, next, mode)
  return {
    name,
    ...weight,
    hits: hits.all,
    measured,
    independent,
    state,
    proposed: state === 'proposed' ? next : null,
    isOtherWay: measured !== null && (weight.default > 0 ? measured.hi < 0 : measured.lo > 0),
  }
}

const overlap = (a: Measured, b: Measured): boolean => a.lo <= b.hi && b.lo <= a.hi

function stateOf(
  measured: Measured | null,
  independent: Measured | null,
  current: number,
  next: number,
  mode: CheckMode,
): WeightState {
  if (measured === null) return 'too_little_data'
  if (independent !== null && !overlap(measured, independent)) return 'sources_disagree'
  if (mode !== 'live') return 'in_shadow'
  const isWithin = current >= measured.lo && current <= measured.hi
  return isWithin || next === current ? 'agrees' : 'proposed'
}

/** The settings with every proposed weight put in; everything else stays. */
function withProposals(settings: CheckSettings, reports: readonly CheckReport[]): CheckSettings {
  const changed = reports.flatMap(({ code, weights }) => {
    const proposed = weights.flatMap(({ name, proposed: next }) =>
      next === null ? [] : [[name, next] as const],
    )
    if (proposed.length === 0) return []
    const own = settings.checks[code]
    return [[code, { ...own, weights: { ...own?.weights, ...Object.fromEntries(proposed) } }] as const]
  })
  return { checks: { ...settings.checks, ...Object.fromEntries(changed) } }
}
