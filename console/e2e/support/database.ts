/** The database of the journeys' stack, for what no journey can wait for or undo by hand. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { dataFolder, stack } from './stack.ts'

const Secrets = z.looseObject({ databaseOwner: z.string() })

/** Runs one statement as the owner of the tables; gives how many rows it met. */
export const changeRows = async (sql: string, values: readonly unknown[]): Promise<number> => {
  const file = readFileSync(join(dataFolder, 'secrets.json'), 'utf8')
  const { databaseOwner } = Secrets.parse(JSON.parse(file))
  const client = new pg.Client({ ...stack.database, password: databaseOwner })
  await client.connect()
  try {
    return (await client.query(sql, [...values])).rowCount ?? 0
  } finally {
    await client.end()
  }
}
