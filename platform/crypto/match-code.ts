import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey, type KeyRing } from './keys.ts'
import { lengthPrefixed, tokenHash } from './sealing.ts'

const codes = 1_000_000n

/** Which code is meant: the first link's is 1, and each resend has a new one. */
export type CodeOf = { readonly tenantId: string; readonly verificationId: string; readonly ordinal: number }

/**
 * The six digits that the agent reads out (B6). Derived by HMAC whenever a screen or a comparison needs them, so they
 * are stored nowhere (C2). Uniform: 64 bits are reduced to a million, an imbalance below 10⁻¹³.
 */
export function matchCode(ring: KeyRing, { tenantId, verificationId, ordinal }: CodeOf): string {
  const digest = createHmac('sha256', deriveKey(ring.matchCode, 'match-code', tenantId))
    .update(lengthPrefixed(verificationId, String(ordinal)))
    .digest()
  return String(digest.readBigUInt64BE(0) % codes).padStart(6, '0')
}

/** Compares two codes without telling by time where they differ (C16). */
export const sameCode = (one: string, other: string): boolean =>
  timingSafeEqual(tokenHash(one), tokenHash(other))
