/**
 * Decides if a message may go to these contacts now. The console asks before it offers them, the API before it starts a case,
 * and the worker again before it sends: all of them ask here. The rule itself is in `domain/policy/may-send.ts`.
 */
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Limits, Policy } from '#domain/policy/policy.ts'
import { maySend, type SendAnswer, type SendCounts, type SendRefusal } from '#domain/policy/may-send.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import type { Role } from '#domain/roles.ts'
import type { Channel, Purpose, Tier } from '#domain/verification/verification.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { sendContactOf } from '../messages/send-contact.ts'
import type { ContactOnFile } from '../people/contacts.ts'
import type { Person } from '../people/people.ts'
import { countSends, nextSendAt, prefixIndexOf, type ToCount } from './send-counts.ts'

/** A contact with the policy's answer for it, and the counts that it was made with. */
export type JudgedContact<Contact extends ContactOnFile = ContactOnFile> = {
  readonly contact: Contact
  readonly channel: Channel
  readonly answer: SendAnswer
  readonly counts: SendCounts
}

/** A question says who wants to send to whom, under which policy. */
export type SendQuestion = {
  readonly policy: Policy
  readonly purpose: Purpose
  readonly tier: Tier
  /** The role of the person who asks; `agent` where nobody is present who could allow what an agent may not. */
  readonly role: Role
  readonly person: Pick<Person, 'id' | 'workEmail' | 'login' | 'isBlocked' | 'neverViaHelpDesk'>
  readonly isOwnCase: boolean
  /** The agent whose starts count; null: no agent starts this, or it was counted when they asked. */
  readonly startedBy: string | null
  /** The carrier's answer about a number (B20); absent: nobody was asked. */
  readonly numberCheckOf?: (contact: ContactOnFile) => NumberOutcome | null
}

/** The counts for one contact, by the limits of messages. */
const countedFor = (
  { keys }: Pick<FactDeps, 'keys'>,
  tx: Tx,
  limits: Limits,
  contact: ContactOnFile,
): readonly [ToCount, ToCount] => [
  { by: 'number', value: contact.valueIndex, caps: limits.sendsPerContact },
  { by: 'prefix', value: prefixIndexOf(keys, tx.tenantId, contact), caps: limits.sendsPerPrefix },
]

/** Counts for every contact in one statement; what does not depend on the contact is counted once. */
export const countForContacts = async (
  deps: Pick<FactDeps, 'keys'>,
  tx: Tx,
  { limits }: Pick<Policy, 'limits'>,
  { personId, startedBy }: { readonly personId: string; readonly startedBy: string | null },
  contacts: readonly ContactOnFile[],
): Promise<readonly SendCounts[]> => {
  const counts = await countSends(tx, [
    { by: 'person', value: personId, caps: limits.sendsPerParticipant },
    { by: 'tenant', value: null, caps: limits.sendsPerTenant },
    ...(startedBy === null ? [] : [{ by: 'starts' as const, value: startedBy, caps: limits.startsPerAgent }]),
    ...contacts.flatMap((contact) => countedFor(deps, tx, limits, contact)),
  ])
  const [sendsPerParticipant = [], sendsPerTenant = []] = counts
  const startsPerAgent = startedBy === null ? limits.startsPerAgent.map(() => 0) : (counts[2] ?? [])
  const first = startedBy === null ? 2 : 3
  return contacts.map((_, index) => ({
    ...{ sendsPerParticipant, sendsPerTenant, startsPerAgent },
    sendsPerContact: counts[first + 2 * index] ?? [],
    sendsPerPrefix: counts[first + 2 * index + 1] ?? [],
  }))
}

/** When the limits let one more message to this contact through; null: now. Starts are not counted here. */
export const nextSendTo = (
  deps: Pick<FactDeps, 'keys'>,
  tx: Tx,
  { limits }: Pick<Policy, 'limits'>,
  contact: ContactOnFile,
): Promise<Date | null> =>
  nextSendAt(tx, [
    { by: 'person', value: contact.personId, caps: limits.sendsPerParticipant },
    { by: 'tenant', value: null, caps: limits.sendsPerTenant },
    ...countedFor(deps, tx, limits, contact),
  ])

/** The policy's answer for each of these contacts of one person, in their order. */
export const judgeContacts = async <Contact extends ContactOnFile>(
  deps: Pick<FactDeps, 'keys' | 'factTools'>,
  tx: Tx,
  question: SendQuestion,
  contacts: readonly Contact[],
): Promise<readonly JudgedContact<Contact>[]> => {
  const { policy, purpose, tier, role, person, isOwnCase, numberCheckOf } = question
  const counted = { personId: person.id, startedBy: question.startedBy }
  const all = await countForContacts(deps, tx, policy, counted, contacts)
  const now = Date.now()
  return contacts.flatMap((contact, index) => {
    const counts = all[index]
    if (counts === undefined) return []
    const sendContact = sendContactOf(deps, contact, person, numberCheckOf?.(contact) ?? null)
    const answer = maySend({
      ...{ policy, purpose, tier, role, contact: sendContact, counts, now, isOwnCase },
      isParticipantBlocked: person.isBlocked,
      isNeverViaHelpDesk: person.neverViaHelpDesk,
    })
    return [{ contact, channel: sendContact.channel, answer, counts }]
  })
}

/** The refusal for each reason of the policy's no. */
export const refusalCodes: Readonly<Record<SendRefusal, RefusalCode>> = {
  typed_contact: 'contact_not_allowed',
  unreadable: 'contact_not_allowed',
  contact_changed: 'contact_not_allowed',
  channel_not_offered: 'contact_not_allowed',
  line_type: 'contact_not_allowed',
  country_off: 'contact_not_allowed',
  disposable_mail: 'contact_not_allowed',
  number_in_doubt: 'contact_not_allowed',
  participant_limit: 'send_limit_reached',
  contact_limit: 'send_limit_reached',
  prefix_limit: 'send_limit_reached',
  tenant_limit: 'send_limit_reached',
  agent_limit: 'agent_limit_reached',
  participant_blocked: 'participant_blocked',
  never_via_help_desk: 'never_via_help_desk',
  own_case: 'own_case',
}

/** The refusal that a sending activity answers with: limits and blocks by name, everything of the contact as one. */
export const refusalOf = (reasons: readonly SendRefusal[]): RefusalCode =>
  reasons.map((reason) => refusalCodes[reason]).find((code) => code !== 'contact_not_allowed') ??
  'contact_not_allowed'
