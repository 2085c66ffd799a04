/** Views of the list that a member of staff keeps under a name. */
import type { Tx } from '#platform/database/transaction.ts'
import { SavedView } from './models.ts'

/** A view: filters and sort by the names of the list's query, as text. */
export type ViewRow = Readonly<Pick<SavedView, 'id' | 'name' | 'query' | 'columns' | 'createdAt'>>

/** The views of one member of staff, by name. */
export const readViews = async (tx: Tx, staffId: string): Promise<ViewRow[]> =>
  SavedView.of(tx)
    .where({ staffId })
    .orderByRaw('lower(name), id')
    .select('id', 'name', 'query', 'columns', 'createdAt')

/**
 * Keeps a view; one of the same name is replaced and keeps its id. Undefined: there are `most` of other names already. Two
 * saves of one person take turns, so that both cannot be the last one allowed.
 */
export const saveView = async (
  tx: Tx,
  staffId: string,
  view: Pick<ViewRow, 'name' | 'query' | 'columns'>,
  most: number,
): Promise<ViewRow | undefined> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`views/${tx.tenantId}/${staffId}`])
  return tx.one<ViewRow>(
    `insert into saved_views (tenant_id, staff_id, name, query, columns)
     select $1, $2, $3, $4, $5::text[]
     where (select count(*) from saved_views where tenant_id = $1 and staff_id = $2 and lower(name) <> lower($3)) < $6
     on conflict (tenant_id, staff_id, lower(name))
     do update set name = excluded.name, query = excluded.query, columns = excluded.columns
     returning id, name, query, columns, created_at as "createdAt"`,
    [tx.tenantId, staffId, view.name, JSON.stringify(view.query), view.columns, most],
  )
}

/** Deletes a view of this member of staff; false when there is none with this id. */
export const deleteView = async (tx: Tx, staffId: string, id: string): Promise<boolean> =>
  (await SavedView.of(tx).where({ staffId, id }).delete()) === 1
