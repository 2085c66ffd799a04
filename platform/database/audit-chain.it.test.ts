import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AuditEntry, readChain, readHead, verifyChain } from './audit.ts'
import type { Db } from './connect.ts'
import { openOutbox } from './outbox.ts'
import { appendOne, type TestEvent } from './testing/events.ts'
import { useDatabase } from './testing/open.ts'
import { makeTenant } from './testing/factories.ts'
import { untilReadable } from './testing/readable.ts'
import { inTenant, outsideTenants, type Tx } from './transaction.ts'

const database = useDatabase()
let tenantId: string
beforeAll(async () => {
  tenantId = (await makeTenant(database.owner)).id
})

type Draft = Partial<TestEvent>
const append = (tx: Tx, draft: Draft = {}): Promise<number | undefined> =>
  appendOne(tx, {
    tenantId: tx.tenantId,
    ...{ payload: { b: 1, a: 'ü"\n', list: ['x'] }, analytics: { purpose: 'password_reset' } },
    ...draft,
  })
const record = (db: Db, draft: Draft = {}, tenant = tenantId) =>
  inTenant(db, tenant, (tx) => append(tx, draft))
const chainOf = (tenant = tenantId): Promise<AuditEntry[]> =>
  inTenant(database.api, tenant, (tx) => readChain(tx, 0, 10_000))
const headOf = (tenant = tenantId) => inTenant(database.api, tenant, readHead)
const newTenant = async () => (await makeTenant(database.owner)).id

describe('append_events', () => {
  it('G2: many writers in both processes make one chain without gaps, which an outsider can verify', async () => {
    const tenant = await newTenant()
    const writes = Array.from({ length: 60 }, (_, index) =>
      record(index % 2 === 0 ? database.api : database.worker, {}, tenant),
    )
    const numbers = await Promise.all(writes)
    expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    )
    const chain = await chainOf(tenant)
    expect(verifyChain(chain, { head: await headOf(tenant) })).toMatchObject({ ok: true, value: { seq: 60 } })
    expect(chain[0]).toMatchObject({
      actorName: 'Alex Ünal',
      payload: '{"a": "ü\\"\\n", "b": 1, "list": ["x"]}',
    })
  })

  it('G1: state, audit entry and outbox row come together or not at all', async () => {
    const id = randomUUID()
    const before = await headOf()
    const failing = inTenant(database.api, tenantId, async (tx) => {
      await append(tx, { id })
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    const rows = (table: string) => database.owner.query(`select from ${table} where event_id = $1`, [id])
    expect([await rows('audit'), await rows('outbox'), await headOf()]).toEqual([[], [], before])
    await record(database.api, { id })
    expect([(await rows('audit')).length, (await rows('outbox')).length]).toEqual([1, 1])
  })

  it('R6: the same event again changes nothing; with other content it is refused', async () => {
    const id = randomUUID()
    const seq = await record(database.worker, { id })
    expect(await record(database.worker, { id })).toBe(seq)
    expect(await database.owner.query('select from outbox where event_id = $1', [id])).toHaveLength(1)
    await expect(record(database.worker, { id, payload: { other: true } })).rejects.toMatchObject({
      code: 'CS409',
    })
    await expect(record(database.worker, { id, type: 'verification.closed' })).rejects.toMatchObject({
      code: 'CS409',
    })
  })

  it('I4: an event of another tenant is refused, and so is one without a tenant', async () => {
    const tenant = await newTenant()
    await expect(record(database.api, { tenantId: tenant })).rejects.toMatchObject({ code: '42501' })
    const bare = appendOne(outsideTenants(database.api), { tenantId: tenant })
    await expect(bare).rejects.toMatchObject({ code: '42501' })
  })

  it('an event that analytics do not follow has an audit entry only', async () => {
    const id = randomUUID()
    await record(database.api, { id, analytics: null })
    expect(await database.owner.query('select from audit where event_id = $1', [id])).toHaveLength(1)
    expect(await database.owner.query('select from outbox where event_id = $1', [id])).toHaveLength(0)
  })

  it('G9: times of a chain never go backwards, even when the clock did', async () => {
    const tenant = await newTenant()
    await record(database.api, {}, tenant)
    await database.owner.run(`update audit_heads set at = now() + interval '1 hour' where tenant_id = $1`, [
      tenant,
    ])
    await record(database.api, {}, tenant)
    await record(database.api, {}, tenant)
    expect(verifyChain(await chainOf(tenant))).toMatchObject({ ok: true, value: { seq: 3 } })
  })
})

describe('append only', () => {
  it.each([
    'update audit set actor_name = null',
    'delete from audit',
    'truncate audit',
    `insert into audit select * from audit limit 1`,
    'update audit_heads set seq = 0',
    'delete from audit_heads',
    'delete from outbox',
    'alter table audit disable trigger all',
    'drop table audit',
  ])('G3: neither process may "%s"', async (sql) => {
    await record(database.api)
    for (const db of [database.api, database.worker])
      await expect(inTenant(db, tenantId, (tx) => tx.query(sql))).rejects.toThrow(
        /permission denied|must be owner/,
      )
  })

  it('G3: not even the owner changes an entry by mistake, nor in a partition', async () => {
    await record(database.api)
    const [partition] = await database.owner.query<{ name: string }>(
      'select tableoid::regclass::text as name from audit limit 1',
    )
    const name = partition?.name ?? ''
    expect(name).toMatch(/^audit_\d{4}_\d{2}$/)
    for (const table of ['audit', name])
      for (const sql of [`update ${table} set actor_id = 'x'`, `delete from ${table}`, `truncate ${table}`])
        await expect(database.owner.query(sql)).rejects.toThrow(/only ever added/)
  })

  it.each([
    [
      `update audit set payload = '{}' where tenant_id = $1 and seq = 3`,
      { seq: 3, problem: 'payload_changed' },
    ],
    [
      `update audit set actor_id = 'x' where tenant_id = $1 and seq = 3`,
      { seq: 3, problem: 'entry_changed' },
    ],
    [`delete from audit where tenant_id = $1 and seq = 3`, { seq: 4, problem: 'gap_or_order' }],
    [`delete from audit where tenant_id = $1 and seq >= 5`, { seq: 5, problem: 'tail_missing' }],
    [
      `update audit set seq = 13 - seq where tenant_id = $1 and seq in (6, 7)`,
      { seq: 6, problem: 'link_broken' },
    ],
    [
      `insert into audit select tenant_id, seq + 1, created_at, event_id, type, version, actor_kind, actor_id, actor_name, object_kind,
         object_id, payload, payload_hash, hash, hash, occurred_at from audit where tenant_id = $1 and seq = 8`,
      { seq: 9, problem: 'entry_changed' },
    ],
  ])('G5: an attacker who gets round all that is found: %s', async (sql, found) => {
    const tenant = await newTenant()
    for (let n = 0; n < 8; n += 1) await record(database.api, {}, tenant)
    const head = await headOf(tenant)
    const client = await database.ownerDb.pool.connect()
    try {
      await client.query('set session_replication_role = replica')
      await client.query(sql, [tenant])
    } finally {
      client.release(true)
    }
    expect(verifyChain(await chainOf(tenant), { head })).toEqual({ ok: false, error: found })
  })
})

it('R7: a reader of the outbox sees no row before those of an older open transaction', async () => {
  const [one, two] = [await newTenant(), await newTenant()]
  const outbox = openOutbox(database.worker, 'order-test')
  const drain = async () => {
    const batch = await outbox.take(1_000)
    const last = batch.rows.at(-1)
    if (last) await outbox.advance(batch.from, { xid: last.xid, id: last.id })
    return batch.rows.map((row) => row.tenantId)
  }
  await untilReadable(database.worker)
  await drain()
  const seen: string[][] = []
  await inTenant(database.api, one, async (tx) => {
    await append(tx)
    // Its row has the higher id and is committed first.
    await record(database.worker, {}, two)
    seen.push(await drain())
  })
  await untilReadable(database.worker)
  seen.push(await drain(), await drain())
  expect(seen).toEqual([[], [one, two], []])
})
