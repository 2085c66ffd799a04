import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dashboard } from './queries/dashboard.ts'
import { eventRow, factRow } from './rows.ts'
import { events, verifications } from './tables.ts'
import { cohortReports } from './testing/reports.ts'
import { createTestStore } from './testing/store.ts'
import type { TestStore } from './testing/store.ts'
import { eventsOf } from './testing/story.ts'

const [tenantId, otherTenantId] = [randomUUID(), randomUUID()]
const startedAt = '2026-03-02T09:00:00.000Z'
let test: TestStore

const attacks = [
  `' or 1=1 --`,
  `x' union all select name from system.tables --`,
  `'); drop table verifications; --`,
  `\\'; drop table events; --`,
  `{tenant:UUID}`,
  `') or tenant_id != '`,
  `\u0000'; drop table events`,
  `Europe/Berlin'), (select 1`,
]
const usual = {
  tenant: tenantId,
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-03-03T00:00:00Z'),
  timeZone: 'UTC',
  purpose: '',
  channel: '',
}
const parameters = Object.keys(usual) as (keyof typeof usual)[]
/** With what the console adds: verifications that its reader may not see, as the store takes them; here none. */
const bound = { ...usual, without: '' }

const Count = z.strictObject({ count: z.int() })
const rowsIn = async (table: string): Promise<number> => {
  const sql = `select count() as count from ${table}`
  const [row] = await test.store.query({ name: 'count', sql, params: z.strictObject({}), row: Count }, {})
  return row?.count ?? -1
}

beforeAll(async () => {
  test = await createTestStore()
  for (const tenant of [tenantId, otherTenantId]) {
    const some = eventsOf({ tenantId: tenant, startedAt, happened: [[0, 'verification.created']] })
    await test.store.insert(events, some.map(eventRow), tenant)
    await test.store.insert(
      verifications,
      some.flatMap((event) => factRow(event) ?? []),
      tenant,
    )
  }
})
afterAll(() => test.drop())

/** The report without its own parameter check: what only the store's binding protects. */
const unchecked = (report: (typeof cohortReports)[number]) => ({
  ...report,
  params: z.record(z.string(), z.unknown()),
  row: z.record(z.string(), z.unknown()),
})

describe('K1: hostile parameters', () => {
  it.each(parameters)('%s is refused before the store is asked', async (parameter) => {
    for (const attack of attacks) {
      const query = { from: usual.from.toISOString(), to: usual.to.toISOString(), timeZone: 'UTC' }
      const [tenant, hostile] =
        parameter === 'tenant' ? [attack, query] : [tenantId, { ...query, [parameter]: attack }]
      const problem: unknown = await dashboard(test.store, tenant, hostile).catch((error: unknown) => error)
      expect(problem).toBeInstanceOf(z.ZodError)
      expect((problem as z.ZodError).issues[0]?.path).toEqual([parameter])
    }
  })

  it.each(parameters)('%s is only a value to the store, whatever it holds', async (parameter) => {
    for (const report of cohortReports) {
      const honest = countedIn(await test.store.query(unchecked(report), bound))
      const attacked = attacks.map(async (attack) => {
        const rows = await test.store
          .query(unchecked(report), { ...bound, [parameter]: attack })
          .catch(() => [])
        return countedIn(rows)
      })
      // A slice that matches nothing, or a value that is no UUID, time or zone. Only a question that does not ask for
      // the time zone has its usual answer.
      const asksForIt = report.sql.includes(`{${parameter}:`)
      expect(new Set(await Promise.all(attacked))).toEqual(new Set([asksForIt ? 0 : honest]))
    }
    expect([await rowsIn('events'), await rowsIn('verifications')]).toEqual([2, 2])
  })

  it('verifications that are left out are only a value to the store, whatever they hold', async () => {
    for (const report of cohortReports) {
      const honest = countedIn(await test.store.query(unchecked(report), bound))
      for (const attack of attacks) {
        const rows = await test.store.query(unchecked(report), { ...bound, without: attack })
        expect(countedIn(rows)).toBe(honest)
      }
    }
    expect([await rowsIn('events'), await rowsIn('verifications')]).toEqual([2, 2])
  })

  it('text in an event stays text', async () => {
    const hostile = eventsOf({ tenantId: randomUUID(), startedAt, happened: [[0, 'verification.created']] })
    const [event] = hostile
    if (event === undefined) throw new Error('A story needs an event.')
    const payload = { ...Object(event.payload), channel: attacks[2], referrerId: attacks[3] }
    await test.store.insert(events, [eventRow({ ...event, payload })], 'hostile')
    expect([await rowsIn('events'), await rowsIn('verifications')]).toEqual([3, 2])
  })
})

/** All verifications that rows tell of: their counts added up. */
function countedIn(rows: readonly Record<string, unknown>[]): number {
  return rows
    .flatMap(({ started, count, reached, easy, hard }) => [started, count, easy, hard, reached].flat())
    .reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0)
}
