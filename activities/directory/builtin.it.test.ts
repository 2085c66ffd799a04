import { randomUUID } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { beforeAll } from 'vitest'
import { useDatabase } from '#platform/database/testing/open.ts'
import { insertRow, makeTenant } from '#platform/database/testing/factories.ts'
import { createBuiltin } from './builtin.ts'
import type { BenchAccount, DirectoryBench } from './testing/bench.ts'
import { describeDirectory } from './testing/contract.ts'

const database = useDatabase()
let tenantId = ''

type Row = {
  readonly password_hash: string
  readonly state: string
  readonly must_change: boolean
  readonly writes: number
}

const cheap = { memoryCost: 1024, timeCost: 1 }

const rowOf = ({ directoryId }: BenchAccount): Promise<Row> =>
  database.owner.one<Row>(
    `select a.password_hash, a.state, a.must_change,
       (select count(*)::int from directory_password_history h
         where h.tenant_id = a.tenant_id and h.directory_id = a.directory_id) as writes
     from directory_accounts a where a.tenant_id = $1 and a.directory_id = $2`,
    [tenantId, directoryId],
  ) as Promise<Row>

const change = async ({ directoryId }: BenchAccount, set: string, ...values: unknown[]): Promise<void> => {
  await database.owner.run(
    `update directory_accounts set ${set} where tenant_id = $1 and directory_id = $2`,
    [tenantId, directoryId, ...values],
  )
}

const newAccount = async (): Promise<BenchAccount> => {
  const account = { directoryId: randomUUID(), login: `test-${randomUUID()}`, password: 'Old-Harbour-1-old' }
  await insertRow(database.owner, 'directory_accounts', {
    tenant_id: tenantId,
    directory_id: account.directoryId,
    login: account.login,
    password_hash: await hash(account.password, cheap),
  })
  return account
}

const setElsewhere = async (account: BenchAccount, password: string): Promise<void> => {
  const theirs = await hash(password, cheap)
  await change(account, 'password_hash = $3, version = version + 1, last_operation_id = null', theirs)
  await insertRow(database.owner, 'directory_password_history', {
    tenant_id: tenantId,
    directory_id: account.directoryId,
    password_hash: theirs,
  })
}

beforeAll(async () => {
  tenantId = (await makeTenant(database.owner)).id
})

describeDirectory('the demo organisation’s', (): DirectoryBench => ({
  directory: createBuiltin(database.worker, tenantId),
  tellsOneWriteFromTwo: true,
  newAccount,
  setElsewhere,
  signsIn: async (account, password) => {
    const row = await rowOf(account)
    return row.state === 'active' && (await verify(row.password_hash, password))
  },
  passwordWrites: async (account) => (await rowOf(account)).writes,
  lockOut: (account) => change(account, `state = 'locked', failed_tries = 5, locked_at = now()`),
  disable: (account) => change(account, `state = 'disabled'`),
  mustChange: async (account) => (await rowOf(account)).must_change,
}))
