import type { KeyRing } from '#platform/crypto/keys.ts'
import { sameCode } from '#platform/crypto/match-code.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'

/** The two digits confirm one of these. */
export type DigitsFor = 'decline' | 'report' | 'message'

/**
 * The two digits that a page shows and the participant types back to confirm a "No": a scanner that presses every button
 * does not type them (C6). Derived from the case, stored nowhere, no secret.
 */
export const digitsOf = (keys: KeyRing, tenantId: string, use: DigitsFor, id: string): string => {
  const pseudonym = pseudonymOf(keys, tenantId, `digits/${use}`, id)
  return String(Number.parseInt(pseudonym.slice(0, 8), 16) % 100).padStart(2, '0')
}

/** True if the typed digits are those shown. */
export const areDigits = (
  keys: KeyRing,
  tenantId: string,
  use: DigitsFor,
  id: string,
  typed: string,
): boolean => sameCode(digitsOf(keys, tenantId, use, id), typed)
