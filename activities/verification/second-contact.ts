import type { Policy } from '#domain/policy/policy.ts'
import { isForbiddenLine } from '#domain/risk/contact-rules.ts'
import type { OpenContact } from '#platform/server/db/contacts-read.ts'

const hourMs = 3600 * 1000

/**
 * The contact that a second code goes to: another value, old enough (B19), of a kind of line that may receive codes (B18),
 * and preferably of the other channel. Undefined when there is none.
 */
export const secondContactOf = (
  contacts: readonly OpenContact[],
  first: { readonly id: string; readonly valueIndex: Buffer; readonly kind: string },
  policy: Policy,
  now: number,
): OpenContact | undefined => {
  const usable = contacts.filter(
    (contact) =>
      contact.id !== first.id &&
      !contact.valueIndex.equals(first.valueIndex) &&
      now - contact.lastChangedAt.getTime() >= policy.contacts.changedWithinHours * hourMs &&
      !(contact.lineType !== null && isForbiddenLine(contact.lineType)),
  )
  return usable.find((contact) => contact.kind !== first.kind) ?? usable[0]
}
