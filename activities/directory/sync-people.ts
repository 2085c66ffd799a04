/** Reads people of a directory into our tables, page by page: who is new, changed, renamed and gone, by immutable id. */
import { parseEmail } from '#domain/contact.ts'
import type { Db } from '#platform/server/db/connect.ts'
import { endSync, failSync, readSyncState } from '#platform/server/db/directory-syncs.ts'
import { keepContacts, type SyncedContact } from '#platform/server/db/synced-contacts.ts'
import {
  freeLogins,
  markGone,
  noteRefreshed,
  planAnew,
  readKnownIds,
  resolveManagers,
  upsertPeople,
} from '#platform/server/db/synced-people.ts'
import { readDefaultRegion } from '#platform/server/db/tenants-read.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { readPhone } from '#platform/server/phone.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectoryPerson, DirectoryReading, SyncPart } from './port.ts'
import { syncedRowOf } from './synced-row.ts'

/** What a sync needs. */
export type SyncDeps = { readonly db: Db; readonly keys: KeyRing }

/** What a sync came to. `skipped`: logins that a person of another directory has · `refused`: values that are no contact. */
export type SyncReport = {
  readonly read: number
  readonly gone: number
  readonly skipped: number
  readonly refused: number
  readonly readEverybody: boolean
}

/** So often everybody is read anew, whatever the directory says has changed. */
const wholeHours = 24

/**
 * One sync of one directory: what changed since the last one, or everybody. Null: the directory cannot be synced.
 * @throws DirectoryError after noting it; what was read until then stays
 */
export const syncPeople = async (
  deps: SyncDeps,
  tenantId: string,
  name: string,
  directory: DirectoryReading,
  signal?: AbortSignal,
): Promise<SyncReport | null> => {
  const state = await inTenant(deps.db, tenantId, (tx) => readSyncState(tx, name, wholeHours))
  const since = state.isWholeDue ? null : state.cursor
  const parts = directory.sync({ since, ...(signal === undefined ? {} : { signal }) })
  if (parts === 'not_offered') return null
  const run = await createRun(deps, tenantId, name, since === null)
  try {
    for await (const part of parts) await run.take(part)
    return { ...run.report(), readEverybody: since === null }
  } catch (error) {
    const problem = error instanceof DirectoryError ? error.problem : 'unknown'
    await inTenant(deps.db, tenantId, (tx) => failSync(tx, name, problem, problem === 'cursor_over'))
    throw error
  }
}

/** Takes the parts of one sync. Beside a page it holds the immutable ids of those who were not seen yet. */
const createRun = async ({ db, keys }: SyncDeps, tenantId: string, name: string, readEverybody: boolean) => {
  const [unseen, region] = await inTenant(db, tenantId, async (tx) => [
    new Set(await readKnownIds(tx, name)),
    await readDefaultRegion(tx),
  ])
  const count = { read: 0, gone: 0, skipped: 0, refused: 0 }
  const takePeople = async (people: readonly DirectoryPerson[]): Promise<void> => {
    count.read += people.length
    for (const { directoryId } of people) unseen.delete(directoryId)
    await inTenant(db, tenantId, async (tx) => {
      await planAnew(tx)
      const rows = people.map(syncedRowOf)
      const taken = await freeLogins(tx, name, rows)
      const written = rows.filter(({ login }) => !taken.has(login))
      count.skipped += rows.length - written.length
      const stored = await upsertPeople(tx, name, written)
      const ids = new Map(stored.map(({ id, directoryId }) => [directoryId, id]))
      const contacts = people.flatMap((person) => contactsOf(person, ids.get(person.directoryId), region))
      const good = contacts.filter((contact) => contact !== null)
      count.refused += contacts.length - good.length
      await keepContacts(tx, keys, name, [...ids.values()], good)
    })
  }
  const takeGone = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) unseen.delete(id)
    if (ids.length > 0) count.gone += await inTenant(db, tenantId, (tx) => markGone(tx, name, ids))
  }
  const takeEnd = async (end: Extract<SyncPart, { kind: 'end' }>): Promise<void> => {
    if (end.isWhole) await takeGone([...unseen])
    await inTenant(db, tenantId, async (tx) => {
      await resolveManagers(tx, name)
      if (end.isWhole) await noteRefreshed(tx, name)
      await endSync(tx, name, { cursor: end.cursor, readEverybody })
    })
  }
  return {
    take: async (part: SyncPart): Promise<void> => {
      if (part.kind === 'people') await takePeople(part.people)
      if (part.kind === 'gone') await takeGone(part.ids)
      if (part.kind === 'present') for (const id of part.ids) unseen.delete(id)
      if (part.kind === 'end') await takeEnd(part)
    },
    report: () => count,
  }
}

/** What of a person's contacts can be stored; null stands for one that cannot: no closest match (security.md B17, C13). */
const contactsOf = (
  { contacts, workEmail, changedAt }: DirectoryPerson,
  personId: string | undefined,
  region: string,
): (SyncedContact | null)[] => {
  if (personId === undefined) return []
  const work =
    workEmail === null ? [] : [{ kind: 'email' as const, label: 'work' as const, value: workEmail }]
  return [...work, ...contacts].map(({ kind, label, value }) => {
    const stored = kind === 'phone' ? (readPhone(value, region)?.e164 ?? null) : emailOf(value)
    return stored === null ? null : { personId, kind, label, value: stored, changedBy: changedAt }
  })
}

const emailOf = (value: string): string | null => {
  const parsed = parseEmail(value)
  return parsed.ok ? parsed.value : null
}
