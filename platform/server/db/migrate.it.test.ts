import { expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { useDatabase } from './testing/open.ts'
import { makeTenant } from './testing/factories.ts'

const database = useDatabase()
const shape = () =>
  database.owner.query(`
    select c.relname, c.relacl::text, c.relrowsecurity, (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace order by 1`)

it('names never change with the file they come from, and are in order', () => {
  const names = migrations.map(({ name }) => name)
  expect(names).toEqual([...names].sort())
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/)
})

it('again, and by several at once, changes nothing', async () => {
  const tenant = await makeTenant(database.owner)
  const before = await shape()
  await Promise.all([1, 2, 3].map(() => migrate(database.addresses.ownerUrl)))
  expect(await shape()).toEqual(before)
  expect(await database.owner.query('select from tenants where id = $1', [tenant.id])).toHaveLength(1)
})

it('goes on after a run that died in the middle', async () => {
  await database.owner.run('update schema_migrations_lock set is_locked = 1')
  await migrate(database.addresses.ownerUrl)
  expect(await database.owner.query('select is_locked from schema_migrations_lock')).toEqual([
    { is_locked: 0 },
  ])
})

it('takes back what somebody granted by hand', async () => {
  const before = await shape()
  await database.owner.query('grant all on all tables in schema public to countersign_api, public')
  await migrate(database.addresses.ownerUrl)
  expect(await shape()).toEqual(before)
})
