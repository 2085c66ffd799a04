import { z } from 'zod'
import { Id, Instant, ListColumn, StaffText } from './common.ts'
import { ListQuery } from './console-verifications.ts'

/** Most views of one member of staff. */
export const mostViews = 30

/** Filters and sort as the address of the list has them. */
const ViewQuery = ListQuery.omit({ cursor: true, limit: true })

/** A view to keep under a name; one that is there already is replaced. */
export const SaveViewInput = z.strictObject({
  name: StaffText(60),
  query: ViewQuery,
  /** Null: whatever the reader's window shows. */
  columns: z.array(ListColumn).min(1).max(20).nullable(),
})

export const SavedView = z
  .strictObject({
    id: Id,
    name: z.string(),
    /** As the address has it: each by its name, as text. */
    query: z.record(z.string(), z.string()),
    columns: z.array(ListColumn).nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof SavedView>

/** The caller's own views, by name. */
export const SavedViews = z
  .strictObject({ views: z.array(SavedView).max(mostViews) })
  .meta({ id: 'SavedViews' })
export type SavedViews = z.infer<typeof SavedViews>
