/** Contacts on file: where a value is sealed, and how it is read again at the moment of use (C12). */
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealedText, SealBroken, type Place } from '#platform/crypto/sealing.ts'
import { toldApart } from '#domain/contact.ts'
import { strictestLine } from '#domain/risk/contact-rules.ts'
import type { LineType } from '#domain/risk/facts.ts'
import { factsOfNumber } from '#platform/facts/phone.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { noteUnreadable } from './unreadable-contacts.ts'
import { Contact } from './models.ts'

/**
 * The place that the sealed value of a contact is bound to: its row, and its person. A row that was given to another person
 * by hand does not open, so that a link for one person never goes to another person's number (E1, T11).
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

/** A contact on file, its value open. Never logged, never in a payload. */
export type OpenContact = {
  readonly id: string
  readonly personId: string
  readonly kind: 'phone' | 'email'
  readonly label: string
  readonly value: string
  readonly valueIndex: Buffer
  readonly masked: string
  /** By the source and the numbering plan; null: neither knows, or an e-mail address (B18). */
  readonly lineType: LineType | null
  /** ISO 3166 country of a number; null for an e-mail address and for a number of no country (B17, H3). */
  readonly country: string | null
  /** Which system says so. */
  readonly source: string
  readonly changedBy: 'participant' | 'help_desk' | 'directory' | 'hr' | null
  readonly firstSeenAt: Date
  readonly lastChangedAt: Date
}

/** One whose value does not open: staff see that it is on file, and nothing goes there (E1). */
export type UnreadableContact = Omit<OpenContact, 'value'> & { readonly value: null }

/** A contact on file, readable or not. */
export type ContactOnFile = OpenContact | UnreadableContact

/** True if something may go there at all. */
const isReadable = (contact: ContactOnFile): contact is OpenContact => contact.value !== null

type Row = Omit<OpenContact, 'value' | 'lineType' | 'country'> & {
  readonly sealed: Buffer
  readonly lineType: string | null
}

/** The column's words in those of the checks. */
const lineTypes: Readonly<Record<string, LineType>> = {
  mobile: 'mobile',
  fixed: 'fixed_line',
  fixed_or_mobile: 'fixed_line_or_mobile',
  voip: 'voip',
  toll_free: 'toll_free',
  premium: 'premium_rate',
  shared_cost: 'shared_cost',
}

const columns = `id, person_id as "personId", kind, label, value_sealed as sealed, value_index as "valueIndex", masked,
  line_type as "lineType", source, changed_by as "changedBy", first_seen_at as "firstSeenAt", last_changed_at as "lastChangedAt"`

const opened = (tx: Tx, keys: KeyRing, { sealed, ...row }: Row): ContactOnFile => {
  const value = openContactValue(keys, tx.tenantId, row, sealed)
  if (value === null) return { ...row, value, lineType: null, country: null }
  const plan = row.kind === 'phone' ? factsOfNumber(value) : { country: null, lineType: null }
  const lineType = strictestLine(lineTypes[row.lineType ?? ''] ?? null, plan.lineType)
  return { ...row, value, lineType, country: plan.country }
}

/** Opens contacts, and notes those that do not open. */
const openAll = async (tx: Tx, keys: KeyRing, rows: readonly Row[]): Promise<ContactOnFile[]> => {
  const contacts = rows.map((row) => opened(tx, keys, row))
  await noteUnreadable(
    tx,
    contacts.filter(({ value }) => value === null),
  )
  return contacts
}

/** One contact that is still on file, whether it opens or not. */
export const readContactOnFile = async (
  tx: Tx,
  keys: KeyRing,
  id: string,
): Promise<ContactOnFile | undefined> => {
  const rows = await tx.query<Row>(
    `select ${columns} from contacts where tenant_id = $1 and id = $2 and removed_at is null`,
    [tx.tenantId, id],
    'read_contact',
  )
  return (await openAll(tx, keys, rows)).at(0)
}

/** One contact that is still on file and opens, or undefined. */
export const readContact = async (tx: Tx, keys: KeyRing, id: string): Promise<OpenContact | undefined> => {
  const contact = await readContactOnFile(tx, keys, id)
  return contact !== undefined && isReadable(contact) ? contact : undefined
}

/** All contacts of a person that are on file, with masks that keep readable ones apart. */
export const readContactsOnFile = async (
  tx: Tx,
  keys: KeyRing,
  personId: string,
): Promise<ContactOnFile[]> => {
  const rows = await tx.query<Row>(
    `select ${columns} from contacts where tenant_id = $1 and person_id = $2 and removed_at is null order by id`,
    [tx.tenantId, personId],
    'read_contacts',
  )
  return toldApart(await openAll(tx, keys, rows))
}

/** Contacts of a person to which something may go: those on file that open. */
export const readContacts = async (tx: Tx, keys: KeyRing, personId: string): Promise<OpenContact[]> =>
  (await readContactsOnFile(tx, keys, personId)).filter(isReadable)

/** Contacts on file of several people at once; a bounded list, since each value is opened. */
export const readContactsOf = async (
  tx: Tx,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<OpenContact[]> => {
  const rows = await tx.named<Row>(
    'contacts_of_people',
    `select ${columns} from contacts where tenant_id = $1 and person_id = any ($2::uuid[]) and removed_at is null`,
    [tx.tenantId, personIds],
  )
  return (await openAll(tx, keys, rows)).filter(isReadable)
}

/** Opens the next contacts on file by id, so that those that do not open are noted; gives the last one, null at the end. */
export const checkContacts = async (
  tx: Tx,
  keys: KeyRing,
  after: string | null,
  limit: number,
): Promise<string | null> => {
  const rows = await tx.query<Row>(
    `select ${columns} from contacts where tenant_id = $1 and removed_at is null and ($2::uuid is null or id > $2)
     order by id limit $3`,
    [tx.tenantId, after, limit],
  )
  await openAll(tx, keys, rows)
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null)
}

/** A contact on file as it is stored: cards show it masked. */
export type StoredContact = Readonly<Pick<Contact, (typeof contactColumns)[number]>>

const contactColumns = [
  ...(['id', 'kind', 'label', 'masked', 'lineType', 'source'] as const),
  ...(['firstSeenAt', 'lastChangedAt', 'valueSealed'] as const),
]

/** Contacts on file, oldest first. */
export const readStoredContacts = async (tx: Tx, personId: string): Promise<StoredContact[]> =>
  Contact.of(tx)
    .where({ personId, removedAt: null })
    .orderBy('kind', 'desc')
    .orderBy(['label', 'firstSeenAt', 'id'])
    .select(contactColumns)
