import type { Policy } from '#domain/policy/policy.ts'
import { isSecondKind } from '#domain/policy/may-send.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import type { OpenContact } from '#services/people/contacts.ts'
import { sendContactOf, type Account } from '#services/messages/send-contact.ts'
import type { ActivityDeps } from '../ports.ts'

/** A case that looks for a second contact: the contact its link went to, and the others on file. */
export type SecondContactQuestion = {
  readonly policy: Policy
  readonly purpose: Purpose
  readonly tier: Tier
  readonly person: Account
  readonly first: OpenContact
  readonly contacts: readonly OpenContact[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The contacts that a second code may go to: other values that the policy takes as evidence of a second kind (B18, B19, B21).
 * Those of the other channel come first, or mailboxes where a second sign-in step is lost.
 */
export const secondContactsOf = (
  deps: Pick<ActivityDeps, 'factTools'>,
  { first, contacts, person, ...asked }: SecondContactQuestion,
): readonly OpenContact[] => {
  const sent = sendContactOf(deps, first, person)
  const usable = contacts.filter((other) => {
    const contact = sendContactOf(deps, other, person)
    const isSame = other.id === first.id || other.valueIndex.equals(first.valueIndex)
    return !isSame && isSecondKind({ ...asked, contact, role: 'agent' }, sent)
  })
  // The phone is likely to be what was lost.
  const isBetter = ({ kind }: OpenContact) =>
    asked.purpose === 'mfa_reset' ? kind !== 'phone' : kind !== first.kind
  return usable.toSorted((a, b) => Number(isBetter(b)) - Number(isBetter(a)))
}

/** The contact that a second code goes to by itself; undefined where there is none. */
export const secondContactOf = (...asked: Parameters<typeof secondContactsOf>): OpenContact | undefined =>
  secondContactsOf(...asked)[0]
