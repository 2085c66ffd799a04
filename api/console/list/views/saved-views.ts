import { readViews } from '#services/verifications/saved-views.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../../http/bind.ts'
import type { ApiDeps } from '../../../deps.ts'
import { shownView } from './shown-view.ts'

/** The caller's own views of the list. */
export const savedViews = ({ db }: ApiDeps) =>
  bind('console.savedViews', async ({ staff }) => {
    const rows = await inTenant(db, staff.tenantId, (tx) => readViews(tx, staff.staffId))
    return { views: rows.map(shownView) }
  })
