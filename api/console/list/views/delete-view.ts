import { deleteView as remove } from '#services/verifications/saved-views.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../../http/bind.ts'
import type { ApiDeps } from '../../../deps.ts'
import { Refused } from '../../../http/errors.ts'

/** Deletes one of the caller's own views; of any other it says that there is none. */
export const deleteView = ({ db }: ApiDeps) =>
  bind('console.deleteView', async ({ staff, params }) => {
    const isGone = await inTenant(db, staff.tenantId, (tx) => remove(tx, staff.staffId, params.viewId))
    if (!isGone) throw new Refused('not_found')
    return { done: true as const }
  })
