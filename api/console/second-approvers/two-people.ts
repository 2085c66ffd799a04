import { secondPersonProblem } from '#domain/policy/two-people.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { compareWith } from '#services/staff/compare-persons.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { Refused } from '../../http/errors.ts'

/**
 * For the first step of what takes two people: nobody could be the second beside an account that is not linked to a person.
 * @throws Refused account_not_linked
 */
export const requireLinked = (staff: StaffCaller): void => {
  if (staff.personId === null) throw new Refused('account_not_linked')
}

/**
 * For the second step: the caller is another person than those who took the first (domain/policy/two-people.ts).
 * @throws Refused `ifSame`, account_not_linked, other_not_linked
 */
export const requireAnother = async (
  tx: Tx,
  staff: StaffCaller,
  others: readonly string[],
  ifSame?: RefusalCode,
): Promise<void> => {
  const found = await compareWith(tx, staff.staffId, others)
  const problem = found === null ? null : secondPersonProblem(found.comparison, ifSame)
  if (found === null || problem === null) return
  throw problem === 'other_not_linked' ? new Refused(problem, { name: found.name }) : new Refused(problem)
}
