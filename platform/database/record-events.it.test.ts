import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { AnalyticsVerification } from '#domain/events/analytics.ts'
import type { EventDraft } from '#domain/events/catalog.ts'
import { readChain, readHead, verifyChain } from './audit.ts'
import type { Db } from './connect.ts'
import { type Change, listen } from './notify.ts'
import { recordEvents, type Tell } from './record-events.ts'
import { makePerson, makeTenant, makeVerification } from './testing/factories.ts'
import { useDatabase } from './testing/open.ts'
import { inTenant } from './transaction.ts'

const database = useDatabase()
const participant = { kind: 'participant', id: randomUUID() } as const

const makeCase = async () => {
  const { id: tenantId } = await makeTenant(database.owner)
  const pseudonym = randomUUID()
  const person = await makePerson(database.owner, tenantId, { pseudonym })
  const contact = { tenant_id: tenantId, person_id: person.id, id: randomUUID() }
  const { id: verificationId } = await makeVerification(database.owner, contact)
  return { tenantId, pseudonym, verificationId }
}
type Case = Awaited<ReturnType<typeof makeCase>>

const draft = (verificationId: string, tries: number): EventDraft => ({
  type: 'code.tried',
  object: { kind: 'verification', id: verificationId },
  payload: { accepted: false, tries, ordinal: 1 },
})
const record = (db: Db, of: Case, drafts: readonly EventDraft[], ids: readonly string[] = [], tell?: Tell) =>
  inTenant(db, of.tenantId, (tx) => recordEvents(tx, participant, of.verificationId, drafts, ids, tell))
const chainOf = (tenantId: string) => inTenant(database.api, tenantId, (tx) => readChain(tx, 0, 1_000))
const headOf = (tenantId: string) => inTenant(database.api, tenantId, readHead)
const outboxOf = (tenantId: string) =>
  database.owner.query<{ event_id: string; payload: Record<string, unknown> }>(
    'select event_id, payload from outbox where tenant_id = $1 order by id',
    [tenantId],
  )

describe('events of one transaction', () => {
  it('G1, G2: are recorded in their order by one statement, and the chain holds', async () => {
    const of = await makeCase()
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    const drafts = [1, 2, 3].map((tries) => draft(of.verificationId, tries))
    const statements = await inTenant(database.worker, of.tenantId, async (tx) => {
      let count = 0
      const counting = {
        ...tx,
        named: (...args: Parameters<typeof tx.named>) => ((count += 1), tx.named(...args)),
      } as typeof tx
      await recordEvents(counting, participant, of.verificationId, drafts, ids)
      return count
    })
    expect(statements).toBe(1)
    const chain = await chainOf(of.tenantId)
    expect(chain.map(({ eventId, seq }) => [eventId, seq])).toEqual(ids.map((id, index) => [id, index + 1]))
    expect(verifyChain(chain, { head: await headOf(of.tenantId) })).toMatchObject({
      ok: true,
      value: { seq: 3 },
    })
    expect((await outboxOf(of.tenantId)).map(({ event_id }) => event_id)).toEqual(ids)
  })

  it('E8: who started their own case is not named to analytics', async () => {
    const of = await makeCase()
    await database.owner.query(
      `update verifications set referrer_kind = 'self_service', referrer_id = person_id where tenant_id = $1`,
      [of.tenantId],
    )
    await record(database.worker, of, [draft(of.verificationId, 1)])
    const [{ payload } = { payload: {} }] = await outboxOf(of.tenantId)
    expect(payload).toMatchObject({ pseudonym: of.pseudonym, referrerKind: 'self_service', referrerId: null })
  })

  it('G2: many writers of many events each make one chain without gaps', async () => {
    const of = await makeCase()
    const writes = Array.from({ length: 24 }, (_, index) =>
      record(
        index % 2 === 0 ? database.api : database.worker,
        of,
        Array.from({ length: 1 + (index % 4) }, (__, tries) => draft(of.verificationId, tries)),
      ),
    )
    await Promise.all(writes)
    const chain = await chainOf(of.tenantId)
    expect(chain).toHaveLength(60)
    expect(verifyChain(chain, { head: await headOf(of.tenantId) })).toMatchObject({
      ok: true,
      value: { seq: 60 },
    })
  })

  it('R6: those that are there already change nothing, those that are new are added', async () => {
    const of = await makeCase()
    const [first, second] = [randomUUID(), randomUUID()]
    await record(database.worker, of, [draft(of.verificationId, 1)], [first])
    const both = [draft(of.verificationId, 1), draft(of.verificationId, 2)]
    await record(database.worker, of, both, [first, second])
    await record(database.worker, of, both, [first, second])
    const chain = await chainOf(of.tenantId)
    expect(chain.map(({ eventId }) => eventId)).toEqual([first, second])
    expect(verifyChain(chain, { head: await headOf(of.tenantId) })).toMatchObject({ ok: true })
    expect(await outboxOf(of.tenantId)).toHaveLength(2)
  })

  it('R6: the same one twice at once is one', async () => {
    const of = await makeCase()
    const id = randomUUID()
    await record(database.worker, of, [draft(of.verificationId, 1), draft(of.verificationId, 1)], [id, id])
    expect(await chainOf(of.tenantId)).toHaveLength(1)
    expect(await outboxOf(of.tenantId)).toHaveLength(1)
  })

  it('R6, G1: one with other content than before takes the whole transaction with it', async () => {
    const of = await makeCase()
    const id = randomUUID()
    await record(database.worker, of, [draft(of.verificationId, 1)], [id])
    const again = [draft(of.verificationId, 7), draft(of.verificationId, 8)]
    await expect(record(database.worker, of, again, [randomUUID(), id])).rejects.toMatchObject({
      code: 'CS409',
    })
    expect(await chainOf(of.tenantId)).toHaveLength(1)
    expect(await headOf(of.tenantId)).toMatchObject({ seq: 1 })
  })

  it('E8: tell analytics what every event of the verification tells, and no more', async () => {
    const of = await makeCase()
    await record(database.api, of, [draft(of.verificationId, 3)])
    const [row] = await outboxOf(of.tenantId)
    const fields: Record<keyof AnalyticsVerification, true> = {
      startedAt: true,
      pseudonym: true,
      purpose: true,
      tier: true,
      channel: true,
      referrerKind: true,
      referrerId: true,
    }
    const { startedAt } = row?.payload ?? {}
    expect(startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Object.keys(row?.payload ?? {}).sort()).toEqual(
      [...Object.keys(fields), 'actorKind', 'actorId', 'accepted', 'tries'].sort(),
    )
    expect(row?.payload).toMatchObject({ pseudonym: of.pseudonym, actorId: null, tries: 3 })
  })

  it('that belong to no verification are for the audit alone', async () => {
    const of = await makeCase()
    await inTenant(database.api, of.tenantId, (tx) =>
      recordEvents(tx, participant, null, [draft(of.verificationId, 1)], [], 'to_consoles'),
    )
    expect(await chainOf(of.tenantId)).toHaveLength(1)
    expect(await outboxOf(of.tenantId)).toEqual([])
  })

  it('reach consoles with the commit where they tell of a change, and not otherwise', async () => {
    const [quiet, told] = [await makeCase(), await makeCase()]
    const changes: Change[] = []
    const listener = await listen(database.api, { onChange: (change) => changes.push(change) })
    await record(database.api, quiet, [draft(quiet.verificationId, 1)])
    await record(database.api, told, [draft(told.verificationId, 1)], [], 'to_consoles')
    const end = Date.now() + 5_000
    while (changes.length === 0 && Date.now() < end) await new Promise((resume) => setTimeout(resume, 20))
    await listener.stop()
    expect(changes).toEqual([{ channel: 'verification', tenantId: told.tenantId, id: told.verificationId }])
  })
})
