import type { Purpose, Tier } from '../verification/verification.ts'
import type { PolicyDecision, PolicyReason } from './decision.ts'
import { asksOneMoreKind } from './signs.ts'
import { evidenceKinds, ruleFor, type Decider, type EvidenceKind, type Policy, type Rule } from './policy.ts'

const strictness: readonly Decider[] = ['auto', 'agent', 'supervisor']

const stricterOf = (a: Decider, b: Decider): Decider =>
  strictness.indexOf(a) > strictness.indexOf(b) ? a : b

/** The rule that asks all that either asks. */
export const strictestOf = (a: Rule, b: Rule): Rule => ({
  classesRequired: evidenceKinds.filter(
    (kind) => a.classesRequired.includes(kind) || b.classesRequired.includes(kind),
  ),
  classesNeeded: Math.max(a.classesNeeded, b.classesNeeded),
  minAnswered: Math.max(a.minAnswered, b.minAnswered),
  maxAsked: Math.max(a.maxAsked, b.maxAsked),
  deciders: stricterOf(a.deciders, b.deciders),
  holdForSecondApproval: a.holdForSecondApproval || b.holdForSecondApproval,
  asksApprover: a.asksApprover && b.asksApprover,
  asksProviderSignIn: a.asksProviderSignIn && b.asksProviderSignIn,
  asksPush: a.asksPush && b.asksPush,
  asksRecoverySheet: a.asksRecoverySheet && b.asksRecoverySheet,
  twoKindsWhenNew: a.twoKindsWhenNew || b.twoKindsWhenNew,
  twoKindsForOwnMailbox: a.twoKindsForOwnMailbox || b.twoKindsForOwnMailbox,
  channels: a.channels.filter((channel) => b.channels.includes(channel)),
  waitSeconds: Math.max(a.waitSeconds, b.waitSeconds),
})

/** The rule in force: under an elevated threat everybody is held to the strictest of their purpose (B16). */
export const ruleInForce = (policy: Policy, purpose: Purpose, tier: Tier, isElevatedThreat: boolean): Rule =>
  isElevatedThreat
    ? strictestOf(ruleFor(policy, purpose, tier), ruleFor(policy, purpose, 'privileged'))
    : ruleFor(policy, purpose, tier)

/** Kinds that count under a rule, of those that a case holds: some only where the rule asks for them. */
export const counted = (kinds: readonly EvidenceKind[], rule: Rule): readonly EvidenceKind[] => {
  const isCounted: Partial<Record<EvidenceKind, boolean>> = {
    approver: rule.asksApprover,
    provider_sign_in: rule.asksProviderSignIn,
    push: rule.asksPush,
    recovery_sheet: rule.asksRecoverySheet,
  }
  return kinds.filter((kind) => isCounted[kind] ?? true)
}

/** Kinds missing: those the rule names, then as many others as the count demands. */
export const missingOf = (
  evidence: readonly EvidenceKind[],
  rule: Rule,
  needed: number,
): { count: number; classes: readonly EvidenceKind[] } => {
  const held = counted(evidence, rule)
  const named = rule.classesRequired.filter((kind) => !held.includes(kind))
  const count = Math.max(needed - held.length, named.length)
  const others = counted(evidenceKinds, rule).filter((kind) => !held.includes(kind) && !named.includes(kind))
  return { count, classes: count === 0 ? [] : count > named.length ? [...named, ...others] : named }
}

/** Risk for which one kind of evidence more than the tier asks is needed. */
const riskReasons: readonly PolicyReason[] = ['gate_closed', 'floor', 'risk_high', 'risk_elevated']

type About = { readonly purpose: Purpose; readonly tier: Tier }

/** An answer as the strictest rule of its purpose would have it; only ever stricter. */
const underStrictest = (
  decision: PolicyDecision,
  policy: Policy,
  about: About,
  why: PolicyReason,
): PolicyDecision => {
  const rule = ruleInForce(policy, about.purpose, about.tier, true)
  const forRisk = decision.reasons.some((reason) => riskReasons.includes(reason)) ? 1 : 0
  const forSigns = decision.reasons.some((reason) => asksOneMoreKind(reason, policy)) ? 1 : 0
  const missing = missingOf(decision.evidence, rule, rule.classesNeeded + forRisk + forSigns)
  const reasons = [...decision.reasons, why]
  if (missing.count > decision.missingCount) {
    const next = decision.next === 'supervisor' ? 'supervisor' : 'new_evidence'
    const classes = { missingCount: missing.count, missingClasses: missing.classes }
    return { ...decision, answer: 'hold', reasons, next, ...classes, closesAs: null }
  }
  if (decision.answer !== 'approve') return { ...decision, reasons }
  return rule.holdForSecondApproval
    ? { ...decision, answer: 'hold', reasons, next: 'second_approval', closesAs: null }
    : { ...decision, reasons, next: rule.deciders, closesAs: null }
}

/**
 * An answer that was given before the threat was raised, under the rules in force now: a case that waits for its decision is
 * held to the strictest rule as well (B16). An answer that was given under it stays as it is.
 */
export const underElevatedThreat = (
  decision: PolicyDecision,
  policy: Policy,
  about: About,
): PolicyDecision =>
  decision.answer === 'refuse' || decision.reasons.includes('elevated_threat')
    ? decision
    : underStrictest(decision, policy, about, 'elevated_threat')

/** The directory's answer at the moment of an approval; `unread`: nothing in time, which counts as privileged. */
export type PrivilegeFound = 'privileged' | 'unread'

/**
 * The same for a person who has become privileged since their case began, and for a person whose directory does not say that
 * they are not privileged (D2).
 */
export const underPrivilege = (
  decision: PolicyDecision,
  policy: Policy,
  about: About,
  found: PrivilegeFound = 'privileged',
): PolicyDecision =>
  decision.answer === 'refuse' || about.tier === 'privileged'
    ? decision
    : underStrictest(decision, policy, about, found === 'unread' ? 'privilege_unread' : 'privileged')
