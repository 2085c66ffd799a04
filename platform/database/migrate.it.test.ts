import { expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { MigrationError } from './migration-checksums.ts'
import { migrations } from './schema/index.ts'
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

it('refuses a database whose steps had another text, no text on record or another name, and changes nothing', async () => {
  const [first] = migrations
  const kept = await database.owner.query('select * from schema_checksums where name = $1', [first?.name])
  const ruin = [
    "update schema_checksums set checksum = 'of another text' where name = $1",
    'delete from schema_checksums where name = $1',
    "update schema_migrations set name = '0000-of-another-branch' where name = $1",
  ]
  const before = await shape()
  for (const sql of ruin) {
    await database.owner.query(sql, [first?.name])
    await expect(migrate(database.addresses.ownerUrl)).rejects.toThrow(MigrationError)
    expect(await shape()).toEqual(before)
  }
  await database.owner.query('update schema_migrations set name = $1 where name like $2', [
    first?.name,
    '0000-%',
  ])
  await expect(migrate(database.addresses.ownerUrl)).rejects.toThrow(
    'The database was written by another version of Countersign (migration 0001-tenants-people differs).',
  )
  await database.owner.query('insert into schema_checksums values ($1, $2)', [
    first?.name,
    kept[0]?.['checksum'],
  ])
  await migrate(database.addresses.ownerUrl)
})

it('remembers the text of every step', async () => {
  const rows = await database.owner.query<{ name: string }>('select name from schema_checksums order by name')
  expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
})
