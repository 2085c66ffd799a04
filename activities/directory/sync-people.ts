/** Reads people of a directory into our tables, page by page: who is new, changed, renamed and gone, by immutable id. */
import type { Db } from '#platform/database/connect.ts'
import { failSync, readSyncState, type SyncState } from '#services/people/directory-syncs.ts'
import { keepTiers, readKnownIds } from '#services/people/synced-people.ts'
import { countContacts } from '#services/people/synced-contacts.ts'
import { readDefaultRegion } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectoryPerson, DirectoryReading, SyncPart } from './port.ts'
import { storePeople } from './store-people.ts'
import { settleSync } from './sync-end.ts'

/** The dependencies of a sync. */
export type SyncDeps = { readonly db: Db; readonly keys: KeyRing }

/**
 * The report of a sync. `skipped`: logins that a person of another directory has · `refused`: values that are no
 * contact · `isHeld`: too much was gone at once, and nothing was taken away (sync-end.ts)
 */
export type SyncReport = {
  readonly read: number
  readonly gone: number
  readonly skipped: number
  readonly refused: number
  readonly readEverybody: boolean
  readonly isHeld: boolean
}

/**
 * So often everybody is read anew, whatever the directory says has changed; so often it is asked who is privileged, since a
 * new member changes the group and not the person; and so long a reading rests that was stopped.
 */
const times = { wholeHours: 24, tierMinutes: 10, heldMinutes: 5 } as const

/**
 * One sync of one directory: what changed since the last one, or everybody. Null: the directory cannot be synced, or rests.
 * @throws DirectoryError after noting it; what was read until then stays
 */
export const syncPeople = async (
  deps: SyncDeps,
  tenantId: string,
  name: string,
  directory: DirectoryReading,
  signal?: AbortSignal,
): Promise<SyncReport | null> => {
  const state = await inTenant(deps.db, tenantId, (tx) => readSyncState(tx, name, times))
  if (state.isHeld) return null
  const since = state.isWholeDue ? null : state.cursor
  const parts = directory.sync({ since, ...(signal === undefined ? {} : { signal }) })
  if (parts === 'not_offered') return null
  try {
    return await readParts(deps, tenantId, name, { state, parts, directory, signal })
  } catch (error) {
    const problem = error instanceof DirectoryError ? error.problem : 'unknown'
    await inTenant(deps.db, tenantId, (tx) => failSync(tx, name, problem, problem === 'cursor_over'))
    throw error
  }
}

type Reading = {
  readonly state: SyncState
  readonly parts: AsyncIterable<SyncPart>
  readonly directory: DirectoryReading
  readonly signal: AbortSignal | undefined
}

const readParts = async (
  deps: SyncDeps,
  tenantId: string,
  name: string,
  { state, parts, directory, signal }: Reading,
): Promise<SyncReport> => {
  const run = await createRun(deps, tenantId, name, state)
  for await (const part of parts) await run.take(part)
  const report = run.report()
  if (!report.isHeld && (state.areTiersDue || report.readEverybody))
    await readTiers(deps, tenantId, name, directory, signal)
  return report
}

/** Stores who is privileged. People are read already, so a failure here is noted and keeps none of them. */
const readTiers = async (
  { db }: SyncDeps,
  tenantId: string,
  name: string,
  directory: DirectoryReading,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const privileged = await directory.listPrivileged(signal)
  if (privileged !== 'not_offered') await inTenant(db, tenantId, (tx) => keepTiers(tx, name, privileged))
}

/** Takes the parts of one sync. Beside a page it holds ids only: of who was not seen yet, and of contacts that are no more. */
const createRun = async (
  { db, keys }: SyncDeps,
  tenantId: string,
  name: string,
  { accepted, cursor: since, isWholeDue }: SyncState,
) => {
  const [unseen, contactsBefore, region] = await inTenant(db, tenantId, async (tx) => [
    new Set(await readKnownIds(tx, name)),
    await countContacts(tx, name),
    await readDefaultRegion(tx),
  ])
  const readEverybody = isWholeDue || since === null
  const known = { people: unseen.size, contacts: contactsBefore }
  const named = new Set<string>()
  // By person: who is read twice in one run has lost what the second reading says.
  const lost = new Map<string, readonly string[]>()
  const count = { read: 0, gone: 0, skipped: 0, refused: 0, readEverybody, isHeld: false }
  const isThere = (id: string): void => {
    unseen.delete(id)
    named.delete(id)
  }
  const takePeople = async (people: readonly DirectoryPerson[]): Promise<void> => {
    count.read += people.length
    for (const { directoryId } of people) isThere(directoryId)
    const stored = await inTenant(db, tenantId, (tx) => storePeople(tx, { keys, name, region }, people))
    count.skipped += stored.skipped
    count.refused += stored.refused
    for (const [id, gone] of stored.lost) lost.set(id, gone)
  }
  const takeGone = (ids: readonly string[]): void => {
    // An id that we never had is not missed.
    for (const id of ids) if (unseen.delete(id)) named.add(id)
  }
  const takeEnd = async ({ cursor, isWhole }: Extract<SyncPart, { kind: 'end' }>): Promise<void> => {
    const gone = isWhole ? [...named, ...unseen] : [...named]
    const found = { gone, lost: [...lost.values()].flat(), known, accepted, cursor, isWhole, readEverybody }
    const settled = await inTenant(db, tenantId, (tx) => settleSync(tx, name, found))
    count.gone = settled ?? 0
    count.isHeld = settled === null
  }
  return {
    take: async (part: SyncPart): Promise<void> => {
      if (part.kind === 'people') await takePeople(part.people)
      if (part.kind === 'gone') takeGone(part.ids)
      if (part.kind === 'present') part.ids.forEach(isThere)
      if (part.kind === 'end') await takeEnd(part)
    },
    report: (): SyncReport => count,
  }
}
