/**
 * This is a loop, since it is about the data that this one process has open. It records in the audit of every organisation
 * which network data its cases are judged by from now on: a refresh or a rollback is work of the operator and belongs to no
 * organisation, yet it may change what checks say.
 */
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readPointer, type Pointer } from '#platform/network-data/editions.ts'
import type { NetworkData } from '#platform/network-data/open.ts'
import type { ActivityDeps } from '../ports.ts'

/** The data that this process looks addresses up in. */
export type DataInUse = {
  readonly dataDir: string
  readonly current: () => Pick<NetworkData, 'edition'> | null
}

const actor = { kind: 'system', id: 'network-data' } as const

const nameOf = (edition: string | null): string => edition ?? 'packaged'

/** The last swap, once this process has taken it in; undefined where there was none, or the new data were refused. */
const swapInUse = ({ dataDir, current }: DataInUse): Pointer | undefined => {
  const pointer = readPointer(dataDir)
  const data = current()
  return pointer === null || data === null || data.edition !== pointer.edition ? undefined : pointer
}

/** Records the last swap for a tenant. The event has the same id for every worker, however often it starts anew. */
const record = ({ db }: Pick<ActivityDeps, 'db'>, tenantId: string, swap: Pointer): Promise<void> =>
  inTenant(db, tenantId, (tx) =>
    recordEvents(
      tx,
      actor,
      null,
      [
        {
          type: 'network_data.replaced',
          object: { kind: 'tenant', id: tenantId },
          payload: { edition: nameOf(swap.edition), previous: nameOf(swap.previous), by: swap.by },
          occurredAt: swap.at,
        },
      ],
      [uuidOf('network-data', tenantId, swap.at, nameOf(swap.edition))],
    ),
  )

/** Finds out if other data are in use than this process recorded last; returns for how many organisations it recorded that. */
export const createDataRecorder = (deps: Pick<ActivityDeps, 'db'>, inUse: DataInUse) => {
  let recorded = ''
  return async (tenantIds: () => Promise<readonly string[]>): Promise<number> => {
    const swap = swapInUse(inUse)
    if (swap === undefined || swap.at === recorded) return 0
    const tenants = await tenantIds()
    for (const tenantId of tenants) await record(deps, tenantId, swap)
    recorded = swap.at
    return tenants.length
  }
}
