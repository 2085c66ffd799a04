/** Counts how often each check, and each case of it, fired on which side. */
import type { Check, CheckCode, Weights } from '../check.ts'
import { checks } from '../checks/index.ts'
import { weightsOf } from '../evaluate.ts'
import type { CheckSettings } from '../settings.ts'
import type { CalibrationCase, CalibrationResult, Sides } from './case.ts'
import type { CaseLabel } from './labels.ts'

/** Counts by side; `independent`: without labels that depend on how the case was decided. */
export type SideCounts = { readonly all: Sides; readonly independent: Sides }

/** The counts of one check. */
export type CheckCount = {
  /** Labelled cases in which it looked and had an answer */
  readonly looked: SideCounts
  /** Genuine and provisionally genuine cases in which it looked, and in which it fired */
  readonly lookedAtGenuine: number
  readonly alarms: number
  /** Epoch ms; null: no case has a result of it */
  readonly firstSeenAt: number | null
  /** Hits by case name of its weights */
  readonly hits: ReadonlyMap<string, SideCounts>
  /** Hits whose weight is none of the check's own: its rule added several up */
  readonly combined: number
}

type Counter = { genuine: number; fraud: number }
type SideCounter = { all: Counter; independent: Counter }
type Working = {
  looked: SideCounter
  lookedAtGenuine: number
  alarms: number
  firstSeenAt: number | null
  hits: Map<string, SideCounter>
  combined: number
}

/** Adds case after case; `of` gives a check's counts so far. A check that is gone since has nothing to calibrate. */
export type Tally = {
  add(one: CalibrationCase, label: CaseLabel): void
  of(code: CheckCode): CheckCount
}

const counter = (): SideCounter => ({
  all: { genuine: 0, fraud: 0 },
  independent: { genuine: 0, fraud: 0 },
})

const working = (): Working => ({
  looked: counter(),
  lookedAtGenuine: 0,
  alarms: 0,
  firstSeenAt: null,
  hits: new Map(),
  combined: 0,
})

/** `settingsOf`: the check settings of a policy version; undefined: that version is not known, and the default weights are taken. */
export function createTally(settingsOf: (version: number) => CheckSettings | undefined): Tally {
  const counts = new Map(checks.map((check) => [check.code as string, working()]))
  const weights = new Map<number, WeightsOf>()
  const weightsIn = (version: number): WeightsOf => {
    const made = weights.get(version) ?? weightsUnder(settingsOf(version) ?? { checks: {} })
    weights.set(version, made)
    return made
  }
  return {
    add: (one, label) => {
      const own = weightsIn(one.policyVersion)
      const results = byCode(one.results)
      for (const [code, count] of counts) {
        const found = results.get(code)
        if (found !== undefined) addCheck(count, found, own(code), one, label)
      }
    },
    of: (code) => counts.get(code) as CheckCount,
  }
}

type WeightsOf = (code: string) => Weights

function weightsUnder(settings: CheckSettings): WeightsOf {
  const made = new Map(checks.map((check) => [check.code as string, weightsOf(check, settings)]))
  return (code) => made.get(code) as Weights
}

function byCode(results: readonly CalibrationResult[]): ReadonlyMap<string, readonly CalibrationResult[]> {
  const found = new Map<string, CalibrationResult[]>()
  for (const result of results) {
    const known = found.get(result.code)
    if (known === undefined) found.set(result.code, [result])
    else known.push(result)
  }
  return found
}

const answered: readonly CalibrationResult['status'][] = ['pass', 'info', 'flag', 'critical']

/** True if a result speaks against the participant. */
const isAlarm = ({ status, weight, quality }: CalibrationResult): boolean =>
  status === 'critical' || (weight < 0 && quality > 0)

function addCheck(
  count: Working,
  results: readonly CalibrationResult[],
  own: Weights,
  one: CalibrationCase,
  label: CaseLabel,
): void {
  count.firstSeenAt = Math.min(count.firstSeenAt ?? Infinity, one.startedAt)
  if (!results.some(({ status }) => answered.includes(status))) return
  if (label.side === 'genuine' || label.side === 'provisional') {
    count.lookedAtGenuine += 1
    if (results.some(isAlarm)) count.alarms += 1
  }
  if (label.side !== 'genuine' && label.side !== 'fraud') return
  raise(count.looked, label)
  for (const name of namesOf(count, results, own)) {
    const hits = count.hits.get(name) ?? counter()
    count.hits.set(name, hits)
    raise(hits, label)
  }
}

function raise(counts: SideCounter, label: Extract<CaseLabel, { readonly source: string }>): void {
  counts.all[label.side] += 1
  if (label.source !== 'undisputed') counts.independent[label.side] += 1
}

/**
 * The weights of a check that its results were given for. Results keep a weight, not a name: names of one weight share its
 * hits.
 */
function namesOf(count: Working, results: readonly CalibrationResult[], own: Weights): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { weight, quality } of results) {
    if (weight === 0 || quality === 0) continue
    const fitting = Object.entries(own).filter(([, value]) => Math.abs(value - weight) < 1e-9)
    if (fitting.length === 0) count.combined += 1
    for (const [name] of fitting) names.add(name)
  }
  return names
}

/** True if a check's weights are counted rates at all: possession is policy, and answers have a table of their own. */
export const isCalibrated = ({ category, defaultWeights }: Check): boolean =>
  category !== 'possession' && Object.keys(defaultWeights).length > 0
