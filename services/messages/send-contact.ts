import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { SendContact } from '#domain/policy/may-send.ts'
import type { ContactOnFile } from '../people/contacts.ts'
import type { Person } from '../people/people.ts'
import { domainOf } from '#platform/facts/email-domain.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'

/** The names of an account by which its own mailbox is known. */
export type Account = Pick<Person, 'workEmail' | 'login'>

type Address = Pick<ContactOnFile, 'kind' | 'label' | 'value'>

/** The kind of mailbox that a contact is; null for a number, and for a value that does not open. */
export const mailDomainOf = (
  factTools: FactDeps['factTools'],
  { kind, value }: Address,
  { workEmail }: Pick<Account, 'workEmail'>,
): SendContact['mailDomain'] => {
  const own = workEmail === null ? null : domainOf(workEmail)
  return kind === 'phone' || value === null ? null : factTools.mailDomain(value, own === null ? [] : [own])
}

/**
 * True for a mailbox that whoever took the account over can read: the directory or another source calls it the person's at
 * work, it is on the organisation's domain, or it has the name of the account.
 */
export const isOwnMailbox = (
  { kind, label, value }: Address,
  mailDomain: SendContact['mailDomain'],
  { login }: Pick<Account, 'login'>,
): boolean =>
  kind === 'email' &&
  (label === 'work' || mailDomain === 'organisation' || value?.toLowerCase() === login.toLowerCase())

/**
 * A contact on file as the policy looks at it before anything is sent: the same facts where the console asks and where the
 * worker sends (B17, B18, H3). `account` names its person's own mailbox and the organisation's domain; `numberCheck` is
 * what the carrier said of the number, where it was asked (B20).
 */
export const sendContactOf = (
  { factTools }: Pick<FactDeps, 'factTools'>,
  contact: ContactOnFile,
  account: Account,
  numberCheck: NumberOutcome | null = null,
): SendContact => {
  const mailDomain = mailDomainOf(factTools, contact, account)
  return {
    channel: contact.kind === 'phone' ? 'sms' : 'email',
    origin: contact.value === null ? 'unreadable' : 'on_file',
    changedAt: contact.lastChangedAt.getTime(),
    lineType: contact.lineType,
    country: contact.country,
    numberCheck,
    mailDomain,
    isOwnMailbox: isOwnMailbox(contact, mailDomain, account),
  }
}
