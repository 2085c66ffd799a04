/** Finds people whom our rows do not have yet: asks the directories of a tenant for the same words, side by side. */
import { searchLimits } from '#domain/person.ts'
import { searchableDirectories } from '#services/people/directory-syncs.ts'
import { raiseTier, noteRead, resolveManagersAround, whoIsNew } from '#services/people/synced-people.ts'
import { readDefaultRegion } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type {
  DirectorySearchAnswer,
  SearchDirectoriesInput,
} from '#workflows/directory-search/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectoryPerson, GuardedDirectory } from './port.ts'
import { storePeople } from './store-people.ts'

/** The longest time that a caller on the phone waits for it, as for a refresh. */
const deadlineMs = 3_000

type Deps = Pick<ActivityDeps, 'db' | 'keys' | 'openDirectory' | 'log'>

/** One directory of one tenant, as long as there is time. */
type Asked = { readonly tenantId: string; readonly name: string; readonly signal: AbortSignal }

/**
 * A person that the directory found. `isPrivileged`: for a person who is new to us, what the directory says; null where our
 * row knows.
 */
type Found = {
  readonly name: string
  readonly person: DirectoryPerson
  readonly isPrivileged: boolean | null
}

/**
 * Asks all of them, stores the people found as a sync does, and returns their rows. One silent directory keeps no other
 * waiting.
 */
export const createSearchDirectories =
  (deps: Deps) =>
  async ({ search }: SearchDirectoriesInput): Promise<DirectorySearchAnswer> => {
    const { tenantId } = search
    const words = wordsOf(deps, search)
    const names = await inTenant(deps.db, tenantId, searchableDirectories)
    const signal = AbortSignal.timeout(deadlineMs)
    const said = await Promise.all(names.map((name) => ask(deps, { tenantId, name, signal }, words)))
    const found = inTurn(said.map((people) => people ?? []))
    const personIds = await storeAll(deps, tenantId, found.slice(0, searchLimits.mostRows))
    return {
      personIds,
      more: found.length > searchLimits.mostRows,
      silent: names.filter((_, index) => said[index] === null),
    }
  }

const wordsOf = (
  { keys }: Deps,
  { tenantId, searchId, sealedWords }: SearchDirectoriesInput['search'],
): string => {
  const place = { tenantId, verificationId: searchId, kind: 'directory_search', row: searchId } as const
  return openForWorker(keys, place, Buffer.from(sealedWords, 'base64')).toString('utf8')
}

/** Asks one directory; null where it does not answer in time. */
const ask = async (deps: Deps, asked: Asked, words: string): Promise<readonly Found[] | null> => {
  const { tenantId, name, signal } = asked
  try {
    const directory = deps.openDirectory(tenantId, name)
    // One more than is shown tells whether there are more.
    const found = await within(signal, directory.search(words, searchLimits.mostRows + 1, signal))
    if (found === 'not_offered') return []
    return await withPrivilege(deps, asked, directory, found)
  } catch (error) {
    deps.log.warn('a directory could not be searched', { tenantId, directory: name, error })
    return null
  }
}

/** A person who is new to us begins with the tier that the directory says now; no answer counts as privileged (D2). */
const withPrivilege = async (
  { db }: Deps,
  { tenantId, name, signal }: Asked,
  directory: GuardedDirectory,
  people: readonly DirectoryPerson[],
): Promise<readonly Found[]> => {
  const ids = people.map(({ directoryId }) => directoryId)
  const fresh = new Set(await inTenant(db, tenantId, (tx) => whoIsNew(tx, name, ids)))
  const found: Found[] = []
  for (const person of people) {
    const isPrivileged = fresh.has(person.directoryId)
      ? await privilegeIn(signal, directory, person.directoryId)
      : null
    found.push({ name, person, isPrivileged })
  }
  return found
}

const privilegeIn = async (
  signal: AbortSignal,
  directory: GuardedDirectory,
  directoryId: string,
): Promise<boolean> => {
  if (signal.aborted) return true
  try {
    const { kind } = await within(signal, directory.privilegeOf(directoryId))
    return kind === 'privileged' || kind === 'unknown'
  } catch {
    return true
  }
}

/** An adapter that overlooks its signal is left behind. @throws DirectoryError */
const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const over = (): void => {
      reject(new DirectoryError('unreachable'))
    }
    if (signal.aborted) over()
    signal.addEventListener('abort', over, { once: true })
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', over)
    })
  })

/** The best of each directory, then the second of each, so that none crowds out another. */
const inTurn = <T>(lists: readonly (readonly T[])[]): readonly T[] => {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  ).flat()
}

const storeAll = async (
  deps: Deps,
  tenantId: string,
  found: readonly Found[],
): Promise<readonly string[]> => {
  const ids: string[] = []
  for (const one of found) ids.push(...(await store(deps, tenantId, one)))
  return ids
}

/** One person a transaction, as a refresh does, so that it never waits crosswise with a sync. None where it cannot be stored. */
const store = (
  { db, keys }: Deps,
  tenantId: string,
  { name, person, isPrivileged }: Found,
): Promise<readonly string[]> =>
  inTenant(db, tenantId, async (tx) => {
    const place = { keys, name, region: await readDefaultRegion(tx), contactsFromNow: true } as const
    const ids = [...(await storePeople(tx, place, [person])).lost.keys()]
    for (const id of ids) {
      await noteRead(tx, id)
      if (isPrivileged === true) await raiseTier(tx, id)
    }
    await resolveManagersAround(tx, name, ids)
    return ids
  })
