/** Stored verifications as calibration looks at them. */
import type { CalibrationCase, CalibrationResult } from '../calibration/case.ts'

/** A fixed moment: 24 November 2026, noon. */
export const calibratedAt = Date.parse('2026-11-24T12:00:00Z')
const day = 86_400_000
let next = 0

/** A result of a check; live, looked and found nothing unless said otherwise. */
export const calibrationResult = (
  code: string,
  changes: Partial<CalibrationResult> = {},
): CalibrationResult => ({
  code,
  mode: 'live',
  status: 'pass',
  weight: 0,
  quality: 1,
  evidenceClass: null,
  ...changes,
})

/** The same, speaking against the participant. */
export const calibrationHit = (code: string, weight: number, changes: Partial<CalibrationResult> = {}) =>
  calibrationResult(code, { status: weight < 0 ? 'flag' : 'pass', weight, ...changes })

/** Link and match code came back. */
export const possession = calibrationResult('POS_OTP', { weight: 10, evidenceClass: 'possession' })

/** Passed with evidence sixty days ago, never disputed: genuine by the participant's silence. */
export const calibrationCase = (changes: Partial<CalibrationCase> = {}): CalibrationCase => {
  next += 1
  return {
    id: `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`,
    startedAt: calibratedAt - 60 * day,
    closedAt: calibratedAt - 60 * day + 600_000,
    outcome: 'passed',
    policyVersion: 1,
    e: 12,
    r: 2,
    band: 'low',
    results: [possession],
    staffLabel: null,
    isLabelledSeeing: false,
    isExercise: false,
    dispute: null,
    cohorts: { place: null, country: null, device: null, access: null, tenure: null },
    ...changes,
  }
}

/** A refused case that staff found out to be an impostor's. */
export const impostorCase = (changes: Partial<CalibrationCase> = {}): CalibrationCase =>
  calibrationCase({ outcome: 'failed', staffLabel: 'suspicious', e: -20, r: 9.1, band: 'high', ...changes })

/** So many of one kind. */
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
