/** The number of people who are thin files, as the worker last counted. */
import type { ThinCounts } from '#domain/questions/thin.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A count, and whether another is asked for. Times are ISO 8601 UTC. */
export type ThinCountRow = {
  readonly countedAt: string | null
  readonly isWanted: boolean
  readonly counts: ThinCounts | null
}

/** The last count. */
export const readThinCount = async (tx: Tx): Promise<ThinCountRow> => {
  const row = await tx.one<ThinCountRow>(
    `select iso_instant(counted_at) as "countedAt", counts,
       counted_at is null or coalesce(wanted_at > counted_at, false) as "isWanted"
     from thin_counts where tenant_id = $1`,
    [tx.tenantId],
  )
  return row ?? { countedAt: null, isWanted: true, counts: null }
}

/** Asks for another count. */
export const wantThinCount = async (tx: Tx): Promise<void> => {
  await tx.run(
    `insert into thin_counts (tenant_id, wanted_at) values ($1, clock_timestamp())
     on conflict (tenant_id) do update set wanted_at = excluded.wanted_at`,
    [tx.tenantId],
  )
}

/**
 * True if it is time to count: an admin asks for it, or there is no count yet. `oldMinutes`: also where the last count is
 * older; null: however old it is.
 */
export const isThinCountDue = async (tx: Tx, oldMinutes: number | null): Promise<boolean> => {
  const row = await tx.one<{ due: boolean }>(
    `select counted_at is null or coalesce(wanted_at > counted_at, false)
       or coalesce(counted_at < now() - make_interval(mins => $2::integer), false) as due
     from thin_counts where tenant_id = $1`,
    [tx.tenantId, oldMinutes],
  )
  return row?.due ?? true
}

/** Keeps a count that was begun at a moment of the database's clock; what was asked for later is still to be done. */
export const keepThinCount = async (tx: Tx, begunAt: Date, counts: ThinCounts): Promise<void> => {
  await tx.run(
    `insert into thin_counts (tenant_id, counted_at, counts) values ($1, $2, $3)
     on conflict (tenant_id) do update set counted_at = excluded.counted_at, counts = excluded.counts`,
    [tx.tenantId, begunAt, JSON.stringify(counts)],
  )
}

/** Names of people, for a page; those who are gone are left out. */
export const readNames = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select id, display_name as name from people where tenant_id = $1 and id = any($2::uuid[])
       and account_state <> 'deleted'`,
    [tx.tenantId, ids],
  )
