/**
 * Some acts take two people (D1, D13): a weaker policy, who may vouch or give second approvals, the second
 * approval of a case, an account that comes off the protected list, the end of an elevated threat, an own text of a message,
 * a lifted freeze, a held case. One rule says whether two accounts of the staff are two people, for all of them:
 * `compare_persons` in the database. It knows a person by the account's link, by the subject that the directory has for them,
 * else by the mail address that the identity provider verified.
 */
import type { RefusalCode } from '../refusal.ts'

/**
 * The comparison of one staff account with another. `not_linked`, `other_not_linked`: the one or the other is not
 * linked to a person, so that both might be the same person's.
 */
export type PersonComparison = 'another' | 'same' | 'not_linked' | 'other_not_linked'

/** The reason why the first account is not the second person beside the other one; null where it is. */
export const secondPersonProblem = (
  comparison: PersonComparison,
  ifSame: RefusalCode = 'second_person_required',
): RefusalCode | null => {
  if (comparison === 'another') return null
  if (comparison === 'same') return ifSame
  return comparison === 'not_linked' ? 'account_not_linked' : 'other_not_linked'
}
