import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { demoPeople } from '../../seeds/answers.ts'
import { connectTest, createTestDatabase, type TestDatabase } from '#platform/database/testing/database.ts'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { outsideTenants, type Queryable } from '#platform/database/transaction.ts'
import { startDemo } from './demo-server.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'countersign-demo-'))
const logins = demoPeople('lab').map(({ login }) => login)
let database: TestDatabase
let owner: Queryable
let close: () => Promise<void>

beforeEach(async () => {
  database = await createTestDatabase()
  const db = connectTest(database.ownerUrl)
  owner = outsideTenants(db)
  close = () => db.close()
  const { id } = await makeTenant(owner, { slug: 'lab' })
  for (const login of logins.slice(0, 5)) await makePerson(owner, id, { login, directory: 'builtin' })
})
afterEach(async () => {
  await close()
  await database.drop()
  rmSync(join(dataFolder, 'directory-x'), { recursive: true, force: true })
})
afterAll(() => {
  rmSync(dataFolder, { recursive: true })
})

/** A directory that writes down what is done to it. */
const start = (said: string[], isFull = false) =>
  startDemo(
    { dataFolder, databaseUrl: database.ownerUrl, notify: () => undefined, fail: () => undefined },
    {
      short: 'x',
      name: 'corp',
      start: () =>
        Promise.resolve({
          stop: () => {
            said.push('stopped')
            return Promise.resolve()
          },
        }),
      fill: (_server, _folder, { all, admin }) => {
        said.push(`filled with ${String(all.length)}, administrator ${admin.login}`)
        if (isFull) return Promise.reject(new Error('it is full'))
        return Promise.resolve(new Map(all.map(({ login }) => [login, `id-${login}`])))
      },
      tryWrongPassword: (_server, login) => {
        said.push(`wrong password of ${login}`)
        return Promise.resolve()
      },
      secretOf: () => 'a secret',
      entryOf: (_server, secretFile) => ({ kind: 'x', secretFile }),
      linesOf: (_server, login) => ['X', `ask ${login}`],
    },
  )

const moved = () =>
  owner.query(`select login, directory_id as id from people where directory = 'corp' order by login`)

it('moves people into a directory once, locks two of them out, and names it to the worker without its secret', async () => {
  const [first = '', second = '', admin = '', ordinary = '', last = ''] = logins.slice(0, 5).sort()
  const said: string[] = []
  const { directoryEnv, lines, stop } = await start(said)
  const five = (login: string) => Array.from({ length: 5 }, () => `wrong password of ${login}`)
  expect(said).toEqual([`filled with 5, administrator ${admin}`, ...five(first), ...five(second)])
  expect(await moved()).toEqual(
    [first, second, admin, ordinary, last].map((login) => ({ login, id: `id-${login}` })),
  )
  const file = readFileSync(directoryEnv['DIRECTORIES'] ?? '', 'utf8')
  expect(file).not.toContain('a secret')
  const [entry] = (JSON.parse(file) as { directories: Record<string, string>[] }).directories
  expect(entry).toMatchObject({ tenant: 'lab', name: 'corp', kind: 'x' })
  const secretFile = entry?.['secretFile'] ?? ''
  expect([readFileSync(secretFile, 'utf8'), statSync(secretFile).mode & 0o777]).toEqual(['a secret\n', 0o600])
  expect(lines.join('\n')).toContain(`locked out ${first}, ${second}`)
  expect(lines.at(-1)).toBe(`  look from outside: ask ${ordinary}`)
  await stop()
  said.length = 0
  await start(said)
  expect(said, 'whoever is there stays as they were left').toEqual([])
})

it('stops the directory and moves nobody where it cannot be filled; the next start tries again', async () => {
  const said: string[] = []
  await expect(start(said, true)).rejects.toThrow('it is full')
  expect([said.at(-1), await moved()]).toEqual(['stopped', []])
  await start(said)
  expect((await moved()).length).toBe(5)
})
