import type { QueryResultRow } from 'pg'
import type { Params, Tx } from './transaction.ts'

/** Rows fetched at once: a few milliseconds of this process's time. */
const rowsAtOnce = 1_000

/**
 * Rows of one statement as one snapshot sees them, some at a time: two hundred thousand that arrive together hold the whole
 * process for a quarter of a second. Read to the end, or the cursor stays open until the transaction ends.
 * @param name of the cursor; one of a name at a time in a transaction
 */
export async function* readByCursor<Row extends QueryResultRow>(
  tx: Tx,
  name: string,
  sql: string,
  params: Params,
): AsyncGenerator<readonly Row[]> {
  await tx.run(`declare ${name} no scroll cursor for ${sql}`, params)
  for (;;) {
    const rows = await tx.query<Row>(`fetch ${String(rowsAtOnce)} from ${name}`)
    if (rows.length === 0) break
    yield rows
  }
  await tx.run(`close ${name}`)
}
