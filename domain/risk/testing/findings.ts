/** Runs one check with its own weights. */
import type { Check, CheckResult } from '../check.ts'
import { evaluateChecks } from '../evaluate.ts'
import type { RiskFacts } from '../facts.ts'

/** The check's first result, and `[status, weight]` for short. */
export function resultOf(check: Check, facts: RiskFacts): CheckResult {
  const [result] = evaluateChecks(facts, { checks: { [check.code]: { mode: 'live' } } }, [check])
  if (result === undefined) throw new Error(`${check.code} gave no result`)
  return result
}

/** `flag -12`, `flag -12×0.5`, `critical -6 floor 8`, `pass`. */
export function verdictOf(check: Check, facts: RiskFacts): string {
  const { status, weight, quality, floor } = resultOf(check, facts)
  const size = weight === 0 ? '' : ` ${weight > 0 ? '+' : ''}${String(weight)}`
  const share = weight === 0 || quality === 1 ? '' : `×${String(Math.round(quality * 1000) / 1000)}`
  return `${status}${size}${share}${floor === undefined ? '' : ` floor ${String(floor.value)}`}`
}
