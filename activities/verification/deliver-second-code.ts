import { randomUUID } from 'node:crypto'
import { readContact, readContacts, readPerson } from '#platform/server/db/contacts-read.ts'
import { takeSendTurn } from '#platform/server/db/deliveries.ts'
import { addChallenge } from '#platform/server/db/links.ts'
import { readPolicy } from '#platform/server/db/policies.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { readOrganisation } from '#platform/server/db/tenants-read.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { linkContactOf } from '#platform/server/db/verifications-write.ts'
import { matchCode } from '#platform/server/match-code.ts'
import type { DeliverSecondCodeAnswer, DeliverSecondCodeInput } from '#workflows/verification/steps.ts'
import { compose } from '../messaging/compose.ts'
import { emailRecipient, phoneRecipient } from '../messaging/recipient.ts'
import { sendOnce, type Prepared, type Sent } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { prefixIndexOf } from './deliver-link.ts'
import { secondContactOf } from './second-contact.ts'

/** Second codes are derived like match codes, far above any link's ordinal, and stored nowhere either (C2). */
export const secondCodeOrdinal = (ordinal: number): number => 1000 + ordinal

/** Sends a code to a contact other than the link's. */
export const createDeliverSecondCode =
  (deps: ActivityDeps) =>
  async (input: DeliverSecondCodeInput): Promise<DeliverSecondCodeAnswer> => {
    const { tenantId, verificationId } = input.case
    const attempt = { verificationId, kind: 'second_code', ordinal: input.ordinal } as const
    const sent = await sendOnce(deps, tenantId, attempt, (tx) => prepare(deps, tx, input))
    await inTenant(deps.db, tenantId, (tx) => record(tx, input, sent))
    return { delivery: sent.delivery }
  }

const prepare = async (deps: ActivityDeps, tx: Tx, input: DeliverSecondCodeInput): Promise<Prepared> => {
  await takeSendTurn(tx)
  const { case: ref, ordinal } = input
  const policy = await readPolicy(tx, ref.policyVersion)
  const first = await readContact(tx, deps.keys, await linkContactOf(tx, ref.verificationId, ordinal))
  const contacts = await readContacts(tx, deps.keys, ref.personId)
  const contact = first && secondContactOf(contacts, first, policy, Date.now())
  if (contact === undefined) return { refusal: 'contact_not_on_file' }
  const channel = contact.kind === 'phone' ? 'sms' : 'email'
  const to = channel === 'sms' ? phoneRecipient(contact.value) : emailRecipient(contact.value)
  if (to === null) return { refusal: 'contact_not_allowed' }

  const { verificationId, personId } = ref
  const maxTries = policy.limits.codeTriesPerCode
  const seconds = input.codeSeconds
  const challenge = { verificationId, kind: 'second', ordinal, personId, seconds, maxTries } as const
  await addChallenge(tx, { ...challenge, contactId: contact.id })
  const person = await readPerson(tx, personId)
  const of = { tenantId: tx.tenantId, verificationId, ordinal: secondCodeOrdinal(ordinal) }
  const code = matchCode(deps.keys, of)
  const organisation = await readOrganisation(tx)
  const slots = { organisation, link: null, code, minutes: Math.round(seconds / 60) }
  return {
    message: { channel, to, ...compose('second_code', channel, person.language, slots) },
    delivery: {
      id: randomUUID(),
      verificationId,
      kind: 'second_code',
      ordinal,
      personId,
      channel,
      contactId: contact.id,
      contactMasked: contact.masked,
      numberIndex: contact.valueIndex,
      prefixIndex: prefixIndexOf(deps, tx, contact),
    },
  }
}

const record = (tx: Tx, { case: ref, ordinal }: DeliverSecondCodeInput, sent: Sent): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    ref.verificationId,
    [
      {
        type: 'second_code.sent',
        object: { kind: 'verification', id: ref.verificationId },
        payload: { delivery: sent.delivery, ordinal },
      },
    ],
    [uuidOf('second-code', ref.verificationId, String(ordinal), sent.delivery)],
  )
