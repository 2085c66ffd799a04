import { afterAll, beforeAll } from 'vitest'
import type { Db } from '../connect.ts'
import { outsideTenants, type Queryable } from '../transaction.ts'
import { connectTest, createTestDatabase, type TestDatabase } from './database.ts'

/** A database for the tests of one file, with a pool for each role. */
export type OpenDatabase = {
  readonly addresses: TestDatabase
  readonly ownerDb: Db
  readonly api: Db
  readonly worker: Db
  /** Sees and writes everything: for preparing and looking, never for proving. */
  readonly owner: Queryable
}

/** Opens one before the file's tests and drops it after them. Call at the top level; use the result inside tests. */
export function useDatabase(): OpenDatabase {
  let open: OpenDatabase | undefined
  beforeAll(async () => {
    const addresses = await createTestDatabase()
    const ownerDb = connectTest(addresses.ownerUrl)
    const [api, worker] = [connectTest(addresses.apiUrl), connectTest(addresses.workerUrl)]
    open = { addresses, ownerDb, api, worker, owner: outsideTenants(ownerDb) }
  })
  afterAll(async () => {
    if (open === undefined) return
    await Promise.all([open.ownerDb.close(), open.api.close(), open.worker.close()])
    await open.addresses.drop()
  })
  const get = (): OpenDatabase => {
    if (open === undefined) throw new Error('The test database is open inside tests only.')
    return open
  }
  return {
    get addresses() {
      return get().addresses
    },
    get ownerDb() {
      return get().ownerDb
    },
    get api() {
      return get().api
    },
    get worker() {
      return get().worker
    },
    get owner() {
      return get().owner
    },
  }
}
