/** Reads one person as their directory has them now, before anything is sent to them. */
import { noteRead } from '#services/people/synced-people.ts'
import { readDefaultRegion } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Person } from '#services/people/people.ts'
import type { ActivityDeps } from '../ports.ts'
import { storePeople } from './store-people.ts'

/** The longest time that a caller on the phone waits for it. */
const deadlineMs = 3_000

/**
 * The result of a refresh. `read`: what is stored is as it is now · `late`: the directory did not answer in time, and
 * what is stored is of its last reading · null: there is nothing to ask. `isGone`: the directory has nobody of this id.
 * `lost`: rows of contacts that it has no more. Neither is taken away here: a sync does that, which tells one person
 * from an outage (sync-end.ts).
 */
export type Refreshed = {
  readonly person: 'read' | 'late' | null
  readonly isGone: boolean
  readonly lost: readonly string[]
}

const nothing = { isGone: false, lost: [] } as const

/**
 * Asks the person's directory under a deadline, and stores what is new. Never throws: without an answer the case continues
 * (R12).
 */
export const refreshPerson = async (
  deps: Pick<ActivityDeps, 'db' | 'keys' | 'openDirectory' | 'log'>,
  tenantId: string,
  { id, directory: name, directoryId }: Pick<Person, 'id' | 'directory' | 'directoryId'>,
): Promise<Refreshed> => {
  // Its people are our own rows.
  if (name === 'builtin') return { person: null, ...nothing }
  try {
    const directory = deps.openDirectory(tenantId, name)
    const found = await directory.refresh(directoryId, AbortSignal.timeout(deadlineMs))
    if (found === 'not_offered') return { person: null, ...nothing }
    if (found === null) return { person: 'read', isGone: true, lost: [] }
    const lost = await inTenant(deps.db, tenantId, async (tx) => {
      const place = { keys: deps.keys, name, region: await readDefaultRegion(tx) }
      const stored = await storePeople(tx, place, [found])
      await noteRead(tx, id)
      return stored.lost.get(id) ?? []
    })
    return { person: 'read', isGone: false, lost }
  } catch (error) {
    deps.log.warn('a person could not be read anew', { tenantId, directory: name, error })
    return { person: 'late', ...nothing }
  }
}
