/**
 * A process that locks accounts and kills itself (SIGKILL) at one point of the directory, for `account-locks.it.test.ts`. Told
 * by its environment: LOCKER (JSON) and KILL_AT = `<find|lockAccount|readBack>:<before|after>`.
 */
import { connect } from '#platform/database/connect.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import type { GuardedDirectory } from '../directory/port.ts'
import { lockAccounts } from '../maintenance/lock-accounts.ts'
import { testWorldDeps } from './test-world-deps.ts'

/** A mortal locker gets these settings. */
export type MortalLocker = {
  readonly databaseUrl: string
  readonly keyFile: string
  readonly tenantId: string
}

const told = JSON.parse(process.env['LOCKER'] ?? '{}') as MortalLocker

const dieAt = (point: string): void => {
  if (process.env['KILL_AT'] === point) process.kill(process.pid, 'SIGKILL')
}

const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  dieAt(`${name}:before`)
  const answer = await work()
  dieAt(`${name}:after`)
  return answer
}

const mortal = (directory: GuardedDirectory): GuardedDirectory => ({
  ...directory,
  find: (id) => around('find', () => directory.find(id)),
  lockAccount: (lock) => around('lockAccount', () => directory.lockAccount(lock)),
  readBack: (write) => around('readBack', () => directory.readBack(write)),
})

const keys = loadKeys(told.keyFile, 'worker')
const db = connect({
  url: told.databaseUrl,
  max: 2,
  applicationName: 'mortal-locker',
  statementTimeoutMs: 8_000,
})
const deps = testWorldDeps(db, keys, { send: () => Promise.resolve({ kind: 'accepted', providerId: null }) })
await lockAccounts(
  { ...deps, openDirectory: (...where) => mortal(deps.openDirectory(...where)) },
  told.tenantId,
)
await db.close()
