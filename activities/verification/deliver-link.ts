import { randomUUID } from 'node:crypto'
import { ruleFor, type Policy } from '#domain/policy/policy.ts'
import { readContact, type OpenContact } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import type { NewDelivery } from '#services/sending/deliveries.ts'
import { prefixIndexOf, takeSendTurn } from '#services/sending/send-counts.ts'
import { addLink, countOtherLiveLinks, linkExpiry } from '#services/sending/links.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { inOneTrip, inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { caseOf } from '#services/messages/letterhead.ts'
import { write } from '#services/messages/write.ts'
import { aboutLink, aboutStart } from '#platform/crypto/staff-attestation.ts'
import type { DeliverLinkAnswer, DeliverLinkInput } from '#workflows/verification/activity-types.ts'
import { refreshPerson, type Refreshed } from '../directory/refresh-person.ts'
import { linkTo } from '../messaging/compose.ts'
import { addressOf } from '../messaging/recipient.ts'
import { sendOnce, type Prepared } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { askOfNumber, type OutcomeOf } from './ask-of-number.ts'
import { accountRefusal, mayNotSend } from './may-not-send.ts'
import { isAttested, type Claim } from './check-attestation.ts'

/** At most this many live links of one participant (C11). */
const mostLiveLinks = 2

/** Makes, stores (as a hash) and sends one link; the token leaves this function only inside its message. */
export const createDeliverLink =
  (deps: ActivityDeps) =>
  async (input: DeliverLinkInput): Promise<DeliverLinkAnswer> => {
    const { tenantId, verificationId } = input.case
    if (
      input.asked !== undefined &&
      !(await isAttested(deps, claimOf(input, input.asked), input.asked.staffRequest))
    )
      return { ...nothing, linkExpiresAt: new Date().toISOString(), refusal: 'not_permitted' }
    const attempt = { verificationId, kind: 'link', ordinal: input.ordinal } as const
    const before = await inTenant(deps.db, tenantId, (tx) => readAsked(deps, tx, input))
    const [outcomeOf, refreshed] = await Promise.all([
      askOfNumber(deps, before.policy, before.contact),
      refreshPerson(deps, tenantId, before.person),
    ])
    let stored: string | undefined
    const prepared = { policy: before.policy, outcomeOf, stored: (expiresAt: string) => (stored = expiresAt) }
    const sent = await sendOnce(
      deps,
      tenantId,
      attempt,
      (tx) => isGoneFrom(refreshed, input) ?? prepare(deps, tx, input, prepared),
    )
    const linkExpiresAt =
      stored ?? (await inOneTrip(deps.db, tenantId, (tx) => linkExpiry(tx, verificationId, input.ordinal)))
    return { ...sent, linkExpiresAt, ...(refreshed.person === null ? {} : { person: refreshed.person }) }
  }

const nothing = { delivery: 'refused', deliveryId: '' } as const

const claimOf = (input: DeliverLinkInput, { act, byId }: NonNullable<DeliverLinkInput['asked']>): Claim => {
  const { tenantId, verificationId } = input.case
  const about = act === 'start' ? aboutStart(input.case, input) : aboutLink(input)
  return { tenantId, verificationId, act, byId, about }
}

const readAsked = async (deps: ActivityDeps, tx: Tx, input: DeliverLinkInput) => {
  const [policy, contact, person] = await Promise.all([
    readPolicy(tx, input.case.policyVersion),
    readContact(tx, deps.keys, input.contactId),
    readPerson(tx, input.case.personId),
  ])
  return { policy, contact, person }
}

/** A contact that the directory has no more gets nothing, though a sync has not taken it away yet. */
const isGoneFrom = (
  { isGone, lost }: Refreshed,
  { contactId }: DeliverLinkInput,
): Promise<Prepared> | null => {
  if (isGone) return Promise.resolve({ refusal: 'contact_not_allowed' })
  return lost.includes(contactId) ? Promise.resolve({ refusal: 'contact_not_on_file' }) : null
}

type Prepare = {
  readonly policy: Policy
  readonly outcomeOf: OutcomeOf
  /** Told when the link expires, once it is stored. */
  readonly stored: (expiresAt: string) => void
}

/** Everything that counts is read after the turn is taken; it travels with it, and the database goes in that order. */
const readInTurn = async (deps: ActivityDeps, tx: Tx, { case: ref, contactId }: DeliverLinkInput) => {
  const [, person, contact, otherLiveLinks] = await Promise.all([
    takeSendTurn(tx),
    readPerson(tx, ref.personId),
    readContact(tx, deps.keys, contactId),
    countOtherLiveLinks(tx, ref.personId, ref.verificationId),
  ])
  return { person, contact, otherLiveLinks }
}

const prepare = async (
  deps: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  { policy, outcomeOf, stored }: Prepare,
): Promise<Prepared> => {
  const { case: ref } = input
  const { person, contact, otherLiveLinks } = await readInTurn(deps, tx, input)
  if (contact?.personId !== person.id) return { refusal: 'contact_not_on_file' }
  const { channel, to } = addressOf(contact)
  if (to === null || channel !== input.channel) return { refusal: 'contact_not_allowed' }
  const problem = accountRefusal(person)
  if (problem !== null) return { refusal: problem }
  if (!ruleFor(policy, ref.purpose, ref.tier).channels.includes(channel))
    return { refusal: 'contact_not_allowed' }
  if (otherLiveLinks >= mostLiveLinks) return { refusal: 'send_limit_reached' }
  const token = newToken()
  const numberCheck = outcomeOf(contact)
  const [refusal, { content, textId }] = await Promise.all([
    // The start already checked if an agent may use a contact that changed of late.
    mayNotSend(deps, tx, ref, 'supervisor', { policy, person, contact, numberCheck }),
    write(tx, {
      kind: 'link',
      channel: input.channel,
      reader: person,
      of: caseOf(ref),
      at: new Date(),
      values: {
        link: linkTo(deps.portalUrl, 'v', token),
        code: null,
        minutes: Math.round(input.linkSeconds / 60),
      },
    }),
  ])
  if (refusal !== null) return { refusal }
  return {
    delivery: { ...deliveryOf(deps, tx, input, contact), numberCheck, textId },
    message: { channel: input.channel, to, ...content },
    store: async (at) => stored(await storeLink(deps, at, input, policy, contact, tokenHash(token))),
  }
}

const storeLink = (
  { keys }: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  policy: Policy,
  contact: OpenContact,
  hash: Buffer,
): Promise<string> => {
  const { verificationId, personId, purpose, policyVersion } = input.case
  const about = { verificationId, personId, ordinal: input.ordinal, contactId: contact.id, tokenHash: hash }
  return addLink(tx, {
    ...about,
    id: randomUUID(),
    purpose,
    policyVersion,
    channel: input.channel,
    contactValueIndex: contact.valueIndex,
    tokenMark: tokenMark(keys, 'links', { ...about, tenantId: tx.tenantId }),
    seconds: input.linkSeconds,
    maxTries: policy.limits.codeTriesPerCode,
  })
}

const deliveryOf = (
  deps: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  contact: OpenContact,
): Omit<NewDelivery, 'numberCheck' | 'textId'> => ({
  id: randomUUID(),
  verificationId: input.case.verificationId,
  kind: 'link',
  ordinal: input.ordinal,
  personId: input.case.personId,
  channel: input.channel,
  contactId: contact.id,
  contactMasked: contact.masked,
  numberIndex: contact.valueIndex,
  prefixIndex: prefixIndexOf(deps.keys, tx.tenantId, contact),
})
