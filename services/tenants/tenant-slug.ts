import type { Db } from '#platform/database/connect.ts'
import { tenantIds } from '../housekeeping/housekeeping.ts'
import { inTenant } from '#platform/database/transaction.ts'

/** The tenant of a slug; undefined when there is none. Each tenant's row is visible to itself alone. */
export const tenantIdOf = async (db: Db, slug: string): Promise<string | undefined> => {
  for (const id of await tenantIds(db)) {
    const row = await inTenant(db, id, (tx) =>
      tx.one<{ slug: string }>('select slug from tenants where id = $1', [id]),
    )
    if (row?.slug === slug) return id
  }
  return undefined
}
