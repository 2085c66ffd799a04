/** Rows for tests, with defaults that are legal and unremarkable. Insert as the owner; every id is new. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contactPlace } from '#services/people/contacts.ts'
import { createKeyFiles } from '../../crypto/key-files.ts'
import { type KeyRing, loadKeys } from '../../crypto/keys.ts'
import { seal, valueIndex } from '../../crypto/sealing.ts'
import type { Queryable } from '../transaction.ts'

/** Column values of one row; plain objects become jsonb. */
export type Row = Readonly<Record<string, unknown>>

/** Fresh keys of both processes, which fit each other. */
export function testKeys(): { api: KeyRing; worker: KeyRing } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'))
  try {
    const files = createKeyFiles(folder)
    return { api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Inserts one row. Table and columns come from test code, never from data. */
export async function insertRow(owner: Queryable, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row)
  const places = columns.map((_, index) => `$${String(index + 1)}`)
  await owner.run(
    `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  )
}

/** An organisation. */
export async function makeTenant(owner: Queryable, row: Row = {}) {
  const id = randomUUID()
  const made = { id, slug: `t-${id.slice(0, 8)}`, name: 'Example Organisation', settings: {}, ...row }
  await insertRow(owner, 'tenants', made)
  return made
}

/** A person with an active account in the built-in directory. */
export async function makePerson(owner: Queryable, tenantId: string, row: Row = {}) {
  const id = randomUUID()
  const login = `p${id.slice(0, 8)}`
  const made = {
    tenant_id: tenantId,
    id,
    directory: 'builtin',
    directory_id: `uid-${id}`,
    login,
    work_email: `${login}@corp.example`,
    display_name: 'Paula Example',
    given_name: 'Paula',
    family_name: 'Example',
    title: 'Engineer',
    department: 'Research',
    country: 'GB',
    ...row,
  }
  await insertRow(owner, 'people', made)
  return made
}

/** A contact on file, old enough to be used. */
export async function makeContact(
  owner: Queryable,
  keys: KeyRing,
  person: { readonly tenant_id: string; readonly id: string },
  value = '+447700900123',
  row: Row = {},
) {
  const id = randomUUID()
  const kind = value.includes('@') ? ('email' as const) : ('phone' as const)
  const place = contactPlace(person.tenant_id, { id, personId: person.id })
  const made = {
    tenant_id: person.tenant_id,
    id,
    person_id: person.id,
    kind,
    label: kind === 'phone' ? 'mobile' : 'private',
    value_sealed: seal(keys, place, value),
    value_index: valueIndex(keys, person.tenant_id, kind, value),
    masked: `••• ${value.slice(-2)}`,
    line_type: kind === 'phone' ? 'mobile' : null,
    source: 'directory',
    first_seen_at: new Date('2024-01-01T00:00:00Z'),
    last_changed_at: new Date('2024-01-01T00:00:00Z'),
    ...row,
  }
  await insertRow(owner, 'contacts', made)
  return made
}

/**
 * A member of staff; an agent unless said otherwise. Each is another person, whose entry is in no directory of the test; with
 * a `subject` the directory says who it is.
 */
export async function makeStaff(owner: Queryable, tenantId: string, row: Row = {}) {
  const id = randomUUID()
  const made = {
    tenant_id: tenantId,
    id,
    issuer: 'https://sign-in.example.org',
    subject: id,
    email: `${id.slice(0, 8)}@desk.example.org`,
    display_name: 'Alex Agent',
    role: 'agent',
    person_id: 'subject' in row ? null : randomUUID(),
    ...row,
  }
  await insertRow(owner, 'staff', made)
  return made
}

/** A verification of `password_reset` whose link was sent a moment ago. */
export async function makeVerification(
  owner: Queryable,
  contact: { readonly tenant_id: string; readonly person_id: string; readonly id: string },
  row: Row = {},
) {
  const now = new Date()
  const made = {
    tenant_id: contact.tenant_id,
    id: randomUUID(),
    created_at: now,
    purpose: 'password_reset',
    tier: 'standard',
    policy_version: 1,
    person_id: contact.person_id,
    state: 'link_sent',
    referrer_kind: 'agent',
    referrer_id: randomUUID(),
    referrer_name: 'Alex Agent',
    channel: 'sms',
    contact_id: contact.id,
    contact_masked: '••• 23',
    link_ordinal: 1,
    sent_at: now,
    expires_at: new Date(now.getTime() + 3_600_000),
    run_id: randomUUID(),
    run_started_at: now,
    seq: 1,
    occurred_at: now,
    ...row,
  }
  await insertRow(owner, 'verifications', made)
  return made
}
