/** The share of a category that could be looked at. */
import type { CheckCategory, CheckResult } from './check.ts'

/** Categories that are judged by coverage; answers and evidence have rules of their own. */
export const judgedCategories = ['network', 'endpoint', 'persona'] as const satisfies readonly CheckCategory[]

const answered: readonly CheckResult['status'][] = ['pass', 'info', 'flag', 'critical']

/** Share of weight that answered among live, applicable checks, 0..1; null where none applies. */
export function coverageOf(category: CheckCategory, live: readonly CheckResult[]): number | null {
  if (!judgedCategories.some((judged) => judged === category)) return null
  let [possible, found] = [0, 0]
  for (const result of live) {
    if (result.category !== category || result.status === 'not_applicable') continue
    possible += result.maxWeight
    if (answered.includes(result.status)) found += result.maxWeight
  }
  return possible === 0 ? null : found / possible
}
