import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'

const database = useDatabase()
const keys = testKeys()
let tenantId: string
let id: string

const begin = async (row = {}): Promise<void> => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const contact = await makeContact(database.owner, keys.api, person)
  tenantId = tenant.id
  id = (await makeVerification(database.owner, contact, { state: 'created', sent_at: null, ...row })).id
}
beforeEach(() => begin())

const asApi = (work: (tx: Queryable) => Promise<unknown>) => inTenant(database.api, tenantId, work)
const asWorker = (work: (tx: Queryable) => Promise<unknown>) => inTenant(database.worker, tenantId, work)
const set = (what: string) =>
  asWorker((tx) =>
    tx.run(`update verifications set ${what} where tenant_id = $1 and id = $2`, [tenantId, id]),
  )
const row = () =>
  database.owner.one<{ step: number; reasons: string[]; feedback: string | null; commented: boolean }>(
    `select furthest_step as step, score_reasons as reasons, feedback, commented from verifications where id = $1`,
    [id],
  )
const step = async () => (await row())?.step

describe('the furthest step', () => {
  it('follows the row, and never goes back', async () => {
    expect(await step()).toBe(0)
    await set('sent_at = now()')
    expect(await step()).toBe(1)
    await set('opened_at = now()')
    expect(await step()).toBe(4)
    await set('scored_at = now()')
    expect(await step()).toBe(6)
    await set('scored_at = null, opened_at = null')
    expect(await step()).toBe(6)
    await set(`state = 'closed', outcome = 'passed'`)
    expect(await step()).toBe(7)
  })

  it('is the last one where the result is what was asked for', async () => {
    await begin({ purpose: 'identity_check' })
    await set(`state = 'closed', outcome = 'passed'`)
    expect(await step()).toBe(8)
  })

  it('C4, C8: a visit of the page writes nothing to the case; nor may the API itself', async () => {
    const version = () => database.owner.one('select xmin, ctid from verifications where id = $1', [id])
    const before = await version()
    for (const kind of ['scanner_like', 'page_seen'])
      await asApi((tx) =>
        tx.run(
          'insert into link_visits (tenant_id, verification_id, link_id, kind) values ($1, $2, $3, $4)',
          [...[tenantId, id, randomUUID()], kind],
        ),
      )
    expect(await version()).toEqual(before)
    await expect(asApi((tx) => tx.run('update verifications set furthest_step = 8'))).rejects.toThrow(
      /permission denied/,
    )
  })

  it('is raised by a delivery, complete answers and a completed action', async () => {
    const base = { tenant_id: tenantId, verification_id: id }
    await insertRow(database.owner, 'deliveries', {
      ...base,
      id: randomUUID(),
      person_id: randomUUID(),
      kind: 'link',
      ordinal: 1,
      channel: 'sms',
      contact_id: randomUUID(),
      contact_masked: '••• 23',
      status: 'accepted',
    })
    await asWorker((tx) =>
      tx.run(`update deliveries set status = 'delivered' where tenant_id = $1`, [tenantId]),
    )
    expect(await step()).toBe(2)
    await insertRow(database.owner, 'plans', {
      ...base,
      route: 'questions',
      plan_sealed: Buffer.alloc(1),
      question_count: 3,
    })
    await asApi((tx) => tx.run('update plans set completed_at = now() where tenant_id = $1', [tenantId]))
    expect(await step()).toBe(5)
    await asWorker((tx) =>
      tx.run(
        `insert into actions (tenant_id, verification_id, kind, person_id, state, workflow_id, run_id, run_started_at, seq)
         values ($1, $2, 'password_reset', $3, 'completed', 'w', $3, now(), 1)`,
        [tenantId, id, randomUUID()],
      ),
    )
    expect(await step()).toBe(8)
  })
})

describe('reasons', () => {
  it('are those of the newest scoring, once there is one', async () => {
    const score = (ordinal: number, ...codes: string[]) =>
      insertRow(database.owner, 'scorings', {
        tenant_id: tenantId,
        verification_id: id,
        ordinal,
        policy_version: 1,
        results: '[]',
        evidence_sealed: Buffer.alloc(1),
        score: JSON.stringify({ reasons: codes.map((code) => ({ code })) }),
        decision: '{}',
        versions: '{}',
        evidence_digest: Buffer.alloc(1),
      })
    await score(1, 'NET_TOR_EXIT')
    expect((await row())?.reasons).toEqual([])
    await score(2, 'END_NEW_DEVICE', 'CHA_ANSWER', 'CHA_ANSWER')
    await set('scored_at = now()')
    expect((await row())?.reasons).toEqual(['CHA_ANSWER', 'END_NEW_DEVICE'])
    const beside = await database.owner.query(
      `select r.code from verification_reasons r join verifications v on v.id = r.verification_id and v.created_at = r.started_at
       where v.id = $1 order by 1`,
      [id],
    )
    expect(beside).toEqual([{ code: 'CHA_ANSWER' }, { code: 'END_NEW_DEVICE' }])
  })
})

describe('a refusal called false', () => {
  it('is one while the newest label says so, and never of a case that was not refused', async () => {
    const label = (what: string) =>
      asApi((tx) =>
        tx.run(
          `insert into labels (tenant_id, id, verification_id, label, reason, basis, by_id, by_name)
           values ($1, gen_random_uuid(), $2, $3, 'heard again', 'outside', gen_random_uuid(), 'Sam')`,
          [tenantId, id, what],
        ),
      )
    const isOverturned = async () =>
      (
        await database.owner.one<{ overturned: boolean }>(
          'select overturned from verifications where id = $1',
          [id],
        )
      )?.overturned
    await label('false_refusal')
    expect(await isOverturned()).toBe(false)
    await database.owner.run(
      `update verifications set state = 'closed', outcome = 'failed', decision = 'refused' where id = $1`,
      [id],
    )
    await label('false_refusal')
    expect(await isOverturned()).toBe(true)
    await label('suspicious')
    expect(await isOverturned()).toBe(false)
  })
})

describe('feedback', () => {
  it('is on the row as the participant gave it last', async () => {
    const give = (rating: string, comment: Buffer | null) =>
      asApi((tx) =>
        tx.run(
          `insert into feedback (tenant_id, verification_id, rating, comment_sealed) values ($1, $2, $3, $4)
           on conflict (tenant_id, verification_id) do update set rating = excluded.rating,
             comment_sealed = coalesce(excluded.comment_sealed, feedback.comment_sealed)`,
          [tenantId, id, rating, comment],
        ),
      )
    await give('hard', Buffer.from('x'))
    expect(await row()).toMatchObject({ feedback: 'hard', commented: true })
    await give('easy', null)
    expect(await row()).toMatchObject({ feedback: 'easy', commented: true })
  })
})
