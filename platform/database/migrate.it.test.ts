import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { MigrationError, repeated } from './migration-checksums.ts'
import { functions, migrations } from './schema/index.ts'
import { databaseRoles } from './privileges/role-matrix.ts'
import { useDatabase } from './testing/open.ts'
import { makeTenant } from './testing/factories.ts'

const database = useDatabase()
const shape = () =>
  database.owner.query(`
    select c.relname, c.relacl::text, c.relrowsecurity, (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace order by 1`)

it('each SQL file of the schema is in the index, a table file once', () => {
  const folder = fileURLToPath(new URL('schema/', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.slice(0, -4))
  const steps = files.filter((path) => !path.startsWith('functions/')).sort()
  expect(migrations.map(({ name }) => name).sort()).toEqual(steps)
  // The index puts the list of purposes in between.
  for (const path of files.filter((name) => !steps.includes(name)))
    for (const part of readFileSync(`${folder}${path}.sql`, 'utf8').split('{result_purposes}'))
      expect(functions).toContain(part)
})

it('again, and by several at once, changes nothing', async () => {
  const tenant = await makeTenant(database.owner)
  const before = await shape()
  await Promise.all([1, 2, 3].map(() => migrate(database.addresses.ownerUrl)))
  expect(await shape()).toEqual(before)
  expect(await database.owner.query('select from tenants where id = $1', [tenant.id])).toHaveLength(1)
})

it('continues after a run that died in the middle', async () => {
  await database.owner.run('update schema_migrations_lock set is_locked = 1')
  await migrate(database.addresses.ownerUrl)
  expect(await database.owner.query('select is_locked from schema_migrations_lock')).toEqual([
    { is_locked: 0 },
  ])
})

const definitions = () =>
  database.owner.query<{ sql: string }>(
    "select pg_get_functiondef(oid) as sql from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' order by 1",
  )

it('writes every function anew: another body goes, one with other arguments goes, one of another owner stays', async () => {
  const before = await definitions()
  await database.owner.query(`
    create or replace function tenant_ids() returns setof uuid language sql security definer
      set search_path = pg_catalog, public, pg_temp as $$ select gen_random_uuid() $$;
    create function tenant_ids(p_most integer) returns setof uuid language sql as $$ select gen_random_uuid() $$;
    create function by_hand() returns integer language sql as $$ select 1 $$`)
  await migrate(database.addresses.ownerUrl)
  await database.owner.query('drop function by_hand()')
  expect(await definitions()).toEqual(before)
})

it('writes a function anew whose result or parameters had another form, which PostgreSQL does not replace', async () => {
  const before = await definitions()
  await database.owner.query(`
    drop function audit_time(timestamptz), iso_instant(timestamptz);
    create function audit_time(p_at timestamptz) returns integer language sql as $$ select 1 $$;
    create function iso_instant(p_other timestamptz) returns text language sql as $$ select '' $$;
    create function by_hand() returns integer language sql as $$ select 1 $$`)
  await migrate(database.addresses.ownerUrl)
  await database.owner.query('drop function by_hand()')
  expect(await definitions()).toEqual(before)
})

it('is done, and done again, by an owner of the database who is no superuser', async () => {
  const name = `owner_${randomBytes(4).toString('hex')}`
  await database.owner.query(`create role ${name} login createrole bypassrls`)
  await database.owner.query(`grant ${databaseRoles.join(', ')} to ${name} with admin option, inherit false`)
  await database.owner.query(`create database ${name} owner ${name}`)
  const url = new URL(database.addresses.ownerUrl)
  url.username = name
  url.pathname = name
  try {
    await migrate(url.href)
    await migrate(url.href)
  } finally {
    await database.owner.query(`drop database ${name} with (force)`)
    await database.owner.query(`drop owned by ${name} cascade`)
    await database.owner.query(`drop role ${name}`)
  }
})

it('takes back what was granted by hand', async () => {
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
    'The database was written by another version of Countersign (migration roles differs).',
  )
  await database.owner.query('insert into schema_checksums values ($1, $2)', [
    first?.name,
    kept[0]?.['checksum'],
  ])
  await migrate(database.addresses.ownerUrl)
})

it('remembers the text of every step', async () => {
  const rows = await database.owner.query<{ name: string }>('select name from schema_checksums')
  const known = [repeated, ...migrations.map(({ name }) => name)]
  expect(rows.map(({ name }) => name).sort()).toEqual(known.sort())
})
