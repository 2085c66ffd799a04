/**
 * The API's word that a member of staff approved, in a session of theirs, exactly what was on the screen. The worker believes
 * no message without it: whoever reaches Temporal can send one, and the codec hands on what it did not write.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { StaffWord } from '#workflows/messages.ts'
import { deriveKey, type KeyRing } from './keys.ts'
import { lengthPrefixed } from './sealing.ts'

/** What is vouched for. */
export type SaidByStaff = {
  readonly tenantId: string
  readonly verificationId: string
  readonly staffId: string
  /** Hexadecimal (security.md D4). */
  readonly shownHash: string
}

const macOf = (ring: KeyRing, keyId: string, said: SaidByStaff, steppedUpAt: string | null) => {
  const master = ring.data.byId.get(keyId)
  if (master === undefined) return null
  const { tenantId, verificationId, staffId, shownHash } = said
  return createHmac('sha256', deriveKey(master, 'staff-word', tenantId))
    .update(
      lengthPrefixed(
        'countersign.approved.v1',
        tenantId,
        verificationId,
        staffId,
        shownHash,
        steppedUpAt ?? '',
      ),
    )
    .digest()
}

/** Gives it. `steppedUpAt`: ISO 8601 UTC of the passkey, null where there was none. */
export const giveStaffWord = (ring: KeyRing, said: SaidByStaff, steppedUpAt: string | null): StaffWord => {
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
