/** How much of a category could be looked at (risk.md 8.6). */
import type { CheckCategory, CheckResult } from './check.ts'

/** Categories that are judged by coverage; answers and evidence have rules of their own. */
export const judgedCategories = ['network', 'endpoint', 'persona'] as const satisfies readonly CheckCategory[]

const answered: readonly CheckResult['status'][] = ['pass', 'info', 'flag', 'critical']

/** Share of weight that answered among live, applicable checks, 0..1; null where none applies. */
export function coverageOf(category: CheckCategory, live: readonly CheckResult[]): number | null {
  if (!judgedCategories.some((judged) => judged === category)) return null
  const applicable = live.filter((r) => r.category === category && r.status !== 'not_applicable')
  const possible = sum(applicable)
  return possible === 0 ? null : sum(applicable.filter((r) => answered.includes(r.status))) / possible
}

function sum(results: readonly CheckResult[]): number {
  return results.reduce((total, result) => total + result.maxWeight, 0)
}
