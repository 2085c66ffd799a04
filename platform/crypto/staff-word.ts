/**
 * The API's word that whoever is named said exactly this, in a session or by a key of theirs. The worker believes no message
 * without it: whoever reaches Temporal can send one, and the codec hands on what it did not write. It names the case, what is
 * done, everything that is said of it, and the update that carries it, which the workflow answers once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { StaffWord, VerificationInput } from '#workflows/messages.ts'
import { deriveKey, type KeyRing } from './keys.ts'
import { lengthPrefixed } from './sealing.ts'

/** What is done in the name of somebody. */
export type StaffAct =
  'start' | 'resend' | 'ask_approver' | 'approve' | 'refuse' | 'cancel' | 'send_return_link' | 'stop'

/** What is vouched for. */
export type SaidByStaff = {
  readonly tenantId: string
  readonly verificationId: string
  readonly act: StaffAct
  /** Of the member of staff; of a start, of whoever started it. */
  readonly byId: string
  /** Of the update that carries it; of a start, the id of the case. */
  readonly operationId: string
  /** Everything else that the message says, in the order of the functions below. */
  readonly about: readonly (string | null)[]
}

type Start = Pick<
  VerificationInput,
  'purpose' | 'tier' | 'policyVersion' | 'personId' | 'referrer' | 'ticket'
>
type Target = Pick<VerificationInput, 'channel' | 'contactId'>

/** What a start says. */
export const aboutStart = (
  { purpose, tier, policyVersion, personId, referrer, ticket }: Start,
  { channel, contactId }: Target,
): SaidByStaff['about'] => [
  ...[purpose, tier, String(policyVersion), personId, referrer.kind, ticket],
  ...[channel, contactId],
]

/** What somebody says who asks for a link to a contact. */
export const aboutLink = ({ channel, contactId }: Target): SaidByStaff['about'] => [channel, contactId]

/** What a decider says; `shownHash`: hexadecimal (D4). */
export const aboutDecision = (said: {
  readonly shownHash: string
  readonly reason: string
}): SaidByStaff['about'] => [said.shownHash, said.reason]

const macOf = (ring: KeyRing, keyId: string, said: SaidByStaff, steppedUpAt: string | null) => {
  const master = ring.data.byId.get(keyId)
  if (master === undefined) return null
  const { tenantId, verificationId, act, byId, operationId, about } = said
  const parts = ['countersign.said.v1', tenantId, verificationId, act, byId, operationId, steppedUpAt ?? '']
  return createHmac('sha256', deriveKey(master, 'staff-word', tenantId))
    .update(lengthPrefixed(...parts, JSON.stringify(about)))
    .digest()
}

/** Gives it. `steppedUpAt`: ISO 8601 UTC of the passkey, null where there was none. */
export const giveStaffWord = (
  ring: KeyRing,
  said: SaidByStaff,
  steppedUpAt: string | null = null,
): StaffWord => {
  const keyId = ring.data.currentId
  return { steppedUpAt, keyId, mac: macOf(ring, keyId, said, steppedUpAt)?.toString('hex') ?? '' }
}

/** Whether it is the API's, for exactly this. */
export const isStaffWord = (ring: KeyRing, said: SaidByStaff, word: StaffWord | undefined): boolean => {
  if (word === undefined) return false
  const mac = macOf(ring, word.keyId, said, word.steppedUpAt)
  const given = Buffer.from(word.mac, 'hex')
  return mac !== null && given.length === mac.length && timingSafeEqual(given, mac)
}
