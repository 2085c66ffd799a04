/** A sync of thirty thousand people of a real slapd into our tables, and of a hundred changes after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { createLdap } from './ldap/adapter.ts'
import { syncPeople } from './sync-people.ts'
import { changeOne, manyPeople } from './testing/many-people.ts'
import { openSlapdScene, type SlapdScene } from './testing/slapd-bench.ts'

const most = 30_000
const changed = 100
const database = useDatabase()
const keys = testKeys()
let scene: SlapdScene

const megabytes = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 2 ** 20)
}

beforeAll(async () => {
  scene = await openSlapdScene(manyPeople(most))
}, 300_000)
afterAll(() => scene.close())

describe('thirty thousand people', () => {
  it('are read page by page within 200 MB, and afterwards what changed alone', async () => {
    const { id: tenantId } = await makeTenant(database.owner)
    const deps = { db: database.worker, keys: keys.worker }
    const directory = createLdap(scene.options())
    const sync = () => syncPeople(deps, tenantId, 'corp', directory)
    const counts = () =>
      database.owner.one<Record<string, number>>(
        `select count(*)::int as people, count(manager_id)::int as managed,
           count(*) filter (where account_state = 'deleted')::int as gone,
           (select count(*)::int from contacts c where c.tenant_id = $1 and removed_at is null) as contacts
         from people where tenant_id = $1`,
        [tenantId],
      )
    const before = megabytes()
    let highest = before
    const watch = setInterval(
      () => (highest = Math.max(highest, Math.round(process.memoryUsage().rss / 2 ** 20))),
      50,
    )
    const startedAt = performance.now()
    expect(await sync()).toMatchObject({ read: most, refused: 0, skipped: 0, readEverybody: true })
    const fullMs = performance.now() - startedAt
    clearInterval(watch)
    expect(await counts()).toEqual({ people: most, managed: most - 1, gone: 0, contacts: 2 * most })

    for (let index = 0; index < changed; index += 1) await changeOne(scene.admin, most, index)
    const againAt = performance.now()
    const report = await sync()
    const changesMs = performance.now() - againAt
    expect(report).toMatchObject({ gone: 10, readEverybody: false })
    // Those that changed and are there, and the last few of before: the cursor goes back by the time that the sync took.
    expect(report?.read).toBeGreaterThanOrEqual(changed - 10)
    expect(report?.read).toBeLessThan(2 * changed)
    expect(await counts()).toMatchObject({ people: most, gone: 10, contacts: 2 * (most - 10) })
    const renamed = await database.owner.query<{ login: string }>(
      `select login from people where tenant_id = $1 and login like 'renamed%'`,
      [tenantId],
    )
    expect(renamed).toHaveLength(10)
    process.stdout.write(
      `sync of ${most} people: ${Math.round(fullMs)} ms, ${highest - before} MB; of ${changed} changes: ${Math.round(changesMs)} ms, ${report?.read} read\n`,
    )
    expect(highest - before).toBeLessThan(200)
  }, 300_000)
})
