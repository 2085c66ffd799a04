/** A search in a real slapd and in a silent server beside it, into our tables. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepOffers } from '#services/people/directory-syncs.ts'
import { makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createLogger } from '#platform/process/log.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { openDirectories } from './index.ts'
import { createSearchDirectories } from './search-directories.ts'
import { syncPeople } from './sync-people.ts'
import { openSlapdScene, type SlapdScene } from './testing/slapd-bench.ts'

const database = useDatabase()
const keys = testKeys()
const silent = createServer(() => undefined)
let scene: SlapdScene

beforeAll(async () => {
  scene = await openSlapdScene()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  silent.close()
  await scene.close()
})

/** A tenant of slapd, of the silent server, or of both; read once. */
const openTenant = async (names: readonly ('corp' | 'silent')[]) => {
  const { id: tenantId } = await makeTenant(database.owner)
  const { port } = silent.address() as { port: number }
  const url = { corp: scene.slapd.url, silent: `ldaps://localhost:${String(port)}` }
  const named = names.map((name) => ({ tenantId, options: scene.options({ name, url: url[name] }) }))
  const { openDirectory } = openDirectories(database.worker, keys.worker, named)
  const log = createLogger({ process: 'worker', level: 'silent' })
  const deps = { db: database.worker, keys: keys.worker, openDirectory, log }
  for (const name of names)
    await inTenant(database.worker, tenantId, (tx) =>
      keepOffers(tx, name, [...openDirectory(tenantId, name).offers]),
    )
  if (names.includes('corp')) await syncPeople(deps, tenantId, 'corp', openDirectory(tenantId, 'corp'))
  const search = (words: string) => {
    const searchId = randomUUID()
    const place = { tenantId, verificationId: searchId, kind: 'directory_search', row: searchId } as const
    const sealedWords = sealForWorker(keys.api, place, words).toString('base64')
    return createSearchDirectories(deps)({ search: { tenantId, searchId, sealedWords } })
  }
  const row = (personId = '') =>
    database.owner.one<Record<string, unknown>>(
      `select directory_id as "directoryId", login, tier, account_state as state from people
       where tenant_id = $1 and id = $2`,
      [tenantId, personId],
    )
  return { search, row }
}

describe('a search in a real slapd', () => {
  it('finds a person created a moment ago whom no reading has seen, and a silent directory keeps nobody waiting', async () => {
    const { search, row } = await openTenant(['corp', 'silent'])
    const account = await scene.bench.newAccount()
    const startedAt = performance.now()
    const found = await search(account.login)
    expect(performance.now() - startedAt).toBeLessThan(6_000)
    expect(found).toMatchObject({ more: false, silent: ['silent'] })
    expect(await row(found.personIds[0])).toEqual({
      directoryId: account.directoryId,
      login: account.login,
      tier: 'standard',
      state: 'active',
    })
  })

  it('D2: finds a nested administrator as privileged, and a disabled account as disabled', async () => {
    const { search, row } = await openTenant(['corp'])
    const [admin, off] = [await scene.bench.newAccount(), await scene.bench.newAccount()]
    await scene.bench.makePrivileged?.(admin)
    await scene.bench.disable(off)
    expect(await row((await search(admin.login)).personIds[0])).toMatchObject({ tier: 'privileged' })
    expect(await row((await search(off.login)).personIds[0])).toMatchObject({ state: 'disabled' })
  })

  it('D9, K2: takes a joker for a letter, and gives 20 at most', async () => {
    const { search } = await openTenant(['corp'])
    for (let index = 0; index < 21; index += 1) await scene.bench.newAccount()
    expect(await search('te*t')).toEqual({ personIds: [], more: false, silent: [] })
    const many = await search('test-')
    expect([many.personIds.length, many.more]).toEqual([20, true])
  })
})
