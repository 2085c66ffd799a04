import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from './connect.ts'
import { keepAlone, openOutbox, whileAlone } from './outbox.ts'
import { connectTest, createTestDatabase } from './testing/database.ts'
import type { TestDatabase } from './testing/database.ts'
import { appendOne } from './testing/events.ts'
import { makeTenant } from './testing/factories.ts'
import { untilReadable } from './testing/readable.ts'
import { inRelay, inTenant, outsideTenants } from './transaction.ts'

let database: TestDatabase
let owner: Db
let worker: Db

beforeAll(async () => {
  database = await createTestDatabase()
  owner = connectTest(database.ownerUrl, 1)
  worker = connectTest(database.workerUrl)
})
afterAll(async () => {
  await Promise.all([owner.close(), worker.close()])
  await database.drop()
})

/** Records one event of a new tenant, and waits until it may be read. */
async function recordOne(): Promise<void> {
  const { id } = await makeTenant(outsideTenants(owner))
  await inTenant(worker, id, (tx) =>
    appendOne(tx, { tenantId: id, type: 'policy.saved', analytics: { version: 2 } }),
  )
  await untilReadable(worker)
}

describe('a reader of the outbox', () => {
  it('moves its cursor only from where it found it, and finds each row once', async () => {
    const outbox = openOutbox(worker, 'reader')
    await recordOne()
    const { from, rows, completeTo } = await outbox.take(10)
    const [row] = rows
    if (row === undefined) throw new Error('One row was recorded.')
    expect([row.type, row.verificationId, row.payload]).toEqual(['policy.saved', null, { version: 2 }])
    expect(completeTo?.getTime()).toBeGreaterThanOrEqual(row.recordedAt.getTime())
    const to = { xid: row.xid, id: row.id }
    expect(await outbox.waiting(10)).toBe(1)
    expect([await outbox.advance(from, to), await outbox.advance(from, to)]).toEqual([true, false])
    expect([await outbox.waiting(10), (await outbox.take(10)).rows]).toEqual([0, []])
  })

  it('begins again after a rewind, and says so; other readers are not moved', async () => {
    const [one, two] = [openOutbox(worker, 'one'), openOutbox(worker, 'two')]
    await recordOne()
    for (const outbox of [one, two]) {
      const { from, rows } = await outbox.take(100)
      const last = rows.at(-1)
      if (last !== undefined) await outbox.advance(from, { xid: last.xid, id: last.id })
    }
    const before = await one.take(1)
    await one.rewind()
    const after = await one.take(100)
    expect(after.rows.length).toBeGreaterThan(0)
    expect(after.since).not.toBe(before.since)
    expect((await two.take(100)).rows).toEqual([])
  })

  it('I4: sees nothing outside a relay transaction', async () => {
    await recordOne()
    const rows = await outsideTenants(worker).query('select from outbox')
    expect(rows).toEqual([])
    expect((await inRelay(worker, (tx) => tx.query('select from outbox'))).length).toBeGreaterThan(0)
  })
})

describe('one relay at a time', () => {
  const lost = () => undefined
  const work = () => Promise.resolve()

  it('the second finds the lock held, and gets it when the first ends', async () => {
    let second: boolean | undefined
    const first = await whileAlone(
      worker,
      'relay',
      async () => {
        second = await whileAlone(worker, 'relay', work, lost)
      },
      lost,
    )
    expect([first, second]).toEqual([true, false])
    expect(await whileAlone(worker, 'relay', work, lost)).toBe(true)
  })

  it('frees the lock when its work fails', async () => {
    const broken = () => Promise.reject(new Error('broken'))
    await expect(whileAlone(worker, 'relay', broken, lost)).rejects.toThrow('broken')
    expect(await whileAlone(worker, 'relay', work, lost)).toBe(true)
  })

  it('takes over when the connection that holds the lock is cut', async () => {
    const stop = new AbortController()
    let begun = 0
    const until = (signal: AbortSignal) =>
      new Promise<void>((resume) => {
        begun += 1
        signal.addEventListener('abort', () => {
          resume()
        })
      })
    const kept = keepAlone(worker, 'relay', stop.signal, until, 5)
    while (begun < 1) await new Promise((resume) => setTimeout(resume, 5))
    await outsideTenants(owner).query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and objid = 7301946 and database = (select oid from pg_database where datname = current_database())`,
    )
    while (begun < 2) await new Promise((resume) => setTimeout(resume, 5))
    stop.abort()
    await kept
    expect(await whileAlone(worker, 'relay', work, lost)).toBe(true)
  })
})
