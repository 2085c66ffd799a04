import { expect, it } from 'vitest'
import { connect } from './connect.ts'
import { repeated } from './migration-checksums.ts'
import { problemOfRole, watchDatabase } from './database-state.ts'
import { useDatabase } from './testing/open.ts'

const database = useDatabase()

const none = null
const reason = (word: string) => ({ reason: word })
const later = "insert into schema_migrations (name, batch, migration_time) values ('9999-later', 1, now())"

it('P2: finds the database of its build, as the role of its process and no other', async () => {
  expect(await watchDatabase(database.api, 'api')()).toBe(none)
  expect(await watchDatabase(database.worker, 'worker')()).toBe(none)
  expect(await watchDatabase(database.worker, 'api')()).toEqual(reason('database_role'))
  expect(await watchDatabase(database.api, 'worker')()).toEqual(reason('database_role'))
  expect(await watchDatabase(database.ownerDb, 'api')()).toEqual(reason('database_role'))
})

it('finds functions of another build; who ran before they were written stays', async () => {
  const running = watchDatabase(database.api, 'api')
  expect(await running()).toBe(none)
  const kept = await database.owner.one<{ checksum: string }>(
    'select checksum from schema_checksums where name = $1',
    [repeated],
  )
  const write = (checksum: string | undefined) =>
    database.owner.run('update schema_checksums set checksum = $2 where name = $1', [repeated, checksum])
  await write('x')
  expect(await watchDatabase(database.api, 'api')()).toEqual(reason('functions_differ'))
  expect(await running()).toBe(none)
  await write(kept?.checksum)
  expect(await watchDatabase(database.api, 'api')()).toBe(none)
})

it('finds a step that is missing, one of another text, and one of a later build; who ran before that one stays', async () => {
  const running = watchDatabase(database.api, 'api')
  expect(await running()).toBe(none)
  await database.owner.run(later)
  expect(await watchDatabase(database.api, 'api')()).toEqual(reason('schema_newer'))
  expect(await running()).toBe(none)
  await database.owner.run("delete from schema_migrations where name = '9999-later'")

  const [newest] = await database.owner.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_checksums order by name desc limit 1',
  )
  const [name, checksum] = [newest?.name, newest?.checksum]
  await database.owner.query('update schema_checksums set checksum = $2 where name = $1', [name, 'x'])
  expect(await running()).toEqual(reason('schema_differs'))
  await database.owner.query('update schema_checksums set checksum = $2 where name = $1', [name, checksum])
  await database.owner.query('delete from schema_migrations where name = $1', [name])
  expect(await running()).toEqual(reason('schema_older'))
})

it('finds a database that was never migrated', async () => {
  const url = new URL(database.addresses.apiUrl)
  url.pathname = '/postgres'
  const empty = connect({
    url: url.href,
    max: 1,
    applicationName: 'countersign-test',
    statementTimeoutMs: 5_000,
  })
  expect(await watchDatabase(empty, 'api')()).toEqual(reason('schema_missing'))
  await empty.close()
})

it('I4: names a superuser, a role that sees past row-level security, and an owner of tables', async () => {
  expect(await problemOfRole(database.api, 'api')).toBeUndefined()
  expect(await problemOfRole(database.worker, 'worker')).toBeUndefined()
  expect(await problemOfRole(database.ownerDb, 'api')).toMatch(
    /which is a superuser, .* name countersign_api\.$/,
  )
  await database.owner.run('create role state_seer login bypassrls')
  await database.owner.run('create role state_owner login')
  await database.owner.run('create table state_table ()')
  await database.owner.run('alter table state_table owner to state_owner')
  for (const [role, what] of [
    ['state_seer', 'has BYPASSRLS'],
    ['state_owner', 'owns tables'],
  ] as const) {
    const url = new URL(database.addresses.apiUrl)
    url.username = role
    const db = connect({
      url: url.href,
      max: 1,
      applicationName: 'countersign-test',
      statementTimeoutMs: 5_000,
    })
    expect(await problemOfRole(db, 'worker')).toContain(`names the role ${role}, which ${what},`)
    await db.close()
  }
  await database.owner.run('drop table state_table')
  for (const role of ['state_seer', 'state_owner']) await database.owner.run(`drop role ${role}`)
})
