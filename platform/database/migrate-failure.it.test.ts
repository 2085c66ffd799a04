import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrate } from './migrate.ts'
import { migrations } from './schema/index.ts'
import { useDatabase } from './testing/open.ts'

const database = useDatabase()
const channels = ['log', 'warn', 'error', 'info', 'debug'] as const
const printed = channels.map((name) => vi.spyOn(console, name).mockImplementation(() => undefined))
afterAll(() => {
  vi.restoreAllMocks()
})

const empty = async () => {
  await database.owner.query('drop schema public cascade')
  await database.owner.query('create schema public')
  await database.owner.query('grant usage on schema public to public')
}
const failureOf = (url: string) => migrate(url).then(() => null, String)

describe('a step that fails', () => {
  beforeAll(async () => {
    await empty()
    await database.owner.query('create table staff_sessions (note text)')
  })

  it('is one sentence: which step, the code, what to do; its SQL is printed nowhere', async () => {
    expect(await failureOf(database.addresses.ownerUrl)).toBe(
      'StepError: Migration staff failed (42P07) and changed nothing: something of that name is in ' +
        'the database already, so name an empty one in DATABASE_URL, then migrate again.',
    )
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([])
  })

  it('takes the steps of the same run with it, and the next run does them all', async () => {
    const tables = await database.owner.query(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and relname in ('tenants', 'people')",
    )
    expect(tables).toEqual([])
    await database.owner.query('drop table staff_sessions')
    await migrate(database.addresses.ownerUrl)
    const [newest] = await database.owner.query('select name from schema_migrations order by id desc limit 1')
    expect(newest).toEqual({ name: migrations.at(-1)?.name })
  })
})

it('for want of a right the sentence says whose rights are needed', async () => {
  await empty()
  expect(await failureOf(database.addresses.apiUrl)).toMatch(
    /^StepError: Reading what was migrated before failed \(42501\) .* name a superuser or, from PostgreSQL 16 on, the owner .* migrate again\.$/,
  )
})

it('a server that is not there or a missing database is a sentence, without the address', async () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(database.addresses.ownerUrl)
    change(url)
    return failureOf(url.href)
  }
  expect(await at((url) => (url.pathname = '/nowhere_at_all'))).toBe(
    'StepError: Reaching the database failed (3D000) and changed nothing: make the database that DATABASE_URL names, ' +
      'then migrate again.',
  )
  expect(await at((url) => (url.port = '1'))).toBe(
    'StepError: Reaching the database failed (ECONNREFUSED) and changed nothing: see that the database server of ' +
      'DATABASE_URL runs and can be reached, then migrate again.',
  )
})
