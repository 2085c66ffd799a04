/** The gate before questions: options leak, so nobody suspicious is shown any. */
import type { CheckResult } from './check.ts'
import { riskOf } from './score.ts'
import type { RiskScore } from './score.ts'

/** Default of the policy's `noQuestionsFrom`. */
const silentLimit = 8

/**
 * True when questions may be shown: nothing critical, no floor of 7.5 or more, and R from silent checks alone under
 * `noQuestionsFrom`.
 * Evidence of possession does not open the gate, nor do answers.
 */
export function questionsAllowed(
  results: readonly CheckResult[],
  risk: RiskScore,
  noQuestionsFrom: number = silentLimit,
): boolean {
  const isCritical = results.some(
    (r) => r.mode === 'live' && r.status === 'critical' && r.floor?.liftedBy === undefined,
  )
  return !isCritical && !risk.floors.some((floor) => floor.value >= 7.5) && silentRisk(risk) < noQuestionsFrom
}

/** R from network, endpoint and persona alone, before floors. */
export function silentRisk(risk: RiskScore): number {
  const silent = risk.categories.filter(
    ({ category }) => category !== 'challenge' && category !== 'possession',
  )
  return riskOf(silent.reduce((sum, { e }) => sum + Math.round(e * 100), 0) / 100)
}
