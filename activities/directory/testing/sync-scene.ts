/** Tests of a sync need a tenant, people of a directory, and a look at their rows in our tables. */
import { randomUUID } from 'node:crypto'
import { acceptDrop } from '#services/people/directory-syncs.ts'
import { readContacts } from '#services/people/contacts.ts'
import { makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import type { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { completeDirectory } from '../complete.ts'
import { DirectoryError } from '../directory-error.ts'
import type { Directory, DirectoryPerson, SyncOptions, SyncPart } from '../port.ts'
import { syncPeople } from '../sync-people.ts'

type OpenDatabase = ReturnType<typeof useDatabase>
const keys = testKeys()

export const yearAgo = '2025-11-01T00:00:00.000Z'

/** A person of the directory, with a work address and a number. */
export const person = (login: string, change: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  directoryId: randomUUID(),
  handle: `uid=${login},dc=x`,
  login,
  displayName: `Name of ${login}`,
  givenName: 'Name',
  familyName: login,
  workEmail: `${login}@corp.example`,
  title: null,
  department: 'Platform',
  office: null,
  country: 'GB',
  language: 'en',
  managerHandle: null,
  contacts: [{ kind: 'phone', label: 'mobile', value: '+447911123456' }],
  state: 'active',
  passwordChangedAt: yearAgo,
  changedAt: yearAgo,
  ...change,
})

/** A directory that gives these parts and keeps the options it was asked with. */
export const saying = (
  parts: readonly SyncPart[],
  asked: SyncOptions[] = [],
  more: Partial<Pick<Directory, 'listPrivileged'>> = {},
): Directory =>
  completeDirectory({
    ...more,
    canForceChange: false,
    find: () => Promise.resolve(null),
    setPassword: () => Promise.resolve({ kind: 'not_written' }),
    readBack: () => Promise.resolve({ kind: 'unknown', version: null }),
    sync: (options) => {
      asked.push(options)
      return (async function* () {
        yield* await Promise.resolve(parts)
      })()
    },
  })

/** Everybody at once. */
export const all = (...people: readonly DirectoryPerson[]): SyncPart[] => [
  { kind: 'people', people },
  { kind: 'end', cursor: 'c1', isWhole: true },
]

export type Row = Readonly<Record<string, unknown>>

/** A tenant of its own, and a directory called corp that gives what the test sets. */
export const openScene = async (database: OpenDatabase) => {
  const { id: tenantId } = await makeTenant(database.owner)
  const deps = { db: database.worker, keys: keys.worker }
  return {
    tenantId,
    run: (parts: readonly SyncPart[], asked: SyncOptions[] = []) =>
      syncPeople(deps, tenantId, 'corp', saying(parts, asked)),
    /** As `run`, of a directory that lists these as privileged. */
    runListing: (listed: readonly string[] | DirectoryError, parts: readonly SyncPart[]) =>
      syncPeople(
        deps,
        tenantId,
        'corp',
        saying(parts, [], {
          listPrivileged: () =>
            listed instanceof DirectoryError ? Promise.reject(listed) : Promise.resolve(listed),
        }),
      ),
    accept: () => inTenant(database.worker, tenantId, (tx) => acceptDrop(tx, 'corp')),
    /** As if so many minutes had passed since the last try and since privilege was asked. */
    age: (minutes: number) =>
      database.owner.run(
        `update directory_syncs set tried_at = tried_at - make_interval(mins => $2),
           tiers_read_at = tiers_read_at - make_interval(mins => $2) where tenant_id = $1`,
        [tenantId, minutes],
      ),
    told: () =>
      database.owner.query<Row>(
        `select (select count(*)::int from staff_notices where tenant_id = $1 and kind = 'directory_drop_held') as notices,
           (select count(*)::int from audit where tenant_id = $1 and type = 'directory.drop_held') as events`,
        [tenantId],
      ),
    rows: () =>
      database.owner.query<Row>(
        `select p.*, p.xmin::text as written, m.login as manager from people p
         left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
         where p.tenant_id = $1 order by p.login`,
        [tenantId],
      ),
    row: (directoryId: string) =>
      database.owner.one<Row>('select * from people where tenant_id = $1 and directory_id = $2', [
        tenantId,
        directoryId,
      ]),
    contacts: (personId: unknown) =>
      inTenant(database.worker, tenantId, (tx) => readContacts(tx, keys.worker, String(personId))),
    state: () => database.owner.one<Row>('select * from directory_syncs where tenant_id = $1', [tenantId]),
  }
}
