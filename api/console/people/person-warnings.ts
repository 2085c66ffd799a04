import type { z } from 'zod'
import type { Policy } from '#domain/policy/policy.ts'
import type { RecentRow, Person } from '#services/people/people.ts'
import type { StoredContact } from '#services/people/contacts.ts'
import type { Sentence } from '../../contract/common.ts'

type Warning = z.infer<typeof Sentence>

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const warn = (key: string, slots: Warning['slots'] = {}): Warning => ({ key: `warning.${key}`, slots })
/** A change with its age in whole hours; one within the last hour has words of its own ("0 hours ago" is none). */
const warnOfChange = (key: string, at: Date, now: Date, slots: Warning['slots'] = {}): Warning => {
  const hours = Math.floor((now.getTime() - at.getTime()) / hourMs)
  return hours < 1 ? warn(`${key}_now`, slots) : warn(key, { ...slots, hours })
}
const isWithin = (at: Date | null, ms: number, now: Date): at is Date =>
  at !== null && now.getTime() - at.getTime() < ms

type Contact = Pick<StoredContact, 'lastChangedAt' | 'masked' | 'label'>

const contactWarnings = (contacts: readonly Contact[], policy: Policy, now: Date): Warning[] => [
  ...contacts
    .filter((contact) => isWithin(contact.lastChangedAt, policy.contacts.changedWithinHours * hourMs, now))
    .map((contact) =>
      warnOfChange('contact_changed', contact.lastChangedAt, now, {
        contact: contact.masked,
        contactLabel: contact.label,
      }),
    ),
  ...(contacts.length === 0 ? [warn('no_contacts')] : []),
  ...(contacts.length === 1 ? [warn('one_contact')] : []),
]

/** Warnings about a person are made from these fields. */
export type Warned = Pick<
  Person,
  'neverViaHelpDesk' | 'isBlocked' | 'accountState' | 'tier' | 'passwordChangedAt' | 'mfaChangedAt'
>

const accountWarnings = (person: Warned, now: Date): Warning[] => [
  ...(person.neverViaHelpDesk ? [warn('never_via_help_desk')] : []),
  ...(person.isBlocked ? [warn('blocked')] : []),
  ...(person.accountState === 'active' ? [] : [warn(`account_${person.accountState}`)]),
  ...(person.tier === 'privileged' ? [warn('privileged')] : []),
  ...(isWithin(person.passwordChangedAt, dayMs, now)
    ? [warnOfChange('password_changed', person.passwordChangedAt, now)]
    : []),
  ...(isWithin(person.mfaChangedAt, 14 * dayMs, now)
    ? [warnOfChange('mfa_changed', person.mfaChangedAt, now)]
    : []),
]

const attemptWarnings = (recent: readonly RecentRow[], now: Date): Warning[] => {
  const today = recent.filter((row) => isWithin(row.createdAt, dayMs, now))
  const failed = today.filter((row) => row.outcome === 'failed' || row.outcome === 'reported').length
  return [
    ...(failed > 0 ? [warn('failed_today', { count: failed })] : []),
    ...(today.length >= 3 ? [warn('many_attempts', { count: today.length })] : []),
  ]
}

/** An agent should know this before sending anything, gravest first. */
export const personWarnings = (facts: {
  readonly person: Warned
  /** Those that something may go to. */
  readonly contacts: readonly Contact[]
  readonly recent: readonly RecentRow[]
  /** Reports in 30 days; told to those who may see them (B9). */
  readonly reports: number
  readonly policy: Policy
  readonly now: Date
}): Warning[] => [
  ...accountWarnings(facts.person, facts.now),
  ...(facts.reports > 0 ? [warn('reported', { count: facts.reports })] : []),
  ...contactWarnings(facts.contacts, facts.policy, facts.now),
  ...attemptWarnings(facts.recent, facts.now),
]
