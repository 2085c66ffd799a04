import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import type { Role } from '#domain/roles.ts'
import type { OpenContact } from '#services/people/contacts.ts'
import type { Person } from '#services/people/people.ts'
import { judgeContacts, refusalOf } from '#services/sending/judge-contacts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { warnOfBudget } from './warn-of-budget.ts'

/** Everything as it was read in the transaction that sends. */
export type ReadyToSend = {
  readonly policy: Policy
  readonly person: Person
  readonly contact: OpenContact
  readonly numberCheck: NumberOutcome | null
}

/** Nothing goes to an account that is gone or off. */
export const accountRefusal = ({ accountState }: Pick<Person, 'accountState'>): RefusalCode | null => {
  if (accountState === 'deleted') return 'contact_not_allowed'
  return accountState === 'disabled' ? 'account_disabled' : null
}

/**
 * The policy's answer again, now that the contact is read and the counts are locked (finding 7, H3, H7); null: it may go out.
 * Starts were counted when they were asked for (D8).
 */
export const mayNotSend = async (
  deps: Pick<ActivityDeps, 'keys' | 'factTools' | 'log' | 'budgetAlarms'>,
  tx: Tx,
  { purpose, tier }: Pick<CaseRef, 'purpose' | 'tier'>,
  role: Role,
  { policy, person, contact, numberCheck }: ReadyToSend,
): Promise<RefusalCode | null> => {
  const ofAccount = accountRefusal(person)
  if (ofAccount !== null) return ofAccount
  const asks = { policy, purpose, tier, role, person, isOwnCase: false, startedBy: null }
  const question = { ...asks, numberCheckOf: () => numberCheck }
  const [judged] = await judgeContacts(deps, tx, question, [contact])
  if (judged === undefined) return 'contact_not_allowed'
  await warnOfBudget(deps, tx, policy.limits, judged.counts.sendsPerTenant)
  return judged.answer.isAllowed ? null : refusalOf(judged.answer.reasons)
}
