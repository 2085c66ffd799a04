import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeContact, makePerson, makeTenant, makeVerification, testKeys } from './testing/factories.ts'
import { useDatabase } from './testing/open.ts'
import { inTenant, outsideTenants } from './transaction.ts'

const database = useDatabase()
const growing = ['answers', 'audit', 'outbox', 'verifications']

const month = (offset: number): Date => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1))
}
const nameOf = (table: string, offset: number): string =>
  `${table}_${month(offset).toISOString().slice(0, 7).replace('-', '_')}`
const partitionsOf = async (table: string): Promise<string[]> =>
  (
    await database.owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1`,
      [table],
    )
  ).map(({ name }) => name)
const ensure = async (months: number): Promise<number | undefined> =>
  (
    await outsideTenants(database.worker).one<{ made: number }>('select ensure_partitions($1) as made', [
      months,
    ])
  )?.made

it('from four months back to three ahead, and one for everything else', async () => {
  for (const table of growing) {
    const months = Array.from({ length: 8 }, (_, index) => nameOf(table, index - 4))
    expect(await partitionsOf(table)).toEqual([...months, `${table}_default`].sort())
  }
})

it('a row lies in the partition of its month (UTC), or in the default one', async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const contact = await makeContact(database.owner, testKeys().api, person)
  const cases: [Date, string][] = [
    [month(0), nameOf('verifications', 0)],
    [new Date(month(1).getTime() - 1), nameOf('verifications', 0)],
    [month(-4), nameOf('verifications', -4)],
    [month(-5), 'verifications_default'],
    [new Date(month(4).getTime() - 1), nameOf('verifications', 3)],
  ]
  for (const [created_at, name] of cases) {
    const { id } = await makeVerification(database.owner, contact, { created_at })
    const found = await inTenant(database.api, tenant.id, (tx) =>
      tx.one('select tableoid::regclass::text as name from verifications where id = $1', [id]),
    )
    expect(found).toEqual({ name })
  }
})

it('I4, G3: the worker makes new months, secured like the others; again is nothing', async () => {
  expect(await ensure(3)).toBe(0)
  expect(await ensure(5)).toBe(8)
  expect(await ensure(5)).toBe(0)
  const open = await database.owner.query(
    `select relname from pg_class where relname = any ($1) and not (relrowsecurity and relforcerowsecurity)`,
    [growing.map((table) => nameOf(table, 5))],
  )
  expect(open).toEqual([])
  await expect(database.owner.query(`truncate ${nameOf('audit', 5)}`)).rejects.toThrow(/only ever added/)
  await expect(
    inTenant(database.worker, randomUUID(), (tx) => tx.query(`select from ${nameOf('audit', 5)}`)),
  ).rejects.toThrow(/permission denied/)
})

it('only sensible numbers of months, and only the worker', async () => {
  await expect(ensure(25)).rejects.toThrow(/from 0 to 24/)
  await expect(ensure(-1)).rejects.toThrow(/from 0 to 24/)
  await expect(outsideTenants(database.api).query('select ensure_partitions(3)')).rejects.toThrow(
    /permission denied/,
  )
})

it('a month that already began in the default partition stays there and hinders no other', async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const contact = await makeContact(database.owner, testKeys().api, person)
  await makeVerification(database.owner, contact, { created_at: month(6) })
  expect(await ensure(7)).toBe(7)
  expect(await partitionsOf('verifications')).not.toContain(nameOf('verifications', 6))
  expect(await partitionsOf('verifications')).toContain(nameOf('verifications', 7))
})
