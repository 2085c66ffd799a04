import { err, ok, type Result } from '../result.ts'
import { refusal, type Refusal, type RefusalCode } from '../refusal.ts'
import { may } from '../roles.ts'
import type { PolicyDecision } from './decide.ts'
import type { Rule } from './policy.ts'
import { maySecond, type FirstApproval, type SecondApprover } from './second-approval.ts'
import { secondPersonProblem } from './two-people.ts'

/** The person who wants to decide, with their ties to the case. */
export type DecidingPerson = SecondApprover & {
  /** Is the participant, their manager or one of their reports (D7). */
  readonly isOwnCase: boolean
  /** Was asked to vouch in this case, whatever they said: evidence and decision come from two people (D1). */
  readonly isApprover: boolean
}

/** The kind of an approval: the decision, or one of the two that make it. */
export type Approval = 'decision' | 'first' | 'second'

/** The screen must ask for this with the decision. */
export type DecisionForm = { readonly needsReason: boolean; readonly gives: Approval }

/** The case beside the policy's answer. `first`: an approval that waits for the second. */
export type ApprovalCase = {
  readonly rule: Pick<Rule, 'deciders'>
  readonly needsSecond: boolean
  readonly first: FirstApproval | null
}

/** The tie that makes this person not independent of the case. */
const tieOf = ({ isOwnCase, isApprover }: DecidingPerson): RefusalCode | null => {
  if (isOwnCase) return 'own_case'
  return isApprover ? 'asked_to_vouch' : null
}

const needsSupervisor = (decision: PolicyDecision): boolean => decision.next === 'supervisor'

/** The reason why nobody at all approves now, or not this person. */
const problemOf = (decision: PolicyDecision, person: DecidingPerson): Refusal | null => {
  if (!may(person.role, 'verifications.decide')) return refusal('not_permitted')
  const tie = tieOf(person)
  if (tie !== null) return refusal(tie)
  if (decision.answer === 'refuse') return refusal('state_does_not_allow')
  return decision.missingCount > 0 ? refusal('evidence_missing', { missing: decision.missingCount }) : null
}

/** Decides if this person may give the approval that decides, or the first of two. */
const mayBegin = (
  decision: PolicyDecision,
  person: DecidingPerson,
  gives: Approval,
  isEscalated: boolean,
): Result<DecisionForm, Refusal> => {
  // Nobody could be the second beside an account that is not linked.
  if (gives === 'first' && !person.isLinked) return err(refusal('account_not_linked'))
  if (!needsSupervisor(decision)) return ok({ needsReason: false, gives })
  if (person.role !== 'supervisor') return err(refusal('supervisor_required'))
  const tie = isEscalated ? secondPersonProblem(person.toStarter, 'own_case') : null
  return tie === null ? ok({ needsReason: isEscalated, gives }) : err(refusal(tie))
}

/**
 * Decides if this person may record `approved`, and which kind of approval that is: never while evidence is missing,
 * whatever the role (B4); an escalated case only by a supervisor who did not start it, with a reason; where two are
 * needed, the first approval waits for a second person (D1). The one rule that API, activity and screen share.
 */
export const mayApprove = (
  decision: PolicyDecision,
  person: DecidingPerson,
  { rule, needsSecond, first }: ApprovalCase,
): Result<DecisionForm, Refusal> => {
  const problem = problemOf(decision, person)
  if (problem !== null) return err(problem)
  const isEscalated = needsSupervisor(decision) && decision.answer === 'hold'
  if (!needsSecond) return mayBegin(decision, person, 'decision', isEscalated)
  if (first === null) return mayBegin(decision, person, 'first', isEscalated)
  const second = maySecond(person, first, rule)
  return second.ok ? ok({ needsReason: isEscalated, gives: 'second' }) : second
}

/**
 * Decides if this person may record `refused`: everybody who may decide at all, always with a reason; an approver says
 * no instead.
 */
export const mayRefuse = ({
  role,
  isApprover,
}: Pick<DecidingPerson, 'role' | 'isApprover'>): Result<{ readonly needsReason: true }, Refusal> => {
  if (!may(role, 'verifications.decide')) return err(refusal('not_permitted'))
  return isApprover ? err(refusal('asked_to_vouch')) : ok({ needsReason: true })
}
