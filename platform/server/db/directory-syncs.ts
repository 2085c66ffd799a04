/** How far the sync of each directory came. */
import type { Tx } from './transaction.ts'

/** Where a directory's sync stands. */
export type SyncState = {
  readonly cursor: string | null
  /** Everybody was read too long ago, or never. */
  readonly isWholeDue: boolean
}

/** The state of one directory; `wholeHours`: so often everybody is read anew. */
export const readSyncState = async (tx: Tx, directory: string, wholeHours: number): Promise<SyncState> => {
  const row = await tx.one<SyncState>(
    `select cursor, coalesce(read_whole_at < now() - make_interval(hours => $3), true) as "isWholeDue"
     from directory_syncs where tenant_id = $1 and directory = $2`,
    [tx.tenantId, directory, wholeHours],
  )
  return row ?? { cursor: null, isWholeDue: true }
}

/** A run that came to its end. */
export type SyncEnd = { readonly cursor: string; readonly readEverybody: boolean }

/** Keeps where to go on. */
export const endSync = async (tx: Tx, directory: string, end: SyncEnd): Promise<void> => {
  await tx.run(
    `insert into directory_syncs (tenant_id, directory, cursor, synced_at, read_whole_at, people)
     values ($1, $2, $3, now(), case when $4 then now() end,
       (select count(*) from people where tenant_id = $1 and directory = $2 and account_state <> 'deleted'))
     on conflict (tenant_id, directory) do update set cursor = excluded.cursor, synced_at = now(), tried_at = now(),
       read_whole_at = coalesce(excluded.read_whole_at, directory_syncs.read_whole_at), people = excluded.people,
       problem = null`,
    [tx.tenantId, directory, end.cursor, end.readEverybody],
  )
}

/** Notes why a run did not come to its end; `forget`: the cursor is good for nothing, and everybody is read next time. */
export const failSync = async (
  tx: Tx,
  directory: string,
  problem: string,
  forget: boolean,
): Promise<void> => {
  await tx.run(
    `insert into directory_syncs (tenant_id, directory, problem) values ($1, $2, $3)
     on conflict (tenant_id, directory) do update set problem = excluded.problem, tried_at = now(),
       cursor = case when $4 then null else directory_syncs.cursor end`,
    [tx.tenantId, directory, problem, forget],
  )
}
