import type { Place } from './sealing.ts'

/**
 * Where the sealed value of a contact lives: in its row, and with its person. A row that was given to another person by hand
 * does not open, so that nobody gets a link of theirs at a number of somebody else (security.md E1, T11).
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
