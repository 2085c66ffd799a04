/** Two people for one approval: when they are needed, and whether the second one is independent enough (D1, D5). */
import { err, ok, type Result } from '../result.ts'
import { refusal, type Refusal, type RefusalCode } from '../refusal.ts'
import type { Role } from '../roles.ts'
import { isActing, type Purpose, type Tier } from '../verification/verification.ts'
import type { PolicyDecision } from './decision.ts'
import type { Rule } from './policy.ts'
import { secondPersonProblem, type PersonComparison } from './two-people.ts'

/** A first approval waits so long for the second, seconds (D5); no policy makes it longer. */
export const firstApprovalSeconds = 15 * 60

/** A first approval that is still valid. */
export type FirstApproval = { readonly byRole: Role }

/**
 * True if two people must approve: where the rule or the policy's answer says so, and at a privileged account whatever
 * a policy says, since nothing is written there under one approval (D1).
 */
export const needsSecondApproval = (
  decision: Pick<PolicyDecision, 'next'>,
  rule: Pick<Rule, 'holdForSecondApproval'>,
  about: { readonly purpose: Purpose; readonly tier: Tier },
): boolean =>
  rule.holdForSecondApproval ||
  decision.next === 'second_approval' ||
  (about.tier === 'privileged' && isActing(about.purpose))

/** The ties of a member of staff to a case whose first approval is given. */
export type SecondApprover = {
  readonly role: Role
  /** Holds the permission: by role, or named for it. */
  readonly maySecond: boolean
  /** Their account is linked to a person. */
  readonly isLinked: boolean
  /** Compared with the member of staff who gave the first approval; `another` where nobody did. */
  readonly toFirst: PersonComparison
  /** Compared with the member of staff who started the case; `another` where none did. */
  readonly toStarter: PersonComparison
  /** Manager of the member of staff who started the case, or their report, as far as the directory knows. */
  readonly isInStartersLine: boolean
}

const problemOf = (person: SecondApprover): RefusalCode | null => {
  if (!person.maySecond) return 'not_second_approver'
  const tie =
    secondPersonProblem(person.toFirst, 'first_approver') ??
    secondPersonProblem(person.toStarter, 'started_by_you')
  return tie ?? (person.isInStartersLine ? 'in_starters_line' : null)
}

/**
 * Decides if this person may give the second approval. Ties to the participant and to the evidence are looked at before
 * (`mayApprove`). Where the rule names a supervisor, one of the two is one.
 */
export const maySecond = (
  person: SecondApprover,
  first: FirstApproval,
  rule: Pick<Rule, 'deciders'>,
): Result<void, Refusal> => {
  const problem = problemOf(person)
  if (problem !== null) return err(refusal(problem))
  const hasSupervisor = person.role === 'supervisor' || first.byRole === 'supervisor'
  return rule.deciders === 'supervisor' && !hasSupervisor
    ? err(refusal('supervisor_required'))
    : ok(undefined)
}
