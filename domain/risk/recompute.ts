/** Tells if a stored score is the one that its stored results give. */
import type { CheckResult } from './check.ts'
import { score, withApplied, type RiskScore } from './score.ts'
import type { ScorePolicy } from './settings.ts'

/** A scoring as it was stored. */
export type StoredScoring = { readonly results: readonly CheckResult[]; readonly score: RiskScore }

/** A part of a score that does not come out as it was stored, both as JSON. */
export type ScoreDifference = { readonly part: string; readonly stored: string; readonly recomputed: string }

/** Everything in which a score differs when it is computed again under its policy; empty where nothing does. */
export function scoreDifferences(stored: StoredScoring, policy: ScorePolicy): readonly ScoreDifference[] {
  const again = score(stored.results, policy)
  const parts = new Set([...Object.keys(again), ...Object.keys(stored.score)]) as Set<keyof RiskScore>
  const applied = withApplied(stored.results, again)
  return [
    ...[...parts].flatMap((part) => difference(part, stored.score[part], again[part])),
    ...difference('applied', stored.results.map(appliedOf), applied.map(appliedOf)),
  ]
}

const appliedOf = ({ code, group, applied }: CheckResult): string => `${code} ${group} ${String(applied)}`

function difference(part: string, stored: unknown, recomputed: unknown): readonly ScoreDifference[] {
  const [was, is] = [canonical(stored), canonical(recomputed)]
  return was === is ? [] : [{ part, stored: was, recomputed: is }]
}

/** JSON with sorted keys: a database gives them back in an order of its own. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  )
}
