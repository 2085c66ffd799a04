import { whileAlone } from '#platform/database/outbox.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import type { ActivityDeps } from '../ports.ts'

type TenantDeps = Pick<ActivityDeps, 'db'>

/**
 * Does something for every tenant; gives how much was done. What goes wrong with one tenant keeps no other waiting, and is thrown at
 * the end (R17). The signal ends it between two tenants.
 */
export const forEachTenant = async (
  { db }: TenantDeps,
  work: (tenantId: string) => Promise<number>,
  signal?: AbortSignal,
): Promise<number> => {
  let done = 0
  const failures: unknown[] = []
  for (const tenantId of await tenantIds(db)) {
    signal?.throwIfAborted()
    try {
      done += await work(tenantId)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return done
}

/** The same by one process at a time: another one that comes meanwhile has nothing to do. */
export const forEachTenantAlone = async (
  deps: TenantDeps,
  lock: Parameters<typeof whileAlone>[1],
  work: (tenantId: string) => Promise<number>,
  signal?: AbortSignal,
): Promise<number> => {
  let done = 0
  await whileAlone(
    deps.db,
    lock,
    async () => {
      done = await forEachTenant(deps, work, signal)
    },
    () => undefined,
  )
  return done
}
