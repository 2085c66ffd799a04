import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { expect, inject, it } from 'vitest'
// Makes `clickhouseUrl` known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import { connectAnalytics } from './client.ts'
import { migrateAnalytics } from './migrate.ts'
import { events } from './tables.ts'

const Column = z.object({ name: z.string() })
const columns = {
  name: 'columns',
  sql: `select name from system.columns where database = currentDatabase() and table = 'events'`,
  params: z.strictObject({}),
  row: Column,
}

it('gives an older store the columns of fields that came later, and takes no step twice', async () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = connectAnalytics({ url: inject('clickhouseUrl'), timeoutMs: 15_000 })
  await server.command(`create database ${name}`)
  const url = new URL(inject('clickhouseUrl'))
  url.pathname = `/${name}`
  const store = connectAnalytics({ url: url.href, timeoutMs: 15_000 })
  try {
    const head = `tenant_id UUID, verification_id UUID, type LowCardinality(String), event_id UUID, version UInt16,
      occurred_at DateTime64(3, 'UTC'), recorded_at DateTime64(3, 'UTC'), actor_kind LowCardinality(String)`
    await store.command(`create table events (${head}) engine = ReplacingMergeTree(recorded_at)
      order by (tenant_id, verification_id, type, event_id)`)
    await migrateAnalytics(store)
    const found = (await store.query(columns, {})).map((column) => column.name)
    expect(found.sort()).toEqual(Object.keys(events.row.shape).sort())
    expect(await migrateAnalytics(store)).toEqual([])
  } finally {
    await store.close()
    await server.command(`drop database ${name}`)
    await server.close()
  }
})
