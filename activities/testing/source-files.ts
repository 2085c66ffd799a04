/** An organisation whose inventory is known, and files for it. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import { addChunk, addImport, confirmImport, endUpload, readImport } from '#services/imports/imports.ts'
import { savePolicy } from '#services/policy/policies.ts'
import { insertRow, makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import type { OpenDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { runImports } from '../sources/run-imports.ts'
import { createFakeMessenger } from './fakes.ts'
import { testWorldDeps } from './test-world-deps.ts'

const models =
  'Norda Slate 13|Norda Slate 15|Kestrel Book 14|Kestrel Book 16|Ardent Lite 13|Ardent Lite 15|Tarn Studio 14|Tarn Studio 16|Wren Compact 12|Wren Compact 14'.split(
    '|',
  )

/** Subjects of tickets, enough for two lists. */
export const subjects =
  'Printing|Wireless|Mailbox|Calendar|Screens|Headsets|Browser|Keyboard|Telephone|Scanner'.split('|')

/** So many people with a computer each, read now, and nothing else: too little for a set of questions. */
export const makeOrganisation = async (database: OpenDatabase, size: number) => {
  const tenant = await makeTenant(database.owner)
  const { version: _, ...policy } = defaultPolicy()
  await inTenant(database.ownerDb, tenant.id, (tx) => savePolicy(tx, policy, 'test'))
  const people = []
  for (let n = 0; n < size; n += 1) {
    const person = await makePerson(database.owner, tenant.id, { login: `person${String(n)}` })
    await insertRow(database.owner, 'facts', {
      tenant_id: tenant.id,
      person_id: person.id,
      family: 'device',
      source: 'inventory',
      value: JSON.stringify({
        id: `d${String(n)}`,
        kind: 'laptop',
        model: models[n % models.length],
        assetTag: `NB-${String(10_000 + n)}`,
      }),
      valid_from: new Date(),
    })
    people.push(person)
  }
  return { tenantId: tenant.id, people }
}

/** Every subject is combined with every model, or too few people would be behind both lists. */
const subjectOf = (n: number): string =>
  subjects[(n + Math.floor(n / subjects.length)) % subjects.length] ?? ''

/** A file of tickets, one for each login. */
export const ticketFile = (logins: readonly string[], opened = '2026-10-01', first = 0): string =>
  [
    'person,ticket_id,category,opened',
    ...logins.map((login, n) => `${login},T-${login},${subjectOf(n + first)},${opened}`),
  ].join('\n')

/** The way in which a file is uploaded. */
type Upload = {
  readonly kind?: ImportKind
  readonly mode?: 'replace' | 'merge'
  readonly isStrict?: boolean
  readonly format?: 'csv' | 'json'
}

/** Uploads a file as the API does, in small pieces; returns the import's id. */
const upload = async (
  database: OpenDatabase,
  keys: KeyRing,
  tenantId: string,
  content: string,
  { kind = 'tickets', mode = 'replace', isStrict = false, format = 'csv' }: Upload = {},
): Promise<string> => {
  const id = randomUUID()
  const bytes = Buffer.from(content)
  await inTenant(database.api, tenantId, async (tx) => {
    const by = { id: randomUUID(), name: 'Ada Admin' }
    await addImport(tx, { id, kind, origin: 'console', format, mode, isStrict, by })
    for (let ordinal = 0; ordinal * 65_536 < bytes.length; ordinal += 1)
      await addChunk(tx, keys, id, ordinal, bytes.subarray(ordinal * 65_536, (ordinal + 1) * 65_536))
    await endUpload(tx, id, bytes.length, Buffer.alloc(32, 7))
  })
  return id
}

/** The import as it is now. */
export const lookAt = async (database: OpenDatabase, tenantId: string, id: string) => {
  const row = await inTenant(database.api, tenantId, (tx) => readImport(tx, id))
  if (row === undefined) throw new Error('there is no such import')
  return row
}

/** Confirms it, as an admin does. */
export const confirm = (
  database: OpenDatabase,
  tenantId: string,
  id: string,
  isDropConfirmed = false,
): Promise<boolean> =>
  inTenant(database.api, tenantId, (tx) =>
    confirmImport(tx, id, { id: randomUUID(), name: 'Ada Admin' }, isDropConfirmed),
  )

/** Brings files as the API does and does the worker's part; what the tests of imports share. */
export const importing = (database: OpenDatabase, keys: { api: KeyRing; worker: KeyRing }) => {
  const deps = () => testWorldDeps(database.worker, keys.worker, createFakeMessenger())
  const work = (tenantId: string): Promise<number> => runImports(deps(), tenantId)
  const check = async (tenantId: string, content: string, how: Upload = {}) => {
    const id = await upload(database, keys.api, tenantId, content, how)
    expect(await work(tenantId)).toBe(1)
    return lookAt(database, tenantId, id)
  }
  return {
    deps,
    work,
    check,
    bring: async (tenantId: string, content: string, how: Upload = {}) => {
      const checked = await check(tenantId, content, how)
      expect([checked.state, await confirm(database, tenantId, checked.id, true)]).toEqual(['checked', true])
      expect(await work(tenantId)).toBe(1)
      return lookAt(database, tenantId, checked.id)
    },
    /** Facts of a family that are true now. */
    facts: (tenantId: string, family = 'ticket') =>
      database.owner.query<{
        id: string
        value: string
        readAt: Date
        importId: string | null
      }>(
        `select id, value, read_at as "readAt", import_id as "importId" from facts
         where tenant_id = $1 and family = $2 and valid_to is null order by value`,
        [tenantId, family],
      ),
    /** Counts the rows that are left of an import and its file. */
    rowsLeft: async (importId: string) => {
      const row = await database.owner.one<{ n: number }>(
        `select (select count(*) from import_rows where import_id = $1)
           + (select count(*) from import_chunks where import_id = $1) as n`,
        [importId],
      )
      return row?.n
    },
  }
}
