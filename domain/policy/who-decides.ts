import { err, ok, type Result } from '../result.ts'
import { refusal, type Refusal, type RefusalCode } from '../refusal.ts'
import { may, type Role } from '../roles.ts'
import type { PolicyDecision } from './decide.ts'

/** Who wants to decide, and how that person stands to the case. */
export type DecidingPerson = {
  readonly role: Role
  /** Started this verification. */
  readonly isStarter: boolean
  /** Is the participant, their manager or one of their reports (security.md D7). */
  readonly isOwnCase: boolean
  /** Was asked to vouch in this case, whatever they said: evidence and decision come from two people (security.md D1). */
  readonly isApprover: boolean
}

/** What the screen must ask for with the decision. */
export type DecisionForm = { readonly needsReason: boolean }

/** Why this person is not independent of the case. */
const tieOf = ({ isOwnCase, isApprover }: DecidingPerson): RefusalCode | null => {
  if (isOwnCase) return 'own_case'
  return isApprover ? 'asked_to_vouch' : null
}

const needsSupervisor = (decision: PolicyDecision): boolean => decision.next === 'supervisor'

/**
 * Whether this person may record `approved`: never while evidence is missing or a second approval is due, whatever the
 * role (security.md 3.0 rule 1); an escalated case only by a supervisor who did not start it, with a reason. The one
 * rule that API, activity and screen share.
 */
export const mayApprove = (
  decision: PolicyDecision,
  person: DecidingPerson,
): Result<DecisionForm, Refusal> => {
  if (!may(person.role, 'verifications.decide')) return err(refusal('not_permitted'))
  const tie = tieOf(person)
  if (tie !== null) return err(refusal(tie))
  if (decision.answer === 'refuse') return err(refusal('state_does_not_allow'))
  if (decision.missingCount > 0) return err(refusal('evidence_missing', { missing: decision.missingCount }))
  if (decision.next === 'second_approval') return err(refusal('second_approval_required'))
  if (!needsSupervisor(decision)) return ok({ needsReason: false })
  if (person.role !== 'supervisor') return err(refusal('supervisor_required'))
  const isEscalated = decision.answer === 'hold'
  return isEscalated && person.isStarter ? err(refusal('own_case')) : ok({ needsReason: isEscalated })
}

/** Whether this person may record `refused`: whoever may decide at all, always with a reason; an approver says no instead. */
export const mayRefuse = (person: DecidingPerson): Result<DecisionForm, Refusal> => {
  if (!may(person.role, 'verifications.decide')) return err(refusal('not_permitted'))
  return person.isApprover ? err(refusal('asked_to_vouch')) : ok({ needsReason: true })
}
