/** Thirty thousand people of a real slapd into our tables, and a hundred changes after them. */
import { syncPeople } from '#activities/directory/sync-people.ts'
import { changeOne, goneOfChanges, manyPeople } from '#activities/directory/testing/many-people.ts'
import { openSlapdScene } from '#activities/directory/testing/slapd-bench.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { outsideTenants } from '#platform/database/transaction.ts'
import { withDatabase } from '../lib/servers.ts'

const people = 30_000
const changes = 100
const perMegabyte = 2 ** 20

/** Times in seconds; memory in MB above what the process held before. `problems`: what came to something else than it had to. */
export type SyncFigures = {
  readonly wholeSeconds: number
  readonly growthMb: number
  readonly changesSeconds: number
  readonly nothingSeconds: number
  readonly problems: number
}

const rss = (): number => process.memoryUsage().rss / perMegabyte

/** The highest that the process held while `work` ran. */
const highestOf = async (work: () => Promise<unknown>): Promise<number> => {
  let highest = rss()
  const watch = setInterval(() => (highest = Math.max(highest, rss())), 20)
  try {
    await work()
  } finally {
    clearInterval(watch)
  }
  return highest
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

const countGood = async (owner: Db, tenantId: string): Promise<number> => {
  const row = await outsideTenants(owner).one<{ there: number; gone: number; renamed: number }>(
    `select count(*) filter (where account_state <> 'deleted')::int as there,
       count(*) filter (where account_state = 'deleted')::int as gone,
       count(*) filter (where login like 'renamed%')::int as renamed from people where tenant_id = $1`,
    [tenantId],
  )
  const wanted = [people - goneOfChanges, goneOfChanges, goneOfChanges]
  return [row?.there, row?.gone, row?.renamed].filter((count, index) => count !== wanted[index]).length
}

/** Measures both on a slapd and a database of their own. */
export const measureSync = (): Promise<SyncFigures> =>
  withDatabase(async (database) => {
    const scene = await openSlapdScene(manyPeople(people))
    const open = (url: string, name: string) =>
      connect({ url, max: 4, applicationName: `countersign-bench-${name}`, statementTimeoutMs: 8_000 })
    const [owner, worker] = [open(database.owner, 'owner'), open(database.worker, 'worker')]
    try {
      const { id: tenantId } = await makeTenant(outsideTenants(owner))
      const deps = { db: worker, keys: testKeys().worker }
      const sync = () => syncPeople(deps, tenantId, 'corp', scene.bench.directory)
      const before = rss()
      let wholeSeconds = 0
      const highest = await highestOf(async () => (wholeSeconds = await secondsOf(sync)))
      const nothingSeconds = await secondsOf(sync)
      for (let index = 0; index < changes; index += 1) await changeOne(scene.admin, people, index)
      const changesSeconds = await secondsOf(sync)
      const problems = await countGood(owner, tenantId)
      return { wholeSeconds, growthMb: highest - before, changesSeconds, nothingSeconds, problems }
    } finally {
      await Promise.all([owner.close(), worker.close()])
      await scene.close()
    }
  })
