import type { EvidenceKind } from './policy.ts'

/** These parts of a check's result are read; `CheckResult` of the risk area fits. */
export type ResultFacts = {
  readonly code: string
  readonly group: string
  readonly mode: string
  readonly status: string
  readonly evidenceClass?: 'possession' | 'phishing_resistant' | 'approver'
}

/**
 * The kinds of evidence a case holds. Only live results that carry an evidence class count; a score,
 * an answer, a known device or a shadow result never does. Possession through a further contact is `second_contact`:
 * each contact is a group of its own.
 */
export const evidenceOf = (results: readonly ResultFacts[]): readonly EvidenceKind[] => {
  const held = results.filter((result) => result.mode === 'live' && result.status === 'pass')
  const ofClass = (name: EvidenceKind): number =>
    new Set(held.filter((result) => result.evidenceClass === name).map((result) => result.group)).size
  const possessions = ofClass('possession')
  return [
    ...(possessions > 0 ? (['possession'] as const) : []),
    ...(possessions > 1 ? (['second_contact'] as const) : []),
    ...(ofClass('phishing_resistant') > 0 ? (['phishing_resistant'] as const) : []),
    ...(ofClass('approver') > 0 ? (['approver'] as const) : []),
  ]
}
