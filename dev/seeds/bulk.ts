/** Many rows in one statement. Tables and columns come from this folder's code, never from data. */
import type { Queryable } from '#platform/database/transaction.ts'

/** Column values of one row; Buffers become bytea, dates timestamptz, plain objects jsonb. */
export type Row = Readonly<Record<string, unknown>>

/** Rows per statement: a few megabytes of JSON at most. */
const most = 2_000

const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)

/** Buffers are in columns of their own, never inside a value: checking every nested value would be slow. */
const asJson = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)])),
    ),
  )

/** Inserts rows that all have the same columns. */
export const insertRows = async (to: Queryable, table: string, rows: readonly Row[]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  for (let at = 0; at < rows.length; at += most) {
    await to.run(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [asJson(rows.slice(at, at + most))],
    )
  }
}
