import type { Policy } from '#domain/policy/policy.ts'
import { isSecondKind } from '#domain/policy/may-send.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import type { OpenContact } from '../people/contacts.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { sendContactOf, type Account } from './send-contact.ts'

/** A case without an agent on the line: its participant, and how it is judged. */
export type EntryQuestion = {
  readonly policy: Policy
  readonly purpose: Purpose
  readonly tier: Tier
  readonly person: Account
  readonly contacts: readonly OpenContact[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A locked-out person can still read these, the likeliest first: the work mailbox may be behind the very lock. */
const ranks: Readonly<Record<string, number>> = { mobile: 0, private: 1, home: 2, work: 3 }

/** Contacts in the order in which the policy tries them. */
export const byReach = (contacts: readonly OpenContact[]): readonly OpenContact[] =>
  [...contacts].sort((a, b) => (ranks[a.label] ?? 4) - (ranks[b.label] ?? 4))

/**
 * Where the code goes that opens a link which nobody reads a number out for: a contact of the other channel, never the link's
 * own (B6), that the policy takes as evidence. Undefined: there is none, so nothing starts.
 */
export const entryContactOf = (
  deps: Pick<FactDeps, 'factTools'>,
  { contacts, person, ...asked }: EntryQuestion,
  first: OpenContact,
): OpenContact | undefined => {
  const sent = sendContactOf(deps, first, person)
  return byReach(contacts).find((other) => {
    const contact = sendContactOf(deps, other, person)
    return contact.channel !== sent.channel && isSecondKind({ ...asked, contact, role: 'agent' }, sent)
  })
}
