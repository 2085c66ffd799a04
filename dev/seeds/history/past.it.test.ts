import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { readChain, readHead, verifyChain } from '#platform/database/audit.ts'
import type { Db } from '#platform/database/connect.ts'
import { appendOne } from '#platform/database/testing/events.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase, type OpenDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { lab } from '../charts.ts'
import { writeOrganisation } from '../organisation.ts'
import { tenantIdOf } from '../people.ts'
import { hasPast, writePast } from './write.ts'

const first = useDatabase()
const second = useDatabase()
const keys = testKeys().worker
const at = new Date('2026-11-20T17:00:00Z')
const tenantId = tenantIdOf(lab)

const writeLab = async ({ ownerDb }: OpenDatabase, ring: KeyRing): Promise<void> => {
  const passwordHash = await hash('a demo password', { memoryCost: 1024, timeCost: 2 })
  await inTenant(ownerDb, tenantId, (tx) =>
    writeOrganisation(tx, lab, { keys: ring, at, issuer: 'http://127.0.0.1:20999', passwordHash }),
  )
}

/** The same pool until so many transactions have begun; then the database is gone. */
const lostAfter = (db: Db, transactions: number): Db => {
  let left = transactions
  const connect = () => {
    left -= 1
    return left < 0 ? Promise.reject(new Error('the connection was lost')) : db.pool.connect()
  }
  return { ...db, pool: Object.assign(Object.create(db.pool) as Db['pool'], { connect }) }
}

const casesOf = ({ owner }: OpenDatabase) =>
  owner.query(
    `select id, created_at, state, outcome, decision, person_id, risk_tenths, answered, correct, closed_at, seq, ticket
     from verifications where tenant_id = $1 order by created_at, id`,
    [tenantId],
  )

describe('the past of a demo organisation', () => {
  test('is completed by a later run where an earlier one was cut off, without a second story', async () => {
    await writeLab(first, keys)
    // One transaction reads, one writes the first cases.
    await expect(writePast(lostAfter(first.ownerDb, 2), lab, keys, at)).rejects.toThrow('lost')
    const half = await casesOf(first)
    expect(half.length).toBeGreaterThan(10)
    expect(half.length).toBeLessThan(lab.pastVerifications)
    expect(await inTenant(first.ownerDb, tenantId, (tx) => hasPast(tx, lab))).toBe(false)

    await writePast(first.ownerDb, lab, keys, at)
    const whole = await casesOf(first)
    expect(whole).toHaveLength(lab.pastVerifications)
    expect(whole).toEqual(expect.arrayContaining(half))
    expect(await inTenant(first.ownerDb, tenantId, (tx) => hasPast(tx, lab))).toBe(true)
  })

  test('is the same in another database with the same keys', async () => {
    await writeLab(second, keys)
    await writePast(second.ownerDb, lab, keys, at)
    expect(await casesOf(second)).toEqual(await casesOf(first))
    const events =
      'select event_id, type, payload, occurred_at from audit where tenant_id = $1 order by event_id'
    const stored = await second.owner.query(events, [tenantId])
    expect(stored.length).toBeGreaterThan(lab.pastVerifications * 5)
    expect(stored.map((row) => row['event_id'])).toEqual(
      (await first.owner.query(events, [tenantId])).map((row) => row['event_id']),
    )
  })

  test('G1, G2: its events form one chain, and one outbox row each', async () => {
    const { entries, head } = await inTenant(first.api, tenantId, async (tx) => ({
      entries: await readChain(tx, 0, 100_000),
      head: await readHead(tx),
    }))
    expect(verifyChain(entries, { head })).toEqual({ ok: true, value: head })
    const [outbox] = await first.owner.query<{ n: number }>(
      `select count(*)::integer as n from outbox o join audit a on a.tenant_id = o.tenant_id and a.event_id = o.event_id
         and a.type = o.type and a.occurred_at = o.occurred_at where o.tenant_id = $1`,
      [tenantId],
    )
    expect(outbox?.n).toBe(entries.length)
  })

  test('G1: what comes later continues the chain through append_events', async () => {
    const before = await inTenant(first.worker, tenantId, readHead)
    await inTenant(first.worker, tenantId, (tx) => appendOne(tx, { tenantId, type: 'staff.signed_out' }))
    const entries = await inTenant(first.api, tenantId, (tx) => readChain(tx, before.seq, 10))
    expect(verifyChain(entries, { after: before }).ok).toBe(true)
    expect(entries).toHaveLength(1)
  })
})
