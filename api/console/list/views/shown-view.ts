import type { ViewRow } from '#services/verifications/saved-views.ts'
import type { SavedView } from '../../../contract/console-views.ts'

/** A view as the contract tells it. */
export const shownView = ({ id, name, query, columns, createdAt }: ViewRow): SavedView => ({
  id,
  name,
  query: { ...query },
  columns,
  createdAt: createdAt.toISOString(),
})
