import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { signInAccountsCommand } from './sign-in-accounts.ts'

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'accounts-'))
let slug: string
let tenantId: string
beforeEach(async () => {
  ;({ slug, id: tenantId } = await makeTenant(database.owner))
  for (const login of ['ada', 'ben', 'cleo'])
    await makePerson(database.owner, tenantId, { login, work_email: `${login}@northwind.example` })
})

const run = (text: string, ...args: string[]) => {
  const file = join(folder, text.startsWith('[') ? 'accounts.json' : 'accounts.csv')
  writeFileSync(file, text)
  return signInAccountsCommand
    .run([file, '--tenant', slug, ...args], {
      DATABASE_URL: database.addresses.ownerUrl,
      CLICKHOUSE_URL: 'http://127.0.0.1:1',
      NODE_ENV: 'test',
    })
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
}
const accounts = async () =>
  Object.fromEntries(
    (
      await database.owner.query<{ login: string; account: string | null }>(
        'select login, sign_in_subject as account from people where tenant_id = $1 order by login',
        [tenantId],
      )
    ).map(({ login, account }) => [login, account]),
  )
const none = { ada: null, ben: null, cleo: null }

describe('accounts at the identity provider, at the shell', () => {
  it('are set from CSV and JSON, by login or address, and the audit keeps how many', async () => {
    const csv = 'person;Sign-in subject\nada;sub-1\nBEN@northwind.example;sub-2\n'
    expect(await run(csv, '--check')).toBe('2 rows, without a fault. Nothing was changed.')
    expect(await accounts()).toEqual(none)
    expect(await run(csv)).toBe('2 rows: 2 people have another account than before.')
    expect(await accounts()).toEqual({ ada: 'sub-1', ben: 'sub-2', cleo: null })
    expect(
      await run('[{"person":"ada","sign_in_subject":"sub-1"},{"person":"cleo","sign_in_subject":"sub-3"}]'),
    ).toBe('2 rows: 1 people have another account than before.')
    expect(await accounts()).toEqual({ ada: 'sub-1', ben: 'sub-2', cleo: 'sub-3' })
    const audit = await database.owner.query<{ payload: unknown }>(
      `select payload from audit where tenant_id = $1 and type = 'people.accounts_set' order by seq`,
      [tenantId],
    )
    expect(audit.map(({ payload }) => payload)).toMatchObject([
      { rows: 2, changed: 2 },
      { rows: 2, changed: 1 },
    ])
    expect(JSON.stringify(audit)).not.toContain('sub-')
  })

  it('two people may change accounts with each other, and an empty cell takes one away', async () => {
    await run('person,sign_in_subject\nada,sub-1\nben,sub-2')
    expect(await run('person,sign_in_subject\nada,sub-2\nben,sub-1')).toContain('2 people')
    expect(await accounts()).toEqual({ ada: 'sub-2', ben: 'sub-1', cleo: null })
    expect(await run('person,sign_in_subject\nada,\nben,sub-1')).toContain('1 people')
    expect(await accounts()).toEqual({ ada: null, ben: 'sub-1', cleo: null })
  })

  it.each([
    ['ada,sub-1\nada,sub-2', 'line 3: conflicting_rows'],
    ['ada,sub-1\nben,sub-1', 'line 3: conflicting_rows'],
    ['ada,sub-1\nnobody,sub-2', 'line 3: person: unknown_person'],
    ['ada,sub-1\nben,su\u200bb', 'line 3: sign_in_subject: hidden_characters'],
    ['ada,sub-1\nben,taken', 'line 3: sign_in_subject: account_of_another_person'],
    ['ada', 'line 2: too_few_cells'],
  ])('one fault, and nothing is changed: %j', async (rows, problem) => {
    await run('person,sign_in_subject\ncleo,taken')
    const said = await run(`person,sign_in_subject\n${rows}`)
    expect(said).toContain(problem)
    expect(said).toMatch(/faults: nothing was changed/)
    expect(await accounts()).toEqual({ ...none, cleo: 'taken' })
  })

  it('says how it is said', async () => {
    expect(await run('login,subject\nada,sub-1')).toContain('no_header')
    expect(await run('')).toContain('empty_file')
    expect(await run('person,sign_in_subject\nada,sub-1', '--all')).toMatch(/Say it so/)
    expect(await accounts()).toEqual(none)
  })
})
