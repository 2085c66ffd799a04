import type { EvidenceClass } from '../risk/check.ts'
import { ownMailboxGroup } from '../risk/contact-rules.ts'
import { providerGroup } from '../risk/sign-in-strength.ts'
import { evidenceKinds, type EvidenceKind } from './policy.ts'

/** These parts of a check's result are read; `CheckResult` of the risk area fits. */
export type ResultFacts = {
  readonly code: string
  readonly group: string
  readonly mode: string
  readonly status: string
  readonly evidenceClass?: EvidenceClass
}

/** The groups in which a case holds this kind of evidence. */
const groupsOf = (results: readonly ResultFacts[], name: EvidenceClass): ReadonlySet<string> =>
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
 * each contact is a group of its own, and the mailboxes of the account itself are one. One sign-in at the provider is one
 * kind: where it cannot be phished, `named` names that kind and no passkey stands for it, it is `phishing_resistant`, and
 * `provider_sign_in` otherwise.
 */
export const evidenceOf = (
  results: readonly ResultFacts[],
  named: readonly EvidenceKind[] = [],
): readonly EvidenceKind[] => {
  const possessions = groupsOf(results, 'possession').size
  const resistant = groupsOf(results, 'phishing_resistant')
  const hasResistantSignIn = resistant.has(providerGroup)
  const hasPasskey = resistant.size > (hasResistantSignIn ? 1 : 0)
  const standsForPasskey = hasResistantSignIn && !hasPasskey && named.includes('phishing_resistant')
  const hasSignIn = hasResistantSignIn || groupsOf(results, 'provider_sign_in').size > 0
  const has: Readonly<Record<EvidenceKind, boolean>> = {
    possession: possessions > 0,
    second_contact: possessions > 1,
    phishing_resistant: hasPasskey || standsForPasskey,
    provider_sign_in: hasSignIn && !standsForPasskey,
    push: groupsOf(results, 'push').size > 0,
    recovery_sheet: groupsOf(results, 'recovery_sheet').size > 0,
    approver: groupsOf(results, 'approver').size > 0,
  }
  return evidenceKinds.filter((kind) => has[kind])
}
