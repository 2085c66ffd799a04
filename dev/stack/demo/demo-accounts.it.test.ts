import { hash } from '@node-rs/argon2'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outsideTenants, type Queryable } from '#platform/database/transaction.ts'
import { connectTest, createTestDatabase, type TestDatabase } from '#platform/database/testing/database.ts'
import { insertRow, makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { openDemoAccounts, type OpenDemoAccounts } from './demo-accounts.ts'

let database: TestDatabase
let owner: Queryable
let close: () => Promise<void>
let accounts: OpenDemoAccounts
let tenantId: string

beforeAll(async () => {
  database = await createTestDatabase()
  const db = connectTest(database.ownerUrl)
  owner = outsideTenants(db)
  close = () => db.close()
  accounts = openDemoAccounts(database.ownerUrl)
  tenantId = (await makeTenant(owner)).id
  await makeTenant(owner)
})
afterAll(async () => {
  await accounts.close()
  await close()
  await database.drop()
})

async function makeAccount(password: string, row = {}): Promise<{ login: string; person_id: string }> {
  const login = `l${randomUUID().slice(0, 8)}`
  const directory_id = `uid-${login}`
  const person = await makePerson(owner, tenantId, { directory_id, login })
  // The factory may have made an account of its own.
  await owner.run('delete from directory_accounts where tenant_id = $1 and directory_id = $2', [
    tenantId,
    directory_id,
  ])
  const password_hash = await hash(password, { memoryCost: 1024, timeCost: 2 })
  await insertRow(owner, 'directory_accounts', {
    tenant_id: tenantId,
    directory_id,
    login,
    password_hash,
    ...row,
  })
  return { login, person_id: person.id }
}

describe('the demo directory', () => {
  it('knows the right password from a wrong one, whatever the case of the login', async () => {
    const { login } = await makeAccount('right')
    expect(await accounts.checkPassword(login.toUpperCase(), 'right')).toBe('ok')
    expect(await accounts.checkPassword(login, 'wrong')).toBe('wrong')
    expect(await accounts.checkPassword('nobody', 'right')).toBe('wrong')
  })

  it('locks after five wrong passwords in a row, counted one by one', async () => {
    const { login } = await makeAccount('right')
    const tries = await Promise.all(Array.from({ length: 6 }, () => accounts.checkPassword(login, 'wrong')))
    expect(tries.filter((answer) => answer === 'locked')).toHaveLength(1)
    expect(await accounts.checkPassword(login, 'right')).toBe('locked')
  })

  it('forgets wrong tries after the right password', async () => {
    const { login } = await makeAccount('right')
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) await accounts.checkPassword(login, 'wrong')
      expect(await accounts.checkPassword(login, 'right')).toBe('ok')
    }
  })

  it('says that an account is disabled', async () => {
    const { login } = await makeAccount('right', { state: 'disabled' })
    expect(await accounts.checkPassword(login, 'right')).toBe('disabled')
  })

  it('lets staff alone into the console, under the present address of the provider', async () => {
    const { login: employee } = await makeAccount('right')
    const { login, person_id } = await makeAccount('right')
    const staff = { tenant_id: tenantId, id: randomUUID(), subject: `s-${login}`, person_id, role: 'agent' }
    const shown = { email: 'a@example.org', display_name: 'Ada A.' }
    await insertRow(owner, 'staff', { ...staff, ...shown, issuer: 'http://127.0.0.1:3720' })
    expect(await accounts.findStaffAccount(employee)).toBeUndefined()
    expect(await accounts.findStaffAccount(login)).toEqual({
      sub: `s-${login}`,
      name: 'Ada A.',
      email: 'a@example.org',
    })

    const foreign = { ...staff, ...shown, id: randomUUID(), issuer: 'https://id.example.org' }
    await insertRow(owner, 'staff', foreign)
    await accounts.adoptIssuer('http://127.0.0.1:4720')
    const rows = await owner.query('select issuer from staff where tenant_id = $1 order by 1', [tenantId])
    expect(rows).toEqual([{ issuer: 'http://127.0.0.1:4720' }, { issuer: 'https://id.example.org' }])
  })
})
