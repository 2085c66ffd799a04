import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { analyticsPayload } from '#domain/events/analytics.ts'
import { openOutbox } from '#platform/database/outbox.ts'
import type { Outbox } from '#platform/database/outbox.ts'
import type { Db } from '#platform/database/connect.ts'
import { connectTest, createTestDatabase } from '#platform/database/testing/database.ts'
import type { TestDatabase } from '#platform/database/testing/database.ts'
import { appendOne } from '#platform/database/testing/events.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { untilReadable } from '#platform/database/testing/readable.ts'
import { inRelay, inTenant, outsideTenants } from '#platform/database/transaction.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { connectAnalytics } from './client.ts'
import type { Inserter } from './client.ts'
import { dashboard } from './queries/dashboard.ts'
import { createRelay } from './relay.ts'
import type { Relay, RelayBatching, RelayDeps } from './relay.ts'
import { createTestStore } from './testing/store.ts'
import type { TestStore } from './testing/store.ts'

let database: TestDatabase
let owner: Db
let worker: Db
let test: TestStore
let one: string
let two: string
let outbox: Outbox

beforeAll(async () => {
  ;[database, test] = await Promise.all([createTestDatabase(), createTestStore()])
  owner = connectTest(database.ownerUrl, 2)
  worker = connectTest(database.workerUrl, 8)
})
afterAll(async () => {
  await Promise.all([owner.close(), worker.close()])
  await Promise.all([database.drop(), test.drop()])
})
beforeEach(async () => {
  const rows = outsideTenants(owner)
  ;[one, two] = [(await makeTenant(rows)).id, (await makeTenant(rows)).id]
  outbox = openOutbox(worker, `test-${randomUUID()}`)
  // Rows that earlier tests left in the outbox are not this test's.
  await untilReadable(worker)
  for (let batch = await outbox.take(1000); batch.rows.length > 0; batch = await outbox.take(1000)) {
    const last = batch.rows.at(-1)
    if (last !== undefined) await outbox.advance(batch.from, { xid: last.xid, id: last.id })
  }
})

const nobody = { warn: () => undefined, info: () => undefined }
const relayOf = (change: Partial<RelayDeps> = {}, batch: Partial<RelayBatching> = {}): Relay =>
  createRelay({
    take: (limit) => outbox.take(limit),
    advance: (from, to) => outbox.advance(from, to),
    inserter: test.store,
    log: nobody,
    batch,
    ...change,
  })

/** Records one start of a verification, as the worker does. */
async function record(tx: Tx, eventId: string = randomUUID()): Promise<string> {
  const event = { type: 'verification.created', payload: {} } as const
  const analytics = analyticsPayload(event, {
    actor: { kind: 'system', id: 'test' },
    verification: {
      startedAt: '2026-03-02T09:00:00.000Z',
      pseudonym: randomUUID(),
      purpose: 'password_reset',
      tier: 'standard',
      channel: 'sms',
      referrerKind: 'agent',
      referrerId: null,
    },
  })
  const verificationId = randomUUID()
  await appendOne(tx, { ...event, tenantId: tx.tenantId, id: eventId, verificationId, analytics })
  return eventId
}
const recordMany = async (tenantId: string, count: number): Promise<string[]> => {
  const made: string[] = []
  for (let n = 0; n < count; n += 1) made.push(await inTenant(worker, tenantId, (tx) => record(tx)))
  return made
}

const EventIds = z.strictObject({ id: z.uuid(), times: z.int() })
/** Event ids of a tenant in the store, each with how often it is there. */
const stored = async (tenantId: string): Promise<Map<string, number>> => {
  const sql = `select event_id as id, count() as times from events final where tenant_id = {tenant:UUID} group by id`
  const params = z.strictObject({ tenant: z.uuid() })
  const rows = await test.store.query({ name: 'stored', sql, params, row: EventIds }, { tenant: tenantId })
  return new Map(rows.map(({ id, times }) => [id, times]))
}
const onceEach = (ids: readonly string[]) => new Map(ids.map((id) => [id, 1]))
const started = async (tenantId: string): Promise<number | null> => {
  const query = { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z', timeZone: 'UTC' }
  return (await dashboard(test.store, tenantId, query)).figures.started.value
}

/** A transaction that has recorded its event and stays open until told. */
async function openTransaction(tenantId: string) {
  let end: () => void = () => undefined
  const held = new Promise<void>((resolve) => (end = resolve))
  const eventId = randomUUID()
  let committed: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    committed = inTenant(worker, tenantId, async (tx) => {
      await record(tx, eventId)
      resolve()
      await held
    })
    committed.catch(reject)
  })
  return { eventId, commit: () => (end(), committed) }
}

describe('R7: nothing is lost', () => {
  it('of a transaction that was open while a later one was delivered', async () => {
    const early = await openTransaction(one)
    const [late = ''] = await recordMany(two, 1)
    // A reader of "id > cursor" sees the later row only, and will never look at the earlier one again.
    const naive = await inRelay(worker, (tx) =>
      tx.query<{ event_id: string; id: number }>('select event_id, id from outbox where event_id = any($1)', [
        [early.eventId, late],
      ]),
    )
    expect(naive.map(({ event_id }) => event_id)).toEqual([late])

    const relay = relayOf()
    await relay.pass()
    await early.commit()
    const skipped = await inRelay(worker, (tx) =>
      tx.query('select from outbox where event_id = $1 and id > $2', [early.eventId, naive[0]?.id]),
    )
    expect(skipped).toHaveLength(0)
    await untilReadable(worker)
    await relay.pass()
    expect(await stored(one)).toEqual(onceEach([early.eventId]))
    expect(await stored(two)).toEqual(onceEach([late]))
  })

  it('with writers side by side while the relay runs', async () => {
    const stop = new AbortController()
    const running = relayOf({}, { everyMs: 5, fullRows: 3, mostRows: 7 }).run(stop.signal)
    const tenants = [
      one,
      two,
      ...(await Promise.all([makeTenant(outsideTenants(owner)), makeTenant(outsideTenants(owner))])).map(
        ({ id }) => id,
      ),
    ]
    const made = await Promise.all(tenants.map((tenant) => recordMany(tenant, 25)))
    while ((await outbox.waiting(1)) > 0) await new Promise((resume) => setTimeout(resume, 10))
    stop.abort()
    await running
    for (const [index, tenant] of tenants.entries()) {
      expect(await stored(tenant)).toEqual(onceEach(made[index] ?? []))
      expect(await started(tenant)).toBe(25)
    }
  })

  it('while the store is down; it is delivered once the store is back', async () => {
    const dead = connectAnalytics({ url: 'http://127.0.0.1:9', timeoutMs: 500 })
    let reached: Inserter = dead
    const inserter: Inserter = { insert: (...block) => reached.insert(...block) }
    const relay = relayOf({ inserter }, { everyMs: 5, mostBackOffMs: 20 })
    const made = await recordMany(one, 5)
    const stop = new AbortController()
    const running = relay.run(stop.signal)
    while (relay.status().failures < 3) await new Promise((resume) => setTimeout(resume, 5))
    expect(await outbox.waiting(100)).toBe(5)
    made.push(...(await recordMany(one, 3)))
    reached = test.store
    while (relay.status().failures > 0 || relay.status().delivered < 8)
      await new Promise((resume) => setTimeout(resume, 5))
    stop.abort()
    await running
    await dead.close()
    expect(await stored(one)).toEqual(onceEach(made))
    expect(await started(one)).toBe(8)
  })
})

describe('R7: nothing is doubled', () => {
  it('by a block that was delivered but whose cursor did not move', async () => {
    const made = await recordMany(one, 6)
    await untilReadable(worker)
    const died = relayOf({ advance: () => Promise.reject(new Error('killed')) }, { mostRows: 4 })
    await expect(died.pass()).rejects.toThrow('killed')
    // The next process takes other blocks.
    const relay = relayOf({}, { mostRows: 5 })
    expect([await relay.pass(), await relay.pass()]).toEqual([5, 1])
    expect(await stored(one)).toEqual(onceEach(made))
    expect(await started(one)).toBe(6)
  })

  it('by the same block twice, which is not even written twice (finding 11)', async () => {
    await recordMany(one, 4)
    await untilReadable(worker)
    const stuck = relayOf({ advance: () => Promise.resolve(false) })
    await stuck.pass()
    await stuck.pass()
    const Rows = z.strictObject({ count: z.int() })
    const params = z.strictObject({ tenant: z.uuid() })
    const sql = 'select count() as count from events where tenant_id = {tenant:UUID}'
    const rows = await test.store.query({ name: 'raw', sql, params, row: Rows }, { tenant: one })
    expect(rows).toEqual([{ count: 4 }])
  })

  it('by delivering everything again from the beginning', async () => {
    const made = await recordMany(one, 3)
    await untilReadable(worker)
    const relay = relayOf()
    await relay.pass()
    await outbox.rewind()
    expect(await outbox.waiting(10_000)).toBeGreaterThanOrEqual(3)
    while ((await relay.pass()) > 0);
    expect(await stored(one)).toEqual(onceEach(made))
    expect(await started(one)).toBe(3)
  })
})

describe('how complete the store is', () => {
  it('ends before a row that cannot be read yet', async () => {
    const early = await openTransaction(one)
    await recordMany(two, 1)
    const { rows, completeTo } = await outbox.take(100)
    const written = await inRelay(worker, (tx) =>
      tx.one<{ at: Date }>('select created_at as at from outbox where tenant_id = $1', [two]),
    )
    expect(rows).toHaveLength(0)
    expect(completeTo).toEqual(written?.at)
    await early.commit()
    await untilReadable(worker)
    expect((await outbox.take(100)).rows).toHaveLength(2)
    expect((await outbox.take(1)).completeTo).toBeNull()
  })

  it('is shown with the figures', async () => {
    await recordMany(one, 1)
    const relay = relayOf()
    await relay.pass()
    const { asOf } = await dashboard(test.store, one, {
      from: '2026-03-02T00:00:00Z',
      to: '2026-03-03T00:00:00Z',
      timeZone: 'UTC',
    })
    expect(asOf).toBe(relay.status().completeTo?.toISOString())
  })
})
