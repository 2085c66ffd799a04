/** Reads every named directory again and again, each in its turn; one that gives no answer keeps no other waiting (R17). */
import type { NamedDirectory } from '../directory/configuration.ts'
import { keepOffers, listSyncs } from '#services/people/directory-syncs.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readSignIns } from '../directory/read-sign-ins.ts'
import { syncPeople, type SyncReport } from '../directory/sync-people.ts'
import type { ActivityDeps } from '../ports.ts'

/** The dependencies of the sync; `directories` are those of the operator's file. */
export type SyncDirectoriesDeps = Pick<ActivityDeps, 'db' | 'keys' | 'openDirectory' | 'log'> & {
  readonly directories: readonly NamedDirectory[]
}

/** One sync of each directory; gives how many were read. */
export const syncDirectories = async (deps: SyncDirectoriesDeps, signal?: AbortSignal): Promise<number> => {
  let read = 0
  for (const { tenantId, options } of deps.directories) {
    signal?.throwIfAborted()
    try {
      const directory = deps.openDirectory(tenantId, options.name)
      const report = await syncPeople(deps, tenantId, options.name, directory, signal)
      if (report === null) continue
      logReport(deps.log, { tenantId, directory: options.name }, report)
      read += 1
    } catch (error) {
      deps.log.warn('a directory could not be read', { tenantId, directory: options.name, error })
    }
  }
  return read
}

/** Reads the log of sign-ins of each directory that lets us; gives how many were read. */
export const readSignInLogs = async (
  deps: SyncDirectoriesDeps & Pick<ActivityDeps, 'factTools'>,
  signal?: AbortSignal,
): Promise<number> => {
  let count = 0
  for (const { tenantId, options } of deps.directories) {
    signal?.throwIfAborted()
    const of = { tenantId, directory: options.name }
    try {
      const directory = deps.openDirectory(tenantId, options.name)
      const read = await readSignIns(deps, tenantId, options.name, directory, signal)
      if (read === null) continue
      deps.log.info('a log of sign-ins was read', { ...of, count: read })
      count += 1
    } catch (error) {
      deps.log.warn('a log of sign-ins could not be read', { ...of, error })
    }
  }
  return count
}

const logReport = (
  log: SyncDirectoriesDeps['log'],
  of: { readonly tenantId: string; readonly directory: string },
  { isHeld, readEverybody, read, gone }: SyncReport,
): void => {
  if (isHeld) log.warn('a directory shows far fewer than before, and nothing was taken away', of)
  else if (readEverybody || read + gone > 0)
    log.info('a directory was read', { ...of, count: read, state: readEverybody ? 'whole' : 'changes' })
}

/** Places (`tenant/name`) of those that show far fewer than before, and wait for an operator to say that it is so. */
export const heldDirectories = async (
  db: Db,
  directories: readonly NamedDirectory[],
): Promise<ReadonlySet<string>> => {
  const held = new Set<string>()
  for (const { tenantId, options } of directories) {
    const rows = await inTenant(db, tenantId, listSyncs)
    const own = rows.find(({ directory }) => directory === options.name)
    if (own?.trouble === 'held') held.add(`${options.tenant}/${options.name}`)
  }
  return held
}

/**
 * Each worker does this once, when it starts: it notes what each directory offers, and looks at the rights of our own
 * account there.
 */
export const lookAtDirectories = async (deps: SyncDirectoriesDeps): Promise<void> => {
  await noteOffers(deps).catch((error: unknown) => {
    deps.log.warn('what directories offer could not be noted', { error })
  })
  await checkRights(deps)
}

/** Notes what each directory can do, so that nobody is offered what theirs cannot. */
const noteOffers = async ({ db, directories, openDirectory }: SyncDirectoriesDeps): Promise<void> => {
  for (const { tenantId, options } of directories) {
    const { offers } = openDirectory(tenantId, options.name)
    await inTenant(db, tenantId, (tx) => keepOffers(tx, options.name, [...offers].sort()))
  }
}

/** Looks at the rights of our own account in each directory (N1). */
export const checkRights = async ({
  directories,
  openDirectory,
  log,
}: SyncDirectoriesDeps): Promise<void> => {
  for (const { tenantId, options } of directories) {
    try {
      const checked = await openDirectory(tenantId, options.name).checkSelf()
      for (const { kind, right, detail } of checked.kind === 'checked' ? checked.findings : []) {
        const fields = { tenantId, directory: options.name, reason: right, code: detail ?? 'none' }
        if (kind === 'excess') log.warn('our account in a directory may do more than it needs', fields)
        else log.warn('our account in a directory lacks a right', fields)
      }
    } catch (error) {
      log.warn('the rights of our account in a directory could not be looked at', {
        tenantId,
        directory: options.name,
        error,
      })
    }
  }
}
