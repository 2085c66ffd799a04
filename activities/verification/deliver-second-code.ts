import { randomUUID } from 'node:crypto'
import { readContact, readContacts, type OpenContact } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import { entryContacts, readRecipient } from '#services/sending/deliveries.ts'
import { prefixIndexOf, takeSendTurn } from '#services/sending/send-counts.ts'
import { addChallenge } from '#services/sending/links.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { codeOrdinalOf } from '#domain/verification/code-asks.ts'
import { keepCodeChoices, readCodeAsk, spentCodeTries } from '#services/sending/refused-codes.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { linkContactOf } from '#services/verifications/verifications.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { caseOf } from '#services/messages/letterhead.ts'
import { write } from '#services/messages/write.ts'
import { entryContactOf } from '#services/messages/entry-contact.ts'
import type {
  DeliverSecondCodeAnswer,
  DeliverSecondCodeInput,
} from '#workflows/verification/activity-types.ts'
import { addressOf } from '../messaging/recipient.ts'
import { reportAddress } from '../messaging/report-address.ts'
import { isRefusedByProvider, sendOnce, type Prepared, type Sent } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { askOfNumber, type OutcomeOf } from './ask-of-number.ts'
import { keepRefusal } from './keep-refusal.ts'
import { mayNotSend } from './may-not-send.ts'
import { secondContactsOf } from './second-contact.ts'

/** Second codes are derived like match codes, far above any link's ordinal, and stored nowhere either (C2). */
export const secondCodeOrdinal = (ordinal: number): number => 1000 + ordinal

/** Which code is sent: the one for more evidence, or the one that opens a link which no agent reads a number out for. */
type CodeKind = 'second_code' | 'entry_code'

const deliver =
  (kind: CodeKind) =>
  (deps: ActivityDeps) =>
  async (input: DeliverSecondCodeInput): Promise<DeliverSecondCodeAnswer> => {
    const { tenantId } = input.case
    const asked = await withAsk(deps, { ...input, kind, linkOrdinal: input.ordinal, contactId: null })
    // The participant asked again since.
    if (asked === null) return { delivery: 'unknown' }
    const { sent, held } = await sendToFirst(deps, asked)
    await inTenant(deps.db, tenantId, async (tx) => {
      await record(tx, asked, sent)
      if (kind === 'second_code') await keepRefusal(deps, tx, asked.case, sent, held)
    })
    return { delivery: sent.delivery }
  }

const mostChoices = 6

/** An ask has an ordinal of its own, and may name a contact; null: it is not the newest. */
const withAsk = async (deps: ActivityDeps, input: CodeInput): Promise<CodeInput | null> => {
  const { askId, case: ref, linkOrdinal } = input
  if (askId === undefined) return input
  const ask = await inTenant(deps.db, ref.tenantId, (tx) => readCodeAsk(tx, ref.verificationId, askId))
  if (ask === undefined) return null
  return { ...input, ordinal: codeOrdinalOf(linkOrdinal, ask.asks), contactId: ask.contactId }
}

/**
 * Sends to the contact that comes first. Where a limit holds that back, a second code goes to the next contact that policy
 * takes, as long as there is one. `held`: those that can get one later, since a limit or their provider refused it now.
 */
const sendToFirst = async (
  deps: ActivityDeps,
  asked: CodeInput,
): Promise<{ readonly sent: Sent; readonly held: readonly OpenContact[] }> => {
  const { tenantId, verificationId } = asked.case
  const attempt = { verificationId, kind: asked.kind, ordinal: asked.ordinal } as const
  const held: OpenContact[] = []
  for (;;) {
    const isHeld = ({ id }: OpenContact) => held.some((one) => one.id === id)
    const before = await inTenant(deps.db, tenantId, (tx) => readAsked(deps, tx, asked, isHeld))
    const { contact } = before
    if (contact === undefined && held.length > 0)
      return { sent: { delivery: 'refused', deliveryId: '', refusal: 'send_limit_reached' }, held }
    const outcomeOf = await askOfNumber(deps, before.policy, contact)
    const sent = await sendOnce(deps, tenantId, attempt, (tx) => prepare(deps, tx, asked, outcomeOf, isHeld))
    if (contact === undefined) return { sent, held }
    if (isRefusedByProvider(sent)) return { sent, held: [...held, contact] }
    if (asked.kind === 'entry_code' || sent.refusal !== 'send_limit_reached') return { sent, held }
    held.push(contact)
  }
}

/** Sends a code to a contact other than the link's. */
export const createDeliverSecondCode = deliver('second_code')

/** Sends the link's own code to a contact of the other channel, where no agent is on the line. */
export const createDeliverEntryCode = deliver('entry_code')

/** `ordinal`: of the code; `contactId`: the participant chose this contact. */
type CodeInput = DeliverSecondCodeInput & {
  readonly kind: CodeKind
  readonly linkOrdinal: number
  readonly contactId: string | null
}

/** Policy, person and the contact as they are now, no contact where none is left, and all that a participant may choose. */
const readAsked = async (
  deps: ActivityDeps,
  tx: Tx,
  { case: ref, linkOrdinal, kind, contactId }: CodeInput,
  isHeld: (contact: OpenContact) => boolean,
) => {
  const policy = await readPolicy(tx, ref.policyVersion)
  const person = await readPerson(tx, ref.personId)
  const contacts = await readContacts(tx, deps.keys, ref.personId)
  const used = await entryContacts(tx, ref.verificationId)
  const first = await readContact(tx, deps.keys, await linkContactOf(tx, ref.verificationId, linkOrdinal))
  const { purpose, tier } = ref
  const asked = { policy, purpose, tier, person, contacts, now: Date.now() }
  if (first === undefined || kind === 'entry_code')
    return { policy, person, contact: first && entryContactOf(deps, asked, first), choices: [] }
  const beside = contacts.filter(({ id }) => !used.has(id))
  const choices = secondContactsOf(deps, { ...asked, contacts: beside, first })
  const contact = choices.find((one) => !isHeld(one) && (contactId === null || one.id === contactId))
  return { policy, person, contact, choices }
}

const prepare = async (
  deps: ActivityDeps,
  tx: Tx,
  input: CodeInput,
  outcomeOf: OutcomeOf,
  isHeld: (contact: OpenContact) => boolean,
): Promise<Prepared> => {
  await takeSendTurn(tx)
  const { policy, person, contact, choices } = await readAsked(deps, tx, input, isHeld)
  if (contact === undefined) return { refusal: 'contact_not_on_file' }
  const { channel, to } = addressOf(contact)
  if (to === null) return { refusal: 'contact_not_allowed' }
  const numberCheck = outcomeOf(contact)
  const refusal = await mayNotSend(deps, tx, input.case, 'agent', { policy, person, contact, numberCheck })
  if (refusal !== null) return { refusal }

  const { verificationId, personId } = input.case
  const { ordinal, codeSeconds: seconds } = input
  const isSecond = input.kind === 'second_code'
  // A link brings the challenge of its own code with it.
  if (isSecond) await openChallenge(tx, input, { contact, choices, tries: policy.limits.codeTriesPerCode })
  const of = {
    tenantId: tx.tenantId,
    verificationId,
    ordinal: isSecond ? secondCodeOrdinal(ordinal) : ordinal,
  }
  const code = matchCode(deps.keys, of)
  const link = await reportAddress(deps, tx, { verificationId, personId, policy })
  const { content, textId } = await write(tx, {
    kind: 'second_code',
    channel,
    reader: person,
    of: caseOf(input.case),
    at: new Date(),
    values: { link, code, minutes: Math.round(seconds / 60) },
  })
  return {
    message: { channel, to, ...content },
    delivery: {
      id: randomUUID(),
      verificationId,
      kind: input.kind,
      ordinal,
      personId,
      channel,
      contactId: contact.id,
      contactMasked: contact.masked,
      numberIndex: contact.valueIndex,
      prefixIndex: prefixIndexOf(deps.keys, tx.tenantId, contact),
      numberCheck,
      textId,
    },
  }
}

/** The page may show the field before the message is gone, so all that it shows is there. Codes that are asked for again share their tries. */
const openChallenge = async (
  tx: Tx,
  { case: { verificationId, personId }, ordinal, linkOrdinal, codeSeconds: seconds }: CodeInput,
  of: { readonly contact: OpenContact; readonly choices: readonly OpenContact[]; readonly tries: number },
): Promise<void> => {
  const maxTries = Math.max(0, of.tries - (await spentCodeTries(tx, verificationId, linkOrdinal)))
  const challenge = { verificationId, kind: 'second', ordinal, personId, seconds, maxTries } as const
  await addChallenge(tx, { ...challenge, contactId: of.contact.id })
  const ids = of.choices.slice(0, mostChoices).map(({ id }) => id)
  await keepCodeChoices(tx, verificationId, ids)
}

const record = async (tx: Tx, { case: ref, ordinal, kind, askId }: CodeInput, sent: Sent): Promise<void> => {
  const { verificationId } = ref
  const { delivery, refusal } = sent
  const to = await readRecipient(tx, { verificationId, kind, ordinal })
  const payload = { delivery, ordinal, ...to, ...(refusal === null ? {} : { refusal }) }
  await recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    verificationId,
    [{ type: `${kind}.sent`, object: { kind: 'verification', id: verificationId }, payload }],
    [
      uuidOf(
        kind === 'second_code' ? 'second-code' : 'entry-code',
        verificationId,
        String(ordinal),
        delivery,
        ...(askId === undefined ? [] : [askId]),
      ),
    ],
    'to_consoles',
  )
}
