import type { Tx } from './transaction.ts'

/** The moment at which this transaction began, by the database's clock. */
export const databaseNow = async (tx: Tx): Promise<Date> => {
  const row = await tx.one<{ now: Date }>('select now() as now')
  return row?.now ?? new Date()
}
