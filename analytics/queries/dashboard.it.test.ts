import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Dashboard as Contract } from '#api/contract/console-reports.ts'
import { eventRow, factRow } from '../rows.ts'
import type { OutboxEvent } from '../rows.ts'
import { events, verifications } from '../tables.ts'
import { okafor, stories, tenantId, weiss } from '../testing/dashboard-stories.ts'
import { createTestStore } from '../testing/store.ts'
import type { TestStore } from '../testing/store.ts'
import { eventsOf } from '../testing/story.ts'
import { dashboard } from './dashboard.ts'
import type { Dashboard, DashboardQuery } from './dashboard.ts'

const query: DashboardQuery = {
  from: '2026-03-01T23:00:00.000Z',
  to: '2026-03-04T23:00:00.000Z',
  timeZone: 'Europe/Berlin',
}

const recorded = stories.flatMap(eventsOf)
let test: TestStore

const put = async (some: readonly OutboxEvent[], token: string) => {
  await test.store.insert(events, some.map(eventRow), token)
  await test.store.insert(
    verifications,
    some.flatMap((event) => factRow(event) ?? []),
    token,
  )
}
const asked = (change: Partial<DashboardQuery> = {}): Promise<Dashboard> =>
  dashboard(test.store, tenantId, { ...query, ...change })
const valuesOf = ({ figures }: Dashboard) =>
  Object.fromEntries(Object.entries(figures).map(([name, { value, previous }]) => [name, [value, previous]]))

beforeAll(async () => {
  test = await createTestStore()
  await put(recorded, 'all')
})
afterAll(() => test.drop())

describe('the dashboard, counted by hand', () => {
  it('gives the headline figures and those of the period before', async () => {
    expect(valuesOf(await asked())).toEqual({
      started: [6, 1],
      // Closed: five. With a result: four, of which three passed.
      completionRate: [4 / 5, 0],
      passRate: [3 / 4, null],
      // 100, 200, 300, 400 s
      medianSeconds: [250, null],
      p95Seconds: [385, null],
      // 6 of 9 answers; skipped ones are not counted.
      challengeSuccess: [6 / 9, null],
      highRisk: [1, 0],
      // The newest label counts, and only of a refusal.
      overturned: [1, 0],
    })
  })

  it('gives every day of the period in the time zone of the reader', async () => {
    const { outcomesByDay, timeByDay, figures, previous } = await asked()
    expect(outcomesByDay).toEqual([
      { day: '2026-03-02', counts: { passed: 2, failed: 1 } },
      { day: '2026-03-03', counts: { timed_out: 1 } },
      { day: '2026-03-04', counts: { passed: 1, open: 1 } },
    ])
    expect(timeByDay.map(({ median }) => median)).toEqual([200, null, 300])
    expect(figures.started.spark).toEqual([3, 1, 2])
    expect(figures.passRate.spark).toEqual([2 / 3, null, 1])
    expect(previous).toEqual({ from: '2026-02-26T23:00:00.000Z', to: '2026-03-01T23:00:00.000Z' })
  })

  it('gives the funnel; a later step implies the earlier ones', async () => {
    expect((await asked()).funnel).toEqual([
      { step: 'sent', count: 5 },
      { step: 'delivered', count: 4 },
      { step: 'opened', count: 4 },
      { step: 'code', count: 4 },
      { step: 'answered', count: 4 },
      { step: 'scored', count: 4 },
      { step: 'approved', count: 3 },
      { step: 'done', count: 2 },
    ])
  })

  it('gives risk, reasons, feedback and hours', async () => {
    const { riskBins, topReasons, feedback, hourOfWeek } = await asked()
    expect(riskBins.map(({ count }) => count)).toEqual([0, 1, 0, 0, 2, 0, 0, 0, 0, 1])
    expect(riskBins[9]).toEqual({ from: 9, to: 10, count: 1 })
    expect(topReasons).toEqual([
      { code: 'CHA_ANSWER', count: 2 },
      { code: 'NET_NEW_COUNTRY', count: 2 },
      { code: 'NET_TOR_EXIT', count: 1 },
    ])
    expect(feedback).toEqual({ easy: 1, hard: 1 })
    const starts = hourOfWeek.flatMap((hours, day) =>
      hours.flatMap((count, hour) => (count > 0 ? [[day, hour, count]] : [])),
    )
    expect(starts).toEqual([
      [0, 0, 1],
      [0, 10, 2],
      [1, 23, 1],
      [2, 13, 1],
      [2, 23, 1],
    ])
  })

  it('gives slices by channel, purpose and agent', async () => {
    const { byChannel, byPurpose, byAgent } = await asked()
    const short = (slices: Dashboard['byAgent']) =>
      slices.map(({ key, started, closed, passed, medianSeconds, highRisk }) => [
        key,
        started,
        closed,
        passed,
        medianSeconds,
        highRisk,
      ])
    expect(short(byChannel)).toEqual([
      ['sms', 5, 4, 2, 300, 1],
      ['email', 1, 1, 1, 200, 0],
    ])
    expect(short(byPurpose)).toEqual([
      ['password_reset', 5, 4, 2, 200, 1],
      ['identity_check', 1, 1, 1, 300, 0],
    ])
    expect(short(byAgent)).toEqual([
      [okafor, 3, 2, 2, 150, 0],
      [weiss, 2, 2, 0, 400, 1],
    ])
  })

  it('applies slices to every tile', async () => {
    const found = await asked({ channel: 'email', purpose: 'password_reset' })
    expect(found.figures.started).toEqual({ value: 1, previous: 0, spark: [1, 0, 0] })
    expect(found.byAgent.map(({ key }) => key)).toEqual([okafor])
    expect(found.funnel.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
  })

  it('is what the contract promises, also where nothing happened', async () => {
    expect(Contract.parse(await asked())).toEqual(await asked())
    const nothing = await asked({ from: '2020-01-01T00:00:00Z', to: '2020-01-03T00:00:00Z', timeZone: 'UTC' })
    expect(Contract.parse(nothing).figures.passRate).toEqual({
      value: null,
      previous: null,
      spark: [null, null],
    })
  })
})

describe('deliveries', () => {
  it('R7: duplicates, other orders and other blocks change no figure', async () => {
    const before = await asked()
    await put(recorded, 'all')
    await put(recorded.toReversed(), 'reversed')
    await put(recorded.slice(3), 'late')
    for (const event of recorded.slice(0, 20)) await put([event], event.eventId)
    expect(await asked()).toEqual(before)
    await test.store.command('optimize table verifications final')
    expect(await asked()).toEqual(before)
    const Count = z.strictObject({ count: z.int() })
    const sql = 'select count() as count from events final'
    const kept = await test.store.query({ name: 'count', sql, params: z.strictObject({}), row: Count }, {})
    expect(kept).toEqual([{ count: recorded.length }])
  })

  it.each([
    ['alone, last first', recorded.toReversed(), 1],
    ['alone, first first', recorded, 1],
    // Blocks that end in the middle of a verification: what comes later is in another part of the table.
    ['by fives', recorded, 5],
    ['by twenties', recorded, 20],
  ])('comes to the same figures when events arrive %s', async (_how, some, size) => {
    const other = await createTestStore()
    const kept = test
    const before = await asked()
    try {
      test = other
      for (let at = 0; at < some.length; at += size) await put(some.slice(at, at + size), `block-${at}`)
      expect(await asked()).toEqual(before)
    } finally {
      test = kept
      await other.drop()
    }
  })
})

describe('isolation', () => {
  it('I2: a tenant without verifications sees none of the others', async () => {
    const empty = await dashboard(test.store, randomUUID(), query)
    expect(empty.figures.started).toEqual({ value: 0, previous: 0, spark: [0, 0, 0] })
    expect([empty.byAgent, empty.byChannel, empty.byPurpose, empty.topReasons]).toEqual([[], [], [], []])
    expect(empty.funnel.every(({ count }) => count === 0)).toBe(true)
  })
})
