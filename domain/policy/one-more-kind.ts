import type { PolicyReason } from './decision.ts'
import type { ResultFacts } from './evidence.ts'

/**
 * Findings for which a case must bring one more kind of evidence, whatever else it holds: neither a contact nor a score
 * takes the place of a browser that says nothing of itself, or of a session that no device key ties to one.
 */
const findings: readonly (readonly [code: string, reason: PolicyReason])[] = [
  ['END_NO_TELEMETRY', 'report_missing'],
  ['END_NO_KEY', 'key_missing'],
]

const reasons: ReadonlySet<string> = new Set(findings.map(([, reason]) => reason))

/**
 * The reasons why this case must bring one more kind of evidence; empty where it need not. Shadow results ask for
 * nothing.
 */
export const oneMoreKindReasons = (results: readonly ResultFacts[]): readonly PolicyReason[] =>
  findings
    .filter(([code]) =>
      results.some(
        (result) =>
          result.code === code &&
          result.mode === 'live' &&
          (result.status === 'flag' || result.status === 'critical'),
      ),
    )
    .map(([, reason]) => reason)

/** True if a reason of a decision asks for one more kind of evidence. */
export const asksOneMoreKind = (reason: string): boolean => reasons.has(reason)
