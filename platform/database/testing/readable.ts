import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../connect.ts'
import { outsideTenants } from '../transaction.ts'

/**
 * Waits until everything that is committed by now may be read from the outbox. Transactions of the whole cluster hold that
 * back, those of other tests' databases too: to create one takes a second.
 */
export const untilReadable = async (db: Db): Promise<void> => {
  const sql = outsideTenants(db)
  const next = await sql.one<{ xid: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as xid')
  const isReadable = async (): Promise<boolean> => {
    const row = await sql.one<{ is: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as is',
      [next?.xid],
    )
    return row?.is === true
  }
  while (!(await isReadable())) await pause(10)
}
