/** Views of the list that a member of staff keeps under a name. */
import type { ListColumn } from '#domain/verification/list-columns.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A view: filters and sort by the names of the list's query, as text. */
export type ViewRow = {
  readonly id: string
  readonly name: string
  readonly query: Readonly<Record<string, string>>
  readonly columns: ListColumn[] | null
  readonly createdAt: Date
}

const fields = `id, name, query, columns, created_at as "createdAt"`

/** The views of one member of staff, by name. */
export const readViews = (tx: Tx, staffId: string): Promise<ViewRow[]> =>
  tx.query<ViewRow>(
    `select ${fields} from saved_views where tenant_id = $1 and staff_id = $2 order by lower(name), id`,
    [tx.tenantId, staffId],
  )

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
     returning ${fields}`,
    [tx.tenantId, staffId, view.name, JSON.stringify(view.query), view.columns, most],
  )
}

/** Deletes a view of this member of staff; false when there is none with this id. */
export const deleteView = async (tx: Tx, staffId: string, id: string): Promise<boolean> =>
  (await tx.run('delete from saved_views where tenant_id = $1 and staff_id = $2 and id = $3', [
    tx.tenantId,
    staffId,
    id,
  ])) === 1
