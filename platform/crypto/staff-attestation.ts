/**
 * The API's attestation that the named person or client said exactly this, in a session or by a key of theirs. The worker
 * believes no message without it: anybody who reaches Temporal can send one, and the codec hands on what it did not write. It
 * names the case, the act, everything that is said of it, and the update that carries it, which the workflow answers once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { StaffAttestation, VerificationInput } from '#workflows/messages.ts'
import { deriveKey, type KeyRing } from './keys.ts'
import { lengthPrefixed } from './sealing.ts'

/** An act in the name of a person or client. */
export type StaffAct =
  'start' | 'resend' | 'ask_approver' | 'approve' | 'refuse' | 'cancel' | 'send_return_link' | 'stop'

/** A statement is everything that an attestation vouches for. */
export type StaffStatement = {
  readonly tenantId: string
  readonly verificationId: string
  readonly act: StaffAct
  /** The id of the member of staff; for a start, the id of the person or client that started it. */
  readonly byId: string
  /** The id of the update that carries it; for a start, the id of the case. */
  readonly operationId: string
  /** Everything else that the message contains, in the order of the functions below. */
  readonly about: readonly (string | null)[]
}

type Start = Pick<
  VerificationInput,
  'purpose' | 'tier' | 'policyVersion' | 'personId' | 'referrer' | 'ticket'
>
type Target = Pick<VerificationInput, 'channel' | 'contactId'>

/** The contents of a start. */
export const aboutStart = (
  { purpose, tier, policyVersion, personId, referrer, ticket }: Start,
  { channel, contactId }: Target,
): StaffStatement['about'] => [
  ...[purpose, tier, String(policyVersion), personId, referrer.kind, ticket],
  ...[channel, contactId],
]

/** The contents of a request for a link to a contact. */
export const aboutLink = ({ channel, contactId }: Target): StaffStatement['about'] => [channel, contactId]

/** The contents of a decision; `screenHash`: hexadecimal (D4). */
export const aboutDecision = (said: {
  readonly screenHash: string
  readonly reason: string
}): StaffStatement['about'] => [said.screenHash, said.reason]

const macOf = (ring: KeyRing, keyId: string, said: StaffStatement, steppedUpAt: string | null) => {
  const master = ring.data.byId.get(keyId)
  if (master === undefined) return null
  const { tenantId, verificationId, act, byId, operationId, about } = said
  const parts = [
    'countersign.attestation.v1',
    tenantId,
    verificationId,
    act,
    byId,
    operationId,
    steppedUpAt ?? '',
  ]
  return createHmac('sha256', deriveKey(master, 'staff-attestation', tenantId))
    .update(lengthPrefixed(...parts, JSON.stringify(about)))
    .digest()
}

/** Attests the statement. `steppedUpAt`: ISO 8601 UTC of the passkey, null where there was none. */
export const attest = (
  ring: KeyRing,
  said: StaffStatement,
  steppedUpAt: string | null = null,
): StaffAttestation => {
  const keyId = ring.data.currentId
  return { steppedUpAt, keyId, mac: macOf(ring, keyId, said, steppedUpAt)?.toString('hex') ?? '' }
}

/** True if the API made this attestation for exactly this statement. */
export const isAttestation = (
  ring: KeyRing,
  said: StaffStatement,
  attestation: StaffAttestation | undefined,
): boolean => {
  if (attestation === undefined) return false
  const mac = macOf(ring, attestation.keyId, said, attestation.steppedUpAt)
  const given = Buffer.from(attestation.mac, 'hex')
  return mac !== null && given.length === mac.length && timingSafeEqual(given, mac)
}
