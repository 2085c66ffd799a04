/** Contacts as a directory's sync writes them: what is on file already is left alone, so that its age stays true (B19). */
import { randomUUID } from 'node:crypto'
import { maskContact } from '#domain/contact.ts'
import { contactPlace } from './contacts.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { seal, valueIndex } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** One contact in its stored form: E.164, or one plain address. */
export type SyncedContact = {
  readonly personId: string
  readonly kind: 'phone' | 'email'
  readonly label: 'work' | 'mobile' | 'private' | 'home'
  readonly value: string
  /** No change of it was later. ISO 8601; null: now. */
  readonly changedBy: string | null
}

type OnFile = {
  readonly id: string
  readonly personId: string
  readonly kind: string
  readonly label: string
  readonly index: Buffer
}

const keyOf = (personId: string, kind: string, label: string, index: Buffer): string =>
  [personId, kind, label, index.toString('base64')].join(' ')

/**
 * Adds what is new of these people's contacts, and gives by person which of this source are in the list no more;
 * `removeContacts` takes them off.
 */
export const keepContacts = async (
  tx: Tx,
  keys: KeyRing,
  source: string,
  personIds: readonly string[],
  contacts: readonly SyncedContact[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  // Not prepared: see planAnew in synced-people.ts.
  const rows = await tx.query<OnFile>(
    `select id, person_id as "personId", kind, label, value_index as index from contacts
     where tenant_id = $1 and person_id = any ($2::uuid[]) and source = $3 and removed_at is null`,
    [tx.tenantId, personIds, source],
  )
  const onFile = new Map(rows.map((row) => [keyOf(row.personId, row.kind, row.label, row.index), row]))
  const fresh: object[] = []
  const listed = new Set<string>()
  for (const contact of contacts) {
    const index = valueIndex(keys, tx.tenantId, contact.kind, contact.value)
    const key = keyOf(contact.personId, contact.kind, contact.label, index)
    if (listed.has(key)) continue
    listed.add(key)
    if (!onFile.delete(key)) fresh.push(rowOf(tx, keys, contact, index))
  }
  if (fresh.length > 0) await insert(tx, source, fresh)
  const lost = new Map<string, string[]>()
  for (const { id, personId } of onFile.values()) lost.set(personId, [...(lost.get(personId) ?? []), id])
  return lost
}

/** The number of contacts of a source that are on file. */
export const countContacts = async (tx: Tx, source: string): Promise<number> => {
  const row = await tx.one<{ count: number }>(
    `select count(*)::integer as count from contacts where tenant_id = $1 and source = $2 and removed_at is null`,
    [tx.tenantId, source],
  )
  return row?.count ?? 0
}

/** Takes contacts off the file. */
export const removeContacts = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.run(
    'update contacts set removed_at = now() where tenant_id = $1 and id = any ($2::uuid[]) and removed_at is null',
    [tx.tenantId, ids],
  )
}

const rowOf = (tx: Tx, keys: KeyRing, contact: SyncedContact, index: Buffer): object => {
  const id = randomUUID()
  const place = contactPlace(tx.tenantId, { id, personId: contact.personId })
  return {
    id,
    person_id: contact.personId,
    kind: contact.kind,
    label: contact.label,
    sealed: seal(keys, place, contact.value).toString('hex'),
    index: index.toString('hex'),
    masked: maskContact(contact.kind, contact.value),
    changed: contact.changedBy,
  }
}

const insert = (tx: Tx, source: string, rows: readonly object[]): Promise<number> =>
  tx.run(
    `insert into contacts (tenant_id, id, person_id, kind, label, value_sealed, value_index, masked, source,
       first_seen_at, last_changed_at, changed_by)
     select $1, n.id, n.person_id, n.kind, n.label, decode(n.sealed, 'hex'), decode(n.index, 'hex'), n.masked, $3,
       now(), least(coalesce(n.changed, now()), now()), 'directory'
     from jsonb_to_recordset($2::jsonb) as n (id uuid, person_id uuid, kind text, label text, sealed text, index text,
       masked text, changed timestamptz)`,
    [tx.tenantId, JSON.stringify(rows), source],
  )
