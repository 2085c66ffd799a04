import { ownMailboxGroup } from '../risk/contact-rules.ts'
import type { EvidenceKind } from './policy.ts'

/** These parts of a check's result are read; `CheckResult` of the risk area fits. */
export type ResultFacts = {
  readonly code: string
  readonly group: string
  readonly mode: string
  readonly status: string
  readonly evidenceClass?: 'possession' | 'phishing_resistant' | 'approver'
}

/** The groups in which a case holds this kind of evidence. */
const groupsOf = (results: readonly ResultFacts[], name: EvidenceKind): ReadonlySet<string> =>
  new Set(
    results
      .filter(
        ({ mode, status, evidenceClass }) => mode === 'live' && status === 'pass' && evidenceClass === name,
      )
      .map(({ group }) => group),
  )

/** True if nothing came back but through mailboxes of the very account: whoever took the account over reads those. */
export const restsOnOwnMailbox = (results: readonly ResultFacts[]): boolean => {
  const groups = groupsOf(results, 'possession')
  return groups.size === 1 && groups.has(ownMailboxGroup)
}

/**
 * The kinds of evidence a case holds. Only live results that carry an evidence class count; a score,
 * an answer, a known device or a shadow result never does. Possession through a further contact is `second_contact`:
 * each contact is a group of its own, and the mailboxes of the account itself are one.
 */
export const evidenceOf = (results: readonly ResultFacts[]): readonly EvidenceKind[] => {
  const ofClass = (name: EvidenceKind): number => groupsOf(results, name).size
  const possessions = ofClass('possession')
  return [
    ...(possessions > 0 ? (['possession'] as const) : []),
    ...(possessions > 1 ? (['second_contact'] as const) : []),
    ...(ofClass('phishing_resistant') > 0 ? (['phishing_resistant'] as const) : []),
    ...(ofClass('approver') > 0 ? (['approver'] as const) : []),
  ]
}
