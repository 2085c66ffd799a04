import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { OpenContact } from '#services/people/contacts.ts'
import type { ActivityDeps } from '../ports.ts'

/** The carrier's answer, and the number that it is about. */
type CarrierAnswer = { readonly valueIndex: Buffer; readonly outcome: NumberOutcome }

/** Gives what was said of the number that a contact has now; null where nobody was asked. */
export type OutcomeOf = (contact: Pick<OpenContact, 'valueIndex'>) => NumberOutcome | null

const ask = async (
  { numberCheck }: Pick<ActivityDeps, 'numberCheck'>,
  { contacts }: Policy,
  contact: OpenContact | undefined,
): Promise<CarrierAnswer | null> => {
  if (contact?.kind !== 'phone' || !contacts.checkNumbers) return null
  return { valueIndex: contact.valueIndex, outcome: await numberCheck.check(contact.value) }
}

/**
 * Asks the carrier of a contact's number where policy wants it (B20). Before the transaction that sends, because
 * it may take seconds; a number that became another one in between was not asked about, so it is unknown.
 */
export const askOfNumber = async (
  deps: Pick<ActivityDeps, 'numberCheck'>,
  policy: Policy,
  contact: OpenContact | undefined,
): Promise<OutcomeOf> => {
  const answer = await ask(deps, policy, contact)
  return ({ valueIndex }) => {
    if (answer === null) return null
    return answer.valueIndex.equals(valueIndex) ? answer.outcome : 'unknown'
  }
}
