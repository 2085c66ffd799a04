/** The worth of a contact. One place, because the channel check and the possession check must never disagree. */
import type { ContactFacts, LineType } from './facts.ts'
import { dayMs, hourMs } from './quality.ts'

/** Mailboxes of the account itself prove one thing, however many of them there are. */
export const ownMailboxGroup = 'otp:own_mailbox'

/** Numbers that many people can read, that cost the caller, or that cannot show who answers (B18). */
const forbiddenLines: readonly LineType[] = ['voip', 'toll_free', 'premium_rate', 'shared_cost', 'pager']

export function isForbiddenLine(type: LineType): boolean {
  return forbiddenLines.includes(type)
}

/**
 * The kind of a line when the source of a contact and the numbering plan both name one: a forbidden kind counts
 * whichever names it, else the source's word, which knows of ported numbers (B18).
 */
export function strictestLine(stored: LineType | null, plan: LineType | null): LineType | null {
  if (stored !== null && isForbiddenLine(stored)) return stored
  return plan !== null && isForbiddenLine(plan) ? plan : (stored ?? plan)
}

/** On file, and unchanged for more than 14 days: such a contact earns credit. */
export function isSettled(contact: ContactFacts, at: number): boolean {
  if (contact.origin !== 'on_file' || contact.changedAt === null) return false
  return at - contact.changedAt > 14 * dayMs
}

/**
 * A secret that comes back through this contact is possession evidence: on file, known to be unchanged for 72 h (B19),
 * no forbidden kind of number (B18), no number in doubt (B20), no throw-away mailbox.
 */
export function isEligible(contact: ContactFacts, at: number): boolean {
  if (contact.origin !== 'on_file' || contact.changedAt === null) return false
  if (contact.isInDoubt === true) return false
  if (contact.lineType !== null && isForbiddenLine(contact.lineType)) return false
  return contact.domain !== 'disposable' && at - contact.changedAt >= 72 * hourMs
}
