import { oneMoreKind } from '../risk/asks.ts'
import type { Outcome } from '../verification/outcome.ts'
import type { Purpose, Tier } from '../verification/verification.ts'
import type { NextAction, PolicyDecision, PolicyReason } from './decision.ts'
import { counted, missingOf, ruleInForce } from './elevated.ts'
import { evidenceOf, restsOnOwnMailbox, type ResultFacts } from './evidence.ts'
import { isAsked } from './only-recorded.ts'
import type { EvidenceKind, Policy, Rule } from './policy.ts'
import { needsSecondApproval } from './second-approval.ts'
import { signsThatAsk } from './signs.ts'

export type * from './decision.ts'

/** The end of the questions, if the policy wants any. */
export type QuestionsState =
  /** Enough were answered, whatever they said. */
  | 'complete'
  /** Fewer answered than the policy's minimum. */
  | 'too_few'
  /** Thin file, or a limit: another kind of evidence takes their place. */
  | 'not_possible'
  /** Silent checks closed the gate: none was shown. */
  | 'gate_closed'
  /** The policy asks none. */
  | 'not_wanted'

/** Everything the decision looks at. Right answers are not among it: `rDecide` counts none. */
export type DecideInput = {
  readonly policy: Policy
  readonly purpose: Purpose
  /** Read live; unknown counts as privileged (D2). */
  readonly tier: Tier
  readonly results: readonly ResultFacts[]
  /** Score without right answers, and the floors under it. */
  readonly score: {
    readonly rDecide: number
    readonly floors: readonly { readonly code: string; readonly value: number }[]
  }
  /** `rDecide` with every question put and not answered weighed as incorrect (B4). */
  readonly rDecideUnansweredWrong: number
  readonly questions: QuestionsState
  /** Kinds of evidence that can still be asked for in this case. */
  readonly obtainable: readonly EvidenceKind[]
  /** The participant said "this was not me". */
  readonly isReported: boolean
  /** Break-glass, service or tier-0 account (D3). */
  readonly isNeverViaHelpDesk: boolean
  /** A phone or e-mail changed within the policy's hours (B5, B19). */
  readonly isContactChanged: boolean
  /** The tenant's switch is on: the strictest rule of the purpose holds for everybody (B16). */
  readonly isElevatedThreat: boolean
}

const refusals: readonly (readonly [reason: PolicyReason, applies: (input: DecideInput) => boolean])[] = [
  ['reported', (input) => input.isReported || isCritical(input, 'PER_USER_REPORTED')],
  ['account_state', (input) => isCritical(input, 'PER_ACCOUNT_STATE')],
  ['approver_denied', (input) => isCritical(input, 'POS_APPROVER')],
  ['never_via_help_desk', (input) => input.isNeverViaHelpDesk],
]

const isCritical = ({ results }: DecideInput, code: string): boolean =>
  results.some((result) => result.code === code && result.mode === 'live' && result.status === 'critical')

type Demand = {
  readonly classesNeeded: number
  readonly reasons: readonly PolicyReason[]
  readonly isEscalated: boolean
}

const highestFloor = (input: DecideInput): number =>
  Math.max(0, ...input.score.floors.map((floor) => floor.value))

/** The reasons why a supervisor must look, never automatic (a closed gate leaves nobody else to ask). */
const escalations = (input: DecideInput, r: number): readonly PolicyReason[] => {
  const { escalateFrom } = input.policy.score
  return [
    ...(input.questions === 'gate_closed' ? (['gate_closed'] as const) : []),
    ...(highestFloor(input) >= escalateFrom ? (['floor'] as const) : []),
    ...(r >= escalateFrom ? (['risk_high'] as const) : []),
  ]
}

const statusOf = ({ results }: DecideInput, code: string): string | undefined =>
  results.find((result) => result.code === code && result.mode === 'live')?.status

/**
 * True if nothing ties the case to the person but what they hold: a network that was never seen with them, and a device that
 * is not known. A person who declines device recognition is not known by it.
 */
const isNewPlace = (input: DecideInput): boolean => {
  const device = statusOf(input, 'END_NEW_DEVICE')
  return statusOf(input, 'NET_NEW_ASN') === 'flag' && device !== undefined && device !== 'pass'
}

/** The reasons that lift the demand to two kinds at any tier (B5 "high", such as a new country; missing answers). */
const liftsToTwo = (input: DecideInput, rule: Rule): readonly PolicyReason[] => [
  ...(input.isContactChanged ? (['contact_changed'] as const) : []),
  ...(rule.twoKindsForOwnMailbox && isAsked(input.policy, 'own_mailbox') && restsOnOwnMailbox(input.results)
    ? (['own_mailbox'] as const)
    : []),
  ...(rule.twoKindsWhenNew && isAsked(input.policy, 'new_place') && isNewPlace(input)
    ? (['new_place'] as const)
    : []),
  ...signsThatAsk(input, ['two_kinds']),
  ...(input.questions === 'too_few' || input.questions === 'not_possible'
    ? (['not_enough_questions'] as const)
    : []),
]

const privilegeOf = ({ isElevatedThreat }: DecideInput, rule: Rule): readonly PolicyReason[] => {
  if (isElevatedThreat) return ['elevated_threat']
  return rule.classesNeeded > 1 ? ['privileged'] : []
}

/** The evidence that is needed at a given R, and the reason where it is more than usual. */
const demandOf = (input: DecideInput, rule: Rule, r: number): Demand => {
  const escalated = escalations(input, r)
  const lifts = liftsToTwo(input, rule)
  const signs = signsThatAsk(input, oneMoreKind)
  const isSupervised = signsThatAsk(input, ['supervisor']).length > 0
  const isElevated = escalated.length > 0 || r >= input.policy.score.moreEvidenceFrom
  const one = isElevated ? 1 : 0
  return {
    classesNeeded: Math.max(rule.classesNeeded + one, lifts.length > 0 ? 2 : 0) + (signs.length > 0 ? 1 : 0),
    reasons: [
      ...escalated,
      ...(isElevated && escalated.length === 0 ? (['risk_elevated'] as const) : []),
      ...lifts,
      ...signs,
      ...privilegeOf(input, rule),
    ],
    isEscalated: escalated.length > 0 || isSupervised,
  }
}

/** The participant is asked for these, in this order, where one is missing and can be had. */
const askedFor: readonly (readonly [kind: EvidenceKind, next: NextAction])[] = [
  ['second_contact', 'second_contact'],
  ['phishing_resistant', 'passkey'],
  ['provider_sign_in', 'provider_sign_in'],
  ['push', 'push'],
  ['recovery_sheet', 'recovery_sheet'],
]

/** A sign-in may also stand for a kind that cannot be phished, where the policy confirms that of some method. */
const wanted = ({ policy }: DecideInput, rule: Rule, { classes }: Missing): readonly EvidenceKind[] =>
  rule.asksProviderSignIn &&
  classes.includes('phishing_resistant') &&
  policy.signIn.phishingResistant.length > 0
    ? [...classes, 'provider_sign_in']
    : classes

type Missing = { readonly count: number; readonly classes: readonly EvidenceKind[] }

/** Nobody is asked to vouch where a yes could not complete the evidence: a kind that the rule names stays missing. */
const mayAskApprover = ({ obtainable }: DecideInput, rule: Rule, { count, classes }: Missing): boolean => {
  const can = classes.filter((kind) => obtainable.includes(kind))
  const isReachable = rule.classesRequired.every((kind) => !classes.includes(kind) || can.includes(kind))
  return can.includes('approver') && isReachable && can.length >= count
}

/**
 * First what the participant can bring by themself, then an approver. Where the rule knows approvers, nobody is turned away
 * for want of data: an agent takes the case over, who can still ask an approver or see the person.
 */
const nextForEvidence = (input: DecideInput, rule: Rule, missing: Missing): NextAction => {
  const { classes } = missing
  const kinds = wanted(input, rule, missing)
  const asked = askedFor.find(([kind]) => kinds.includes(kind) && input.obtainable.includes(kind))
  if (asked !== undefined) return asked[1]
  if (mayAskApprover(input, rule, missing)) return 'approver'
  const isShort = input.questions === 'too_few' || input.questions === 'not_possible'
  const isOver = isShort && !rule.asksApprover && !classes.some((kind) => input.obtainable.includes(kind))
  return isOver ? 'close' : 'new_evidence'
}

type Weighed = Omit<PolicyDecision, 'evidence' | 'policyVersion'>

const hold = (
  reasons: readonly PolicyReason[],
  next: NextAction,
  missing: Missing = { count: 0, classes: [] },
): Weighed => ({
  answer: 'hold',
  reasons,
  next,
  missingCount: missing.count,
  missingClasses: missing.classes,
  closesAs: next === 'close' ? 'not_enough_questions' : null,
})

/** The recommendation at a given risk R, where nothing certain decides before. */
const weigh = (input: DecideInput, rule: Rule, held: readonly EvidenceKind[], r: number): Weighed => {
  const demand = demandOf(input, rule, r)
  const missing = missingOf(held, rule, demand.classesNeeded)
  if (missing.count > 0) {
    const next = demand.isEscalated ? 'supervisor' : nextForEvidence(input, rule, missing)
    return hold([...demand.reasons, 'evidence_missing'], next, missing)
  }
  if (demand.isEscalated) return hold(demand.reasons, 'supervisor')
  if (needsSecondApproval({ next: 'agent' }, rule, input))
    return hold([...demand.reasons, 'second_approval_needed'], 'second_approval')
  return {
    answer: 'approve',
    reasons: demand.reasons.length > 0 ? demand.reasons : ['nothing_against'],
    next: rule.deciders,
    missingCount: 0,
    missingClasses: [],
    closesAs: rule.deciders === 'auto' ? 'passed' : null,
  }
}

/**
 * The policy's answer to a scored case. Refusals are looked at first and by facts only, so
 * no answer lifts or causes one; while the evidence is incomplete the answer is never approve; leaving a question out
 * never pays. Pure: a stored case decided again under the same policy version gives the same answer.
 */
export const decide = (input: DecideInput): PolicyDecision => {
  const rule = ruleInForce(input.policy, input.purpose, input.tier, input.isElevatedThreat)
  const evidence = counted(
    evidenceOf(input.results, rule.asksProviderSignIn ? rule.classesRequired : []),
    rule,
  )
  const policyVersion = input.policy.version
  const refused = [
    ...refusals.filter(([, applies]) => applies(input)).map(([reason]) => reason),
    ...signsThatAsk(input, ['refuse']),
  ]
  if (refused.length > 0) {
    const closesAs: Outcome = refused.includes('reported') ? 'reported' : 'failed'
    const none = { missingCount: 0, missingClasses: [] }
    return { answer: 'refuse', reasons: refused, next: 'close', evidence, ...none, closesAs, policyVersion }
  }
  const weighed = weigh(input, rule, evidence, input.score.rDecide)
  if (weighed.answer !== 'approve') return { ...weighed, evidence, policyVersion }
  const worst = Math.max(input.score.rDecide, input.rDecideUnansweredWrong)
  const strict = weigh(input, rule, evidence, worst)
  if (strict.answer === 'approve') return { ...weighed, evidence, policyVersion }
  return { ...strict, reasons: [...strict.reasons, 'unanswered_questions'], evidence, policyVersion }
}
