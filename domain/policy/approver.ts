/**
 * The approvers who may be asked to vouch for a participant. The system chooses them from the directory; the agent who asks
 * does not.
 */
import { isCapReached, type Counts } from './caps.ts'
import type { Policy, Rule } from './policy.ts'

/** The relation that makes a person an approver: the directory says so, or an admin named them beforehand. */
export type ApproverRelation = 'manager' | 'named'

/** A person who could be asked, as the directory and earlier requests describe them now. */
export type ApproverCandidate = {
  readonly personId: string
  readonly as: ApproverRelation
  /** Their own manager, by id; null where there is none. */
  readonly managerId: string | null
  /** In use: neither locked, disabled, deleted nor not begun. */
  readonly isActive: boolean
  /** A report froze them, or they are never handled at the help desk. */
  readonly isFrozen: boolean
  /** The identity provider's immutable id of this person is on file, so that we recognise their sign-in (F7). */
  readonly canSignIn: boolean
  /** Any phone or e-mail changed within the policy's hours (B19). */
  readonly isContactChanged: boolean
  /** A contact on file that a request may be sent to. */
  readonly hasContact: boolean
  /** Requests to them over all cases, in the order of the policy's caps. */
  readonly requests: Counts
  /** Requests to them in this case. */
  readonly askedHere: number
}

/** The case that needs an approver. */
export type ApproverCase = {
  readonly policy: Policy
  /** The rule in force: under an elevated threat the stricter one. */
  readonly rule: Rule
  readonly participantId: string
  /** Staff who started the case or ask for it now, as people of the directory, with their managers; those that are known. */
  readonly agents: readonly { readonly personId: string; readonly managerId: string | null }[]
  /** Requests made in this case so far. */
  readonly asked: number
}

/** The reason why nobody, or not this person, is asked; message keys of the console. */
export type ApproverProblem =
  | 'not_offered'
  | 'case_limit'
  | 'nobody'
  | 'is_participant'
  | 'is_agent'
  | 'is_agents_manager'
  | 'is_agents_report'
  | 'account'
  | 'cannot_sign_in'
  | 'contact_changed'
  | 'no_contact'
  | 'asked_too_often'

/** Every reason to pass a candidate over. The first one that applies is shown. */
const problems: readonly (readonly [
  problem: ApproverProblem,
  applies: (candidate: ApproverCandidate, about: ApproverCase) => boolean,
])[] = [
  ['is_participant', ({ personId }, { participantId }) => personId === participantId],
  // D1, D7: the agent who asks, and those above and below them, are not independent of the request.
  ['is_agent', ({ personId }, { agents }) => agents.some((agent) => agent.personId === personId)],
  ['is_agents_manager', ({ personId }, { agents }) => agents.some((agent) => agent.managerId === personId)],
  ['is_agents_report', ({ managerId }, { agents }) => agents.some((agent) => agent.personId === managerId)],
  ['account', ({ isActive, isFrozen }) => !isActive || isFrozen],
  ['cannot_sign_in', ({ canSignIn }) => !canSignIn],
  ['contact_changed', ({ isContactChanged }) => isContactChanged],
  ['no_contact', ({ hasContact }) => !hasContact],
  [
    'asked_too_often',
    ({ requests }, { policy }) => isCapReached(policy.limits.requestsPerApprover, requests),
  ],
]

/** The reason why a candidate is not asked; null when they may be. */
export const problemWith = (candidate: ApproverCandidate, about: ApproverCase): ApproverProblem | null =>
  problems.find(([, applies]) => applies(candidate, about))?.[0] ?? null

/** The approver to ask, or the reason why there is none. `passedOver`: in the order of the candidates. */
export type ApproverChoice = {
  readonly approver: ApproverCandidate | null
  readonly problem: ApproverProblem | null
  readonly passedOver: readonly { readonly personId: string; readonly problem: ApproverProblem }[]
}

/**
 * Chooses the approver: the first of the candidates, in the order given (the manager, then those named for the person, then
 * for the team), who may be asked and was not yet asked in this case. `isRepeat`: where all were asked already, the candidate
 * with the fewest requests may be asked again.
 */
export const chooseApprover = (
  candidates: readonly ApproverCandidate[],
  about: ApproverCase,
  isRepeat = false,
): ApproverChoice => {
  const none = (problem: ApproverProblem, passedOver: ApproverChoice['passedOver'] = []): ApproverChoice => ({
    approver: null,
    problem,
    passedOver,
  })
  if (!about.rule.asksApprover) return none('not_offered')
  if (about.asked >= about.policy.limits.approverRequestsPerCase) return none('case_limit')
  const passedOver = candidates.flatMap((candidate) => {
    const problem = problemWith(candidate, about)
    return problem === null ? [] : [{ personId: candidate.personId, problem }]
  })
  const eligible = candidates.filter((candidate) => problemWith(candidate, about) === null)
  const fresh = eligible.find(({ askedHere }) => askedHere === 0)
  const again = isRepeat ? eligible.toSorted((a, b) => a.askedHere - b.askedHere)[0] : undefined
  const approver = fresh ?? again
  if (approver === undefined)
    return none(passedOver[0]?.problem ?? (eligible.length > 0 ? 'case_limit' : 'nobody'), passedOver)
  return { approver, problem: null, passedOver }
}
