import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealedText, SealBroken, type Place } from '#platform/crypto/sealing.ts'

/**
 * Where the sealed value of a contact lives: in its row, and with its person. A row that was given to another person by hand
 * does not open, so that nobody gets a link of theirs at a number of somebody else (E1, T11).
 */
export const contactPlace = (
  tenantId: string,
  contact: { readonly id: string; readonly personId: string },
): Place => ({
  tenantId,
  table: 'contacts',
  column: 'value_sealed',
  row: `${contact.personId}/${contact.id}`,
})

/** The value of a contact; null where it does not open: it was changed, or moved, or its key is gone. */
export const openContactValue = (
  keys: KeyRing,
  tenantId: string,
  contact: { readonly id: string; readonly personId: string },
  sealed: Uint8Array,
): string | null => {
  try {
    return openSealedText(keys, contactPlace(tenantId, contact), sealed)
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
