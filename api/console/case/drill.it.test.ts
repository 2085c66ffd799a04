/** Every tile of the dashboard against the list behind it, over the demo organisation's past. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { factRow } from '#analytics/rows.ts'
import { verifications } from '#analytics/tables.ts'
import { createTestStore, type TestStore } from '#analytics/testing/store.ts'
import {
  binDrill,
  figureDrills,
  hourDrill,
  listHref,
  openStates,
  scored,
  type Drill,
} from '#console/pages/Dashboard/list-href.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { openOutbox } from '#platform/database/outbox.ts'
import { northwind } from '#dev/seeds/charts.ts'
import { writePast } from '#dev/seeds/history/write.ts'
import { writeOrganisation } from '#dev/seeds/organisation.ts'
import { tenantIdOf } from '#dev/seeds/people.ts'
import { connectTest } from '#platform/database/testing/database.ts'
import { untilReadable } from '#platform/database/testing/readable.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Dashboard } from '../../contract/console-reports.ts'
import { callConsole, createTestApi, signIn, type SignedIn, type TestApi } from '../../testing/test-api.ts'

const timeZone = 'Europe/Berlin'
const dayMs = 86_400_000
const now = new Date()
const period = { from: new Date(now.getTime() - 75 * dayMs).toISOString(), to: now.toISOString() }
/** The demo organisation with a shorter past: enough of everything, and below what the list counts. */
const chart = { ...northwind, pastVerifications: 600 }

let store: TestStore
let api: TestApi
let supervisor: SignedIn
let tiles: Dashboard

/** Address of the API's own database for another login; the test cluster asks for no passwords. */
const addressFor = (login: string): string => {
  const url = new URL(api.db.options.url)
  url.username = login
  return url.href
}

const relayAll = async (): Promise<void> => {
  const worker = connectTest(addressFor('countersign_worker'), 2)
  try {
    const outbox = openOutbox(worker, 'drill')
    await untilReadable(worker)
    for (;;) {
      const { from, rows } = await outbox.take(10_000)
      const last = rows.at(-1)
      if (last === undefined) return
      const facts = rows.flatMap((row) => factRow(row) ?? [])
      await store.store.insert(verifications, facts, `drill-${String(last.id)}`)
      await outbox.advance(from, { xid: last.xid, id: last.id })
    }
  } finally {
    await worker.close()
  }
}

const get = async (path: string) => {
  const answer = await callConsole(api, supervisor, path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.json
}

/** The list's count at a tile's address. */
const countOf = async (drill: Drill, slice = {}): Promise<number> => {
  const href = listHref(period, slice, drill)
  const { count } = await get(`/api/console${href}&limit=1`)
  expect([href, count.capped]).toEqual([href, false])
  return count.value as number
}

const askTiles = (slice: Readonly<Record<string, string>> = {}): Promise<Dashboard> =>
  get(`/api/console/reports/dashboard?${new URLSearchParams({ ...period, timeZone, ...slice }).toString()}`)

const seed = async (): Promise<void> => {
  const keys = testKeys().worker
  const owner = connectTest(addressFor(new URL(inject('databaseUrl')).username), 1)
  try {
    const context = { keys, at: now, issuer: 'https://sign-in.example.org', passwordHash: 'nobody signs in' }
    await inTenant(owner, tenantIdOf(chart), (tx) => writeOrganisation(tx, chart, context))
    await writePast(owner, chart, keys, now)
  } finally {
    await owner.close()
  }
}

beforeAll(async () => {
  store = await createTestStore()
  api = await createTestApi({ deps: { querier: store.store } })
  await seed()
  await relayAll()
  supervisor = await signIn(api, tenantIdOf(chart), 'supervisor')
  tiles = await askTiles()
}, 600_000)
afterAll(async () => {
  await api.stop()
  await store.drop()
})

describe('the list behind a tile counts what the tile counts', () => {
  it('has something to count, and no tile is so large that the list stops counting', () => {
    expect(tiles.figures.started.value).toBeGreaterThan(200)
    expect(tiles.figures.started.value).toBeLessThan(1_000)
    expect(tiles.topReasons.length).toBeGreaterThan(5)
    expect(tiles.feedback.hard).toBeGreaterThan(5)
    // Some were scored and then lost on the way to a second contact: they have a risk and no score in force.
    expect(tiles.riskBins.filter(({ count }) => count > 0).length).toBeGreaterThan(3)
  })

  it('figures that count', async () => {
    const { started, highRisk, overturned } = tiles.figures
    expect(overturned.value).toBeGreaterThan(0)
    expect(await countOf(figureDrills.overturned ?? {})).toBe(overturned.value)
    expect(await countOf(figureDrills.started ?? {})).toBe(started.value)
    expect(await countOf(figureDrills.highRisk ?? {})).toBe(highRisk.value)
    const byEnding = (ending: string) =>
      tiles.outcomesByDay.reduce((sum, { counts }) => sum + (counts[ending] ?? 0), 0)
    const results = byEnding('passed') + byEnding('failed') + byEnding('not_enough_questions')
    expect(await countOf(figureDrills.completionRate ?? {})).toBe(results)
    expect(await countOf(figureDrills.medianSeconds ?? {})).toBe(results)
    expect(await countOf(figureDrills.passRate ?? {})).toBe(byEnding('passed'))
    for (const outcome of outcomes) expect(await countOf({ outcome })).toBe(byEnding(outcome))
    expect(await countOf({ state: openStates })).toBe(byEnding('open'))
  })

  it('steps of the funnel', async () => {
    for (const { step, count } of tiles.funnel) expect([step, await countOf({ step })]).toEqual([step, count])
  })

  it('bins of risk', async () => {
    for (const bin of tiles.riskBins)
      expect([bin.from, await countOf(binDrill(bin))]).toEqual([bin.from, bin.count])
    expect(await countOf(scored)).toBe(tiles.riskBins.reduce((sum, { count }) => sum + count, 0))
  })

  it('reasons and feedback', async () => {
    for (const { code, count } of tiles.topReasons)
      expect([code, await countOf({ reason: code })]).toEqual([code, count])
    const { easy, hard } = tiles.feedback
    expect(await countOf({ feedback: 'easy' })).toBe(easy)
    expect(await countOf({ feedback: 'hard' })).toBe(hard)
    expect(await countOf({ feedback: 'easy,hard' })).toBe(easy + hard)
  })

  it('channels, purposes and agents', async () => {
    for (const { key, started } of tiles.byChannel) expect(await countOf({ channel: key })).toBe(started)
    for (const { key, started } of tiles.byPurpose) expect(await countOf({ purpose: key })).toBe(started)
    for (const { key, started } of tiles.byAgent) expect(await countOf({ referrer: key })).toBe(started)
  })

  it('hours of the week, by the clocks of the reader', async () => {
    const busiest = tiles.hourOfWeek
      .flatMap((row, day) => row.map((count, hour) => ({ day, hour, count })))
      .sort((a, b) => b.count - a.count)
    expect(busiest[0]?.count).toBeGreaterThan(2)
    for (const { day, hour, count } of [...busiest.slice(0, 24), ...busiest.slice(-4)])
      expect([day, hour, await countOf(hourDrill(day, hour, timeZone))]).toEqual([day, hour, count])
  })

  it('D7: cases of their own manager and reports are in neither', async () => {
    const person = await api.owner.one<{ id: string; cases: number }>(
      `select p.manager_id as id, count(*)::integer as cases from people p
       join verifications v on v.tenant_id = p.tenant_id and v.person_id = p.id
       where p.tenant_id = $1 and p.manager_id is not null and v.created_at >= $2
       group by p.manager_id order by cases desc limit 1`,
      [tenantIdOf(chart), period.from],
    )
    expect(person?.cases).toBeGreaterThan(3)
    await api.owner.run('update staff set person_id = $2 where id = $1', [supervisor.staffId, person?.id])
    const own = await askTiles()
    const left = (tiles.figures.started.value ?? 0) - (own.figures.started.value ?? 0)
    expect(left).toBeGreaterThanOrEqual(person?.cases ?? 0)
    expect(await countOf({})).toBe(own.figures.started.value)
    for (const { step, count } of own.funnel) expect([step, await countOf({ step })]).toEqual([step, count])
    for (const { key, started } of own.byAgent) expect(await countOf({ referrer: key })).toBe(started)
  })

  it('all of it within a slice of the dashboard', async () => {
    const slice = { channel: 'sms', purpose: 'password_reset' }
    const { funnel, topReasons, figures } = await askTiles(slice)
    expect(await countOf({}, slice)).toBe(figures.started.value)
    for (const { step, count } of funnel) expect(await countOf({ step }, slice)).toBe(count)
    for (const { code, count } of topReasons.slice(0, 3))
      expect(await countOf({ reason: code }, slice)).toBe(count)
  })
})
