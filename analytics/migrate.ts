import { z } from 'zod'
import type { Analytics, Report } from './client.ts'
import { migrations } from './migrations/index.ts'

const Done = z.object({ name: z.string() })
const NoParams = z.strictObject({})

const done: Report<typeof NoParams, typeof Done> = {
  name: 'migrations',
  sql: 'select distinct name from schema_migrations',
  params: NoParams,
  row: Done,
}

const bookkeeping = `
create table if not exists schema_migrations (name String, done_at DateTime64(3, 'UTC') default now64(3))
engine = ReplacingMergeTree order by name
`

/**
 * Brings the analytics store to the newest form; what is there stays. Gives the names of the steps that were taken.
 * @throws the store's own error; the step that failed is tried again by the next run
 */
export async function migrateAnalytics(store: Analytics): Promise<readonly string[]> {
  await store.command(bookkeeping)
  const known = new Set((await store.query(done, {})).map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !known.has(name))
  for (const { name, sql } of missing) {
    await store.command(sql)
    await store.insert({ name: 'schema_migrations', row: Done }, [{ name }], name)
  }
  return missing.map(({ name }) => name)
}
