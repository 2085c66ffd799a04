import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands } from '#cli/commands.ts'
import type { Db } from './connect.ts'
import { connectTest, createTestDatabase } from './testing/database.ts'
import type { TestDatabase } from './testing/database.ts'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTest(database.ownerUrl, 1)
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const env = () => ({
  NODE_ENV: 'development',
  DATABASE_URL: database.ownerUrl,
  CLICKHOUSE_URL: 'http://127.0.0.1:1',
})

it('leaves the tables of a new database and none of what was in them', async () => {
  await db.pool.query('create table left_over (id int)')
  const tables = "select count(*) from pg_tables where schemaname = 'public'"
  const before = await db.pool.query<{ count: number }>(tables)
  await commands['reset']?.run([], env())
  const after = await db.pool.query<{ count: number }>(tables)
  expect(after.rows[0]?.count).toBe((before.rows[0]?.count ?? 0) - 1)
  expect((await db.pool.query("select to_regclass('left_over') as found")).rows).toEqual([{ found: null }])
})

it('is refused in production', async () => {
  const strong = 'q7Jx2mVt9Kd4Rw8Zb5Ny3Hc6Lf1Pg0Sa'
  const production = {
    DATABASE_URL: `postgres://o:${strong}@db.test/app?sslmode=verify-full`,
    CLICKHOUSE_URL: `https://c:${strong}@ch.test`,
  }
  await expect(commands['reset']?.run([], production)).rejects.toThrow('is never done in production')
})
