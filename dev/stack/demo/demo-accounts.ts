/** The demo directory as its sign-in pages see it: who may sign in, and the lockout after wrong passwords. */
import { verify } from '@node-rs/argon2'
import pg from 'pg'
import type { FactorAccount, WithAccount } from './demo-factors.ts'
import type { DemoAccounts, PasswordAnswer, StaffAccount } from '../identity/identity-options.ts'

/** Wrong passwords in a row before the directory locks an account, as directories do. */
const TRIES_BEFORE_LOCK = 5

interface Account {
  directory_id: string
  password_hash: string
  state: 'active' | 'locked' | 'disabled'
}

export interface OpenDemoAccounts extends DemoAccounts {
  /** Runs work on the account of a login, with its row held. */
  withAccount: WithAccount
  /**
   * Makes the staff known under the provider's present address: the port is part of it and may change between starts.
   * Staff of any other provider are left alone.
   */
  adoptIssuer(issuer: string): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the directory that the seeds made.
 * @param ownerUrl address of the database; its user must see all tenants, or own the tables
 */
export function openDemoAccounts(ownerUrl: string): OpenDemoAccounts {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    max: 2,
    application_name: 'countersign-demo-sign-in',
  })
  // An idle connection ends when the database does; without a listener that would end this process.
  pool.on('error', () => undefined)
  return {
    checkPassword: (login, password) => checkInAnyTenant(pool, login, password),
    findStaffAccount: (login) => findInAnyTenant(pool, login, findStaff),
    findEmployeeAccount: (login) => findInAnyTenant(pool, login, findEmployee),
    withAccount: (login, work) => withAccount(pool, login, work),
    adoptIssuer: (issuer) => adoptIssuer(pool, issuer),
    close: () => pool.end(),
  }
}

/** A login may exist in several organisations; the one whose password it is counts. */
async function checkInAnyTenant(pool: pg.Pool, login: string, password: string): Promise<PasswordAnswer> {
  let answer: PasswordAnswer = 'wrong'
  for (const tenant of await tenantsOf(pool)) {
    const found = await inTenant(pool, tenant, (client) => checkPassword(client, login, password))
    if (found === 'ok') return found
    answer = found ?? answer
  }
  return answer
}

async function checkPassword(
  client: pg.ClientBase,
  login: string,
  password: string,
): Promise<PasswordAnswer | undefined> {
  // The row is held, so that tries side by side are counted one after the other.
  const { rows } = await client.query<Account>(
    `select directory_id, password_hash, state from directory_accounts
      where tenant_id = current_setting('app.tenant')::uuid and lower(login) = lower($1) for update`,
    [login],
  )
  const [account] = rows
  if (!account) return undefined
  if (account.state !== 'active') return account.state
  const isRight = await verify(account.password_hash, password)
  await client.query(
    `update directory_accounts set
       failed_tries = case when $2 then 0 else failed_tries + 1 end,
       state = case when not $2 and failed_tries + 1 >= $3 then 'locked' else state end,
       locked_at = case when not $2 and failed_tries + 1 >= $3 then now() else locked_at end
      where tenant_id = current_setting('app.tenant')::uuid and directory_id = $1`,
    [account.directory_id, isRight, TRIES_BEFORE_LOCK],
  )
  return isRight ? 'ok' : 'wrong'
}

async function withAccount<T>(
  pool: pg.Pool,
  login: string,
  work: (client: pg.ClientBase, account: FactorAccount) => Promise<T>,
): Promise<T | undefined> {
  for (const tenant of await tenantsOf(pool)) {
    const done = await inTenant(pool, tenant, async (client) => {
      const { rows } = await client.query<FactorAccount>(
        `select directory_id, enrolment_hash, coalesce(enrolment_expires_at > now(), false) as is_code_good
           from directory_accounts
          where tenant_id = current_setting('app.tenant')::uuid and lower(login) = lower($1) for update`,
        [login],
      )
      const [account] = rows
      return account && { value: await work(client, account) }
    })
    if (done !== undefined) return done.value
  }
  return undefined
}

type Find = (client: pg.ClientBase, login: string) => Promise<StaffAccount | undefined>

async function findInAnyTenant(pool: pg.Pool, login: string, find: Find): Promise<StaffAccount | undefined> {
  for (const tenant of await tenantsOf(pool)) {
    const found = await inTenant(pool, tenant, (client) => find(client, login))
    if (found) return found
  }
  return undefined
}

async function findStaff(client: pg.ClientBase, login: string): Promise<StaffAccount | undefined> {
  const { rows } = await client.query<StaffAccount>(
    `select s.subject as sub, s.display_name as name, s.email
       from staff s
       join people p on p.tenant_id = s.tenant_id and p.id = s.person_id
       join directory_accounts a on a.tenant_id = p.tenant_id and a.directory_id = p.directory_id
      where s.tenant_id = current_setting('app.tenant')::uuid and lower(a.login) = lower($1) and s.disabled_at is null`,
    [login],
  )
  return rows[0]
}

async function findEmployee(client: pg.ClientBase, login: string): Promise<StaffAccount | undefined> {
  const { rows } = await client.query<StaffAccount>(
    `select p.sign_in_subject as sub, p.display_name as name, p.work_email as email
       from people p join directory_accounts a on a.tenant_id = p.tenant_id and a.directory_id = p.directory_id
      where p.tenant_id = current_setting('app.tenant')::uuid and lower(a.login) = lower($1)
        and p.sign_in_subject is not null`,
    [login],
  )
  return rows[0]
}

async function adoptIssuer(pool: pg.Pool, issuer: string): Promise<void> {
  const earlier = '^http://127\\.0\\.0\\.1:[0-9]+$'
  for (const tenant of await tenantsOf(pool)) {
    await inTenant(pool, tenant, async (client) => {
      const values = [tenant, issuer, earlier]
      await client.query('update staff set issuer = $2 where tenant_id = $1 and issuer ~ $3', values)
      await client.query('update tenants set oidc_issuer = $2 where id = $1 and oidc_issuer ~ $3', values)
    })
  }
}

async function tenantsOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select id from tenants order by created_at, id')
  return rows.map(({ id }) => id)
}

async function inTenant<T>(
  pool: pg.Pool,
  tenant: string,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('app.tenant', $1, true)", [tenant])
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
