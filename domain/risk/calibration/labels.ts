/**
 * A label says what a case was, by something else than its own score. The decision alone is never a label: that an
 * impostor passed would make the checks that missed him look right.
 */
import type { CalibrationCase } from './case.ts'
import { dayMs } from './case.ts'

/** So long may a participant say "this was not me". */
export const disputeDays = 30

/**
 * The sources of a label. `red_team`: a marked exercise · `reported`: the participant · `staff`: a label given later
 * that does not come from the score ·
 * `undisputed`: passed with possession evidence, and nobody disputed it for 30 days. Only the last one depends on how
 * the case was decided.
 */
export const labelSources = ['red_team', 'reported', 'staff', 'undisputed'] as const
export type LabelSource = (typeof labelSources)[number]

/** The reasons why a case has no label. */
export const unlabelledReasons = [
  'unsure',
  'score_seen',
  'too_young',
  'disputed_elsewhere',
  'not_passed',
  'no_possession',
] as const
export type UnlabelledReason = (typeof unlabelledReasons)[number]

/** The label of a case. `provisional`: would be genuine, once its 30 days are over; counts for alarm rates only. */
export type CaseLabel =
  | { readonly side: 'genuine' | 'fraud'; readonly source: LabelSource }
  | { readonly side: 'provisional' | 'unlabelled'; readonly why: UnlabelledReason }

/** The label of a case at a moment (epoch ms). What testers did is known best, then what the participant says, then staff. */
export function labelOf(one: CalibrationCase, now: number): CaseLabel {
  if (one.isExercise) return { side: 'fraud', source: 'red_team' }
  if (one.outcome === 'reported' || one.dispute === 'this') return { side: 'fraud', source: 'reported' }
  return byStaff(one) ?? bySilence(one, now)
}

function byStaff({ staffLabel }: CalibrationCase): CaseLabel | null {
  if (staffLabel === 'suspicious') return { side: 'fraud', source: 'staff' }
  if (staffLabel === 'genuine' || staffLabel === 'false_refusal') return { side: 'genuine', source: 'staff' }
  return staffLabel === 'unsure' ? { side: 'unlabelled', why: 'unsure' } : null
}

function bySilence(one: CalibrationCase, now: number): CaseLabel {
  if (one.isLabelledSeeing) return { side: 'unlabelled', why: 'score_seen' }
  if (one.outcome !== 'passed') return { side: 'unlabelled', why: 'not_passed' }
  if (!holdsPossession(one)) return { side: 'unlabelled', why: 'no_possession' }
  if (one.dispute === 'other') return { side: 'unlabelled', why: 'disputed_elsewhere' }
  const isOld = now - (one.closedAt ?? one.startedAt) >= disputeDays * dayMs
  return isOld ? { side: 'genuine', source: 'undisputed' } : { side: 'provisional', why: 'too_young' }
}

function holdsPossession({ results }: CalibrationCase): boolean {
  return results.some(
    ({ evidenceClass, mode, status }) =>
      evidenceClass === 'possession' && mode === 'live' && status === 'pass',
  )
}
