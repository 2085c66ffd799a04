import { randomUUID } from 'node:crypto'
import { ruleFor } from '#domain/policy/policy.ts'
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import { maySend } from '#domain/policy/send.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { readContact, readPerson, type OpenContact, type PersonRow } from '#services/people/contacts-read.ts'
import { takeSendTurn, type NewDelivery } from '#services/sending/deliveries.ts'
import { addLink, countOtherLiveLinks, linkExpiry } from '#services/sending/links.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { readOrganisation } from '#services/tenants/tenants-read.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { write } from '#services/messages/write.ts'
import { sendContactOf } from '#services/messages/send-contact.ts'
import { aboutLink, aboutStart } from '#platform/crypto/staff-word.ts'
import type { DeliverLinkAnswer, DeliverLinkInput } from '#workflows/verification/steps.ts'
import { refreshPerson, type Refreshed } from '../directory/refresh-person.ts'
import { linkTo } from '../messaging/compose.ts'
import { wayTo } from '../messaging/recipient.ts'
import { sendOnce, type Prepared } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { askOfNumber, type SaidOf } from './ask-of-number.ts'
import { countForSend, prefixIndexOf } from './count-for-send.ts'
import { refusalOf } from './refusal-of.ts'
import { isSaid, type Claim } from './said.ts'

/** At most this many live links of one participant (C11). */
const mostLiveLinks = 2

/** Makes, stores (as a hash) and sends one link; the token leaves this function only inside its message. */
export const createDeliverLink =
  (deps: ActivityDeps) =>
  async (input: DeliverLinkInput): Promise<DeliverLinkAnswer> => {
    const { tenantId, verificationId } = input.case
    if (input.asked !== undefined && !(await isSaid(deps, claimOf(input, input.asked), input.asked.said)))
      return { ...nothing, linkExpiresAt: new Date().toISOString(), refusal: 'not_permitted' }
    const attempt = { verificationId, kind: 'link', ordinal: input.ordinal } as const
    const before = await inTenant(deps.db, tenantId, (tx) => readAsked(deps, tx, input))
    const [saidOf, refreshed] = await Promise.all([
      askOfNumber(deps, before.policy, before.contact),
      refreshPerson(deps, tenantId, before.person),
    ])
    const sent = await sendOnce(
      deps,
      tenantId,
      attempt,
      (tx) => isGoneFrom(refreshed, input) ?? prepare(deps, tx, input, saidOf),
    )
    const linkExpiresAt = await inTenant(deps.db, tenantId, (tx) =>
      linkExpiry(tx, verificationId, input.ordinal),
    )
    return { ...sent, linkExpiresAt, ...(refreshed.person === null ? {} : { person: refreshed.person }) }
  }

const nothing = { delivery: 'refused', deliveryId: '' } as const

const claimOf = (input: DeliverLinkInput, { act, byId }: NonNullable<DeliverLinkInput['asked']>): Claim => {
  const { tenantId, verificationId } = input.case
  const about = act === 'start' ? aboutStart(input.case, input) : aboutLink(input)
  return { tenantId, verificationId, act, byId, about }
}

const readAsked = async (deps: ActivityDeps, tx: Tx, input: DeliverLinkInput) => ({
  policy: await readPolicy(tx, input.case.policyVersion),
  contact: await readContact(tx, deps.keys, input.contactId),
  person: await readPerson(tx, input.case.personId),
})

/** What the directory has no more gets nothing, though a sync has not taken it away yet. */
const isGoneFrom = (
  { isGone, lost }: Refreshed,
  { contactId }: DeliverLinkInput,
): Promise<Prepared> | null => {
  if (isGone) return Promise.resolve({ refusal: 'contact_not_allowed' })
  return lost.includes(contactId) ? Promise.resolve({ refusal: 'contact_not_on_file' }) : null
}

const prepare = async (
  deps: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  saidOf: SaidOf,
): Promise<Prepared> => {
  await takeSendTurn(tx)
  const person = await readPerson(tx, input.case.personId)
  const contact = await readContact(tx, deps.keys, input.contactId)
  if (contact?.personId !== person.id) return { refusal: 'contact_not_on_file' }
  const { channel, to } = wayTo(contact)
  if (to === null || channel !== input.channel) return { refusal: 'contact_not_allowed' }
  const numberCheck = saidOf(contact)
  const refusal = await mayNotSend(deps, tx, input, { person, contact, numberCheck })
  if (refusal !== null) return { refusal }

  const token = newToken()
  await storeLink(deps, tx, input, contact, tokenHash(token))
  const { subject, text, wordsId } = await write(tx, 'link', input.channel, person.language, {
    organisation: await readOrganisation(tx),
    link: linkTo(deps.portalUrl, 'v', token),
    code: null,
    minutes: Math.round(input.linkSeconds / 60),
  })
  const message = { channel: input.channel, to, subject, text }
  return { delivery: { ...deliveryOf(deps, tx, input, contact), numberCheck, wordsId }, message }
}

const storeLink = async (
  { keys }: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  contact: OpenContact,
  hash: Buffer,
): Promise<void> => {
  const { case: ref } = input
  const policy = await readPolicy(tx, ref.policyVersion)
  const { verificationId, personId, purpose, policyVersion } = ref
  const about = { verificationId, personId, ordinal: input.ordinal, contactId: contact.id, tokenHash: hash }
  await addLink(tx, {
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
): Omit<NewDelivery, 'numberCheck' | 'wordsId'> => ({
  id: randomUUID(),
  verificationId: input.case.verificationId,
  kind: 'link',
  ordinal: input.ordinal,
  personId: input.case.personId,
  channel: input.channel,
  contactId: contact.id,
  contactMasked: contact.masked,
  numberIndex: contact.valueIndex,
  prefixIndex: prefixIndexOf(deps, tx, contact),
})

type Asked = {
  readonly person: PersonRow
  readonly contact: OpenContact
  readonly numberCheck: NumberOutcome | null
}

/** The policy's answer again, now that the contact is read and the counts are locked (finding 7, H3, H7). */
const mayNotSend = async (
  deps: ActivityDeps,
  tx: Tx,
  input: DeliverLinkInput,
  { person, contact, numberCheck }: Asked,
): Promise<RefusalCode | null> => {
  if (person.accountState === 'deleted') return 'contact_not_allowed'
  if (person.accountState === 'disabled') return 'account_disabled'
  const { case: ref } = input
  const policy = await readPolicy(tx, ref.policyVersion)
  if (!ruleFor(policy, ref.purpose, ref.tier).channels.includes(input.channel)) return 'contact_not_allowed'
  if ((await countOtherLiveLinks(tx, person.id, ref.verificationId)) >= mostLiveLinks)
    return 'send_limit_reached'
  const answer = maySend({
    policy,
    purpose: ref.purpose,
    tier: ref.tier,
    // Whether an agent may use a contact that changed of late was asked when this was started.
    role: 'supervisor',
    contact: sendContactOf(deps, contact, person.workEmail, numberCheck),
    counts: await countForSend(deps, tx, policy, contact),
    now: Date.now(),
    isParticipantBlocked: person.isBlocked,
    isNeverViaHelpDesk: person.neverViaHelpDesk,
    isOwnCase: false,
  })
  return answer.isAllowed ? null : refusalOf(answer.reasons)
}
