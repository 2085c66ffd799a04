import { isForbiddenLine } from '../risk/contact-rules.ts'
import type { LineType } from '../risk/facts.ts'
import type { Role } from '../roles.ts'
import type { Channel, Purpose, Tier } from '../verification/verification.ts'
import { isCapReached, type Counts } from './caps.ts'
import { numberUse, type NumberOutcome, type NumberUse } from './number-check.ts'
import { isAsked } from './only-recorded.ts'
import { ruleFor, type Policy } from './policy.ts'

/** The reason why a link is not sent to a contact; message keys of the console (`send.<code>`). */
export type SendRefusal =
  | 'typed_contact'
  | 'unreadable'
  | 'contact_changed'
  | 'channel_not_offered'
  | 'line_type'
  | 'country_off'
  | 'disposable_mail'
  | 'number_in_doubt'
  | 'participant_limit'
  | 'contact_limit'
  | 'prefix_limit'
  | 'tenant_limit'
  | 'agent_limit'
  | 'participant_blocked'
  | 'never_via_help_desk'
  | 'own_case'

/** A warning for the agent before sending; it forbids nothing. */
export type SendWarning =
  | 'contact_changed_not_alone'
  | 'age_unknown_not_alone'
  | 'line_type_unknown'
  | 'sms_not_alone'
  | 'own_mailbox_not_alone'
  | 'second_kind_needed'
  | 'second_approval_needed'

/** The contact a link would go to. */
export type SendContact = {
  readonly channel: Channel
  /** `unreadable`: on file, and its value does not open, so that nothing of it is known. */
  readonly origin: 'on_file' | 'typed' | 'unreadable'
  /** Directory's change time, else first seen; null when neither is known. Milliseconds since 1970. */
  readonly changedAt: number | null
  /** null: an e-mail address, or the numbering plan does not say. */
  readonly lineType: LineType | null
  /** ISO 3166 country of a number; null for an e-mail address, and for a number of no country, which gets nothing. */
  readonly country: string | null
  readonly mailDomain: 'organisation' | 'private' | 'disposable' | 'other' | null
  /** A mailbox of the very account: whoever took the account over reads what comes there. */
  readonly isOwnMailbox: boolean
  /** The carrier's answer about a number (B20); null: not asked, or an e-mail address. */
  readonly numberCheck: NumberOutcome | null
}

/** The counts for each cap, every list in the order of the policy's caps of the same name (H3, D8). */
export type SendCounts = {
  readonly sendsPerParticipant: Counts
  readonly sendsPerContact: Counts
  readonly sendsPerPrefix: Counts
  readonly sendsPerTenant: Counts
  readonly startsPerAgent: Counts
}

/** Everything the answer depends on. `now` in milliseconds since 1970. */
export type SendInput = {
  readonly policy: Policy
  readonly purpose: Purpose
  readonly tier: Tier
  readonly role: Role
  readonly contact: SendContact
  readonly counts: SendCounts
  readonly now: number
  /** A report within the policy's blocking time (B9). */
  readonly isParticipantBlocked: boolean
  readonly isNeverViaHelpDesk: boolean
  /** The agent is the participant, their manager or a report (D7). */
  readonly isOwnCase: boolean
}

/** The policy's answer to "may a link go there?". */
export type SendAnswer = {
  readonly isAllowed: boolean
  readonly reasons: readonly SendRefusal[]
  readonly warnings: readonly SendWarning[]
  /** A supervisor may send it where an agent may not. */
  readonly isForSupervisor: boolean
  /** The returned link counts as possession evidence (B7, B18, B19). */
  readonly isEvidence: boolean
  /** Lifetime of the link, seconds (C3). */
  readonly lifetimeSeconds: number
}

/** The question about a contact alone. */
export type ContactQuestion = Pick<SendInput, 'policy' | 'purpose' | 'tier' | 'role' | 'contact' | 'now'>

const hourMs = 3600 * 1000

type Age = 'settled' | 'changed' | 'unknown'

const ageOf = ({ contact, policy, now }: ContactQuestion): Age => {
  if (contact.changedAt === null) return 'unknown'
  return now - contact.changedAt < policy.contacts.changedWithinHours * hourMs ? 'changed' : 'settled'
}

/** Before the carrier was asked nothing speaks against a number: the worker asks right before it sends. */
const useOf = ({ contact, policy }: ContactQuestion): NumberUse =>
  contact.numberCheck === null ? 'usual' : numberUse(policy.contacts, contact.numberCheck)

/** A number of a fixed line, where an SMS is lost, or read aloud to whoever picks up. */
export const isLandline = (lineType: LineType | null): boolean => lineType === 'fixed_line'

type Named<T> = readonly (readonly [code: T, applies: boolean])[]

const chosen = <T>(table: Named<T>): readonly T[] =>
  table.filter(([, applies]) => applies).map(([code]) => code)

const limitsReached = ({ policy: { limits }, counts }: SendInput): readonly SendRefusal[] =>
  chosen([
    ['participant_limit', isCapReached(limits.sendsPerParticipant, counts.sendsPerParticipant)],
    ['contact_limit', isCapReached(limits.sendsPerContact, counts.sendsPerContact)],
    ['prefix_limit', isCapReached(limits.sendsPerPrefix, counts.sendsPerPrefix)],
    ['tenant_limit', isCapReached(limits.sendsPerTenant, counts.sendsPerTenant)],
    ['agent_limit', isCapReached(limits.startsPerAgent, counts.startsPerAgent)],
  ])

const contactRefusals = (input: ContactQuestion): readonly SendRefusal[] => {
  const { contact, policy, purpose, tier } = input
  const { country, lineType } = contact
  const isSms = contact.channel === 'sms'
  if (contact.origin === 'unreadable') return ['unreadable']
  return chosen([
    ['typed_contact', contact.origin === 'typed'],
    ['channel_not_offered', !ruleFor(policy, purpose, tier).channels.includes(contact.channel)],
    ['line_type', isSms && lineType !== null && (isForbiddenLine(lineType) || isLandline(lineType))],
    ['country_off', isSms && (country === null || !policy.contacts.smsCountries.includes(country))],
    ['disposable_mail', contact.mailDomain === 'disposable'],
    ['number_in_doubt', isSms && useOf(input) === 'refused'],
    ['contact_changed', ageOf(input) === 'changed' && input.role !== 'supervisor'],
  ])
}

const warningsOf = (input: ContactQuestion): readonly SendWarning[] => {
  const { contact, policy, purpose, tier } = input
  const rule = ruleFor(policy, purpose, tier)
  const age = ageOf(input)
  const isSms = contact.channel === 'sms'
  return chosen([
    ['contact_changed_not_alone', age === 'changed'],
    ['age_unknown_not_alone', age === 'unknown'],
    ['line_type_unknown', isSms && contact.lineType === null],
    ['sms_not_alone', isSms && rule.classesNeeded > 1],
    [
      'own_mailbox_not_alone',
      contact.isOwnMailbox && rule.twoKindsForOwnMailbox && isAsked(policy, 'own_mailbox'),
    ],
    ['second_kind_needed', rule.classesNeeded > 1],
    ['second_approval_needed', rule.holdForSecondApproval],
  ])
}

const caseRefusals = (input: SendInput): readonly SendRefusal[] =>
  chosen([
    ['never_via_help_desk', input.isNeverViaHelpDesk],
    ['own_case', input.isOwnCase],
    ['participant_blocked', input.isParticipantBlocked],
  ])

/** Old enough to be used alone, and nothing against it (B7, B18, B19, B20). */
export const isEvidence = (input: ContactQuestion): boolean =>
  ageOf(input) === 'settled' && contactRefusals(input).length === 0 && useOf(input) === 'usual'

/** Two of one sort are one kind of evidence, since one attacker may have both. */
const isOneKind = (one: FirstContact, other: FirstContact): boolean =>
  (one.channel === 'sms' && other.channel === 'sms') || (one.isOwnMailbox && other.isOwnMailbox)

/** A contact that a link went to, as far as it says which other contact is a second kind. */
export type FirstContact = Pick<SendContact, 'channel' | 'isOwnMailbox'>

/**
 * True if a code to this contact is evidence of a second kind beside a link to `first`. Two numbers are one kind, since an
 * attacker who took over one at the carrier may have both: a case that needs two kinds is never completed by SMS alone
 * (B21). Two mailboxes of the account are one kind as well.
 */
export const isSecondKind = (input: ContactQuestion, first: FirstContact): boolean =>
  isEvidence(input) && !isOneKind(first, input.contact)

/**
 * Says if the policy lets a link go to a contact, with every reason and warning. The console shows the answer before
 * sending, and the API asks again when it starts (B7, B17 to B21, D3, D7, D8, H3). A typed contact is always refused
 * here: sending to one waits for a supervisor's approval, which is a flow of its own and off by default.
 */
export const maySend = (input: SendInput): SendAnswer => {
  const { contact, policy } = input
  const reasons = [...caseRefusals(input), ...contactRefusals(input), ...limitsReached(input)]
  return {
    isAllowed: reasons.length === 0,
    reasons,
    warnings: warningsOf(input),
    isForSupervisor: reasons.length > 0 && reasons.every((reason) => reason === 'contact_changed'),
    isEvidence: isEvidence(input),
    lifetimeSeconds: contact.channel === 'sms' ? policy.lifetimes.smsLink : policy.lifetimes.emailLink,
  }
}
