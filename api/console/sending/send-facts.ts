import type { Policy } from '#domain/policy/policy.ts'
import { maySend, type SendAnswer, type SendRefusal } from '#domain/policy/send.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import type { Channel, Purpose } from '#domain/verification/verification.ts'
import {
  readContactsOnFile,
  readPerson,
  type ContactOnFile,
  type PersonRow,
} from '#services/people/contacts-read.ts'
import { canDirectory } from '#services/people/directory-syncs.ts'
import { countSends } from '#services/sending/deliveries.ts'
import { readPerson as findPerson } from '#services/people/people.ts'
import { isOwnCase } from '#services/staff/staff.ts'
import { staffCounts } from '#services/staff/staff-counters.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { valueIndex } from '#platform/crypto/sealing.ts'
import { sendContactOf } from '#services/messages/send-contact.ts'
import type { FactTools } from '#platform/facts/fact-deps.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { Refused } from '../../http/errors.ts'
import { LimitReached } from '../../http/limit-reached.ts'

/** A contact with the policy's answer for it. */
export type JudgedContact = {
  readonly contact: ContactOnFile
  readonly channel: Channel
  readonly answer: SendAnswer
}

/** The person of a case and what policy says of sending to each contact. */
export type SendFacts = {
  readonly person: PersonRow
  readonly isOwnCase: boolean
  /** The person's directory can do what the purpose asks for. */
  readonly isOffered: boolean
  readonly judged: readonly JudgedContact[]
}

type Asked = {
  readonly tx: Tx
  readonly keys: KeyRing
  readonly factTools: FactTools
  readonly staff: StaffCaller
  readonly policy: Policy
  readonly purpose: Purpose
  readonly personId: string
}

const prefixOf = ({ keys, tx }: Asked, contact: ContactOnFile): Buffer | null =>
  contact.kind === 'phone' && contact.value !== null
    ? valueIndex(keys, tx.tenantId, 'phone_prefix', contact.value.slice(0, -4))
    : null

const judge = async (
  asked: Asked,
  person: PersonRow,
  own: boolean,
  contact: ContactOnFile,
): Promise<JudgedContact> => {
  const { tx, staff, policy, purpose } = asked
  const { limits } = policy
  const sendContact = sendContactOf(asked, contact, person.workEmail)
  const answer = maySend({
    policy,
    purpose,
    tier: person.tier,
    role: staff.role,
    contact: sendContact,
    counts: {
      sendsPerParticipant: await countSends(tx, 'person', person.id, limits.sendsPerParticipant),
      sendsPerContact: await countSends(tx, 'number', contact.valueIndex, limits.sendsPerContact),
      sendsPerPrefix: await countSends(tx, 'prefix', prefixOf(asked, contact), limits.sendsPerPrefix),
      sendsPerTenant: await countSends(tx, 'tenant', null, limits.sendsPerTenant),
      startsPerAgent: await staffCounts(tx, staff.staffId, 'start', limits.startsPerAgent),
    },
    now: Date.now(),
    isParticipantBlocked: person.isBlocked,
    isNeverViaHelpDesk: person.neverViaHelpDesk,
    isOwnCase: own,
  })
  return { contact, channel: sendContact.channel, answer }
}

/** Reads the person, the contacts on file and every count, and asks the policy. @throws Refused not_found */
export const readSendFacts = async (asked: Asked): Promise<SendFacts> => {
  const { tx, keys, staff, personId } = asked
  if ((await findPerson(tx, personId)) === undefined) throw new Refused('not_found')
  const person = await readPerson(tx, personId)
  const own = await isOwnCase(tx, staff.personId, personId)
  const judged: JudgedContact[] = []
  for (const contact of await readContactsOnFile(tx, keys, personId))
    judged.push(await judge(asked, person, own, contact))
  return { person, isOwnCase: own, isOffered: await canDirectory(tx, personId, asked.purpose), judged }
}

const refusalCodes: Readonly<Record<Exclude<SendRefusal, 'agent_limit'>, RefusalCode>> = {
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
  participant_blocked: 'participant_blocked',
  never_via_help_desk: 'never_via_help_desk',
  own_case: 'own_case',
}

/** The refusal that stands for a policy's no, the gravest first. */
export const refusalOfSend = ({ reasons: [reason], isForSupervisor }: SendAnswer): Refused => {
  if (reason === undefined) return new Refused('contact_not_allowed')
  if (reason === 'agent_limit') return new LimitReached('start')
  const code = refusalCodes[reason]
  if (code !== 'contact_not_allowed') return new Refused(code)
  return new Refused(isForSupervisor ? 'supervisor_required' : code, { reason })
}
