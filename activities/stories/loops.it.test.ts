import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { addNotices } from '#services/sending/notices.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import { workflowId } from '#workflows/messages.ts'
import { reconcile } from '../maintenance/reconcile.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { openPlay, playToGrant } from '../testing/play.ts'
import { terminate } from '../testing/terminate.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
const accept = world.messenger.answer
afterEach(() => {
  world.messenger.answer = accept
})

const drain = async (tenantId: string): Promise<void> => {
  while ((await sendNotices(world.deps, tenantId)) > 0);
}

describe('notices', () => {
  it('B12: the other contact gets a notice of a start, with a link that only reports', async () => {
    const play = await openPlay(world)
    const before = world.messenger.sent.length
    await drain(play.of.tenantId)
    const notices = world.messenger.sent.slice(before)
    expect(notices.map(({ to }) => to)).toEqual([play.of.email])
    expect(notices[0]?.text).toContain('http://portal.localhost:3710/not-me#')
    const token = world.messenger.tokenFor(play.of.email, 'not-me')
    const link = await world.database.owner.one<{ hours: number }>(
      'select round(extract(epoch from expires_at - created_at) / 3600)::integer as hours from report_links where token_hash = $1',
      [tokenHash(token)],
    )
    expect(link).toEqual({ hours: 72 })
    expect(await play.row('notices')).toMatchObject({ kind: 'started', status: 'sent' })
  })

  it('B12, B23: the notice of a passkey set up in advance names no case, has a link that only reports, and is an entry about its person', async () => {
    const { tenantId, person } = (await openPlay(world)).of
    await drain(tenantId)
    const { owner } = world.database
    const id = randomUUID()
    await insertRow(owner, 'enrolments', {
      ...{
        tenant_id: tenantId,
        id,
        person_id: person.id,
        token_hash: tokenHash(id),
        token_mark: Buffer.alloc(32),
      },
      ...{ sign_in_subject: 'sub', strength: 'strong', policy_version: 1, expires_at: new Date() },
    })
    const about = { verificationId: id, personId: person.id, exceptContactId: null }
    await inTenant(world.deps.db, tenantId, (tx) => addNotices(tx, { ...about, kind: 'passkey_added' }))
    const before = world.messenger.sent.length
    await drain(tenantId)
    const texts = world.messenger.sent.slice(before).map(({ text }) => text)
    expect(texts).toHaveLength(2)
    for (const text of texts) expect(text).toMatch(/a passkey was set up for you.*\/not-me#/s)
    const told = await owner.query(
      `select object_kind from audit where tenant_id = $1 and object_id = $2 and type = 'notice.sent'`,
      [tenantId, person.id],
    )
    expect(told).toEqual([{ object_kind: 'person' }, { object_kind: 'person' }])
    expect(await owner.query('select from outbox where payload::text like $1', [`%${id}%`])).toEqual([])
  })

  it('B24, H3: an invitation to set up a passkey has the address that is the same for everybody, and is dropped where a budget is used up', async () => {
    const { tenantId, person, emailContact } = (await openPlay(world)).of
    await drain(tenantId)
    const { owner } = world.database
    const add = () =>
      insertRow(owner, 'notices', {
        ...{ tenant_id: tenantId, verification_id: randomUUID(), person_id: person.id, channel: 'email' },
        ...{ kind: 'passkey_invitation', contact_id: emailContact.id },
      })
    const before = world.messenger.sent.length
    await add()
    await drain(tenantId)
    const [sent, ...more] = world.messenger.sent.slice(before)
    expect(more).toEqual([])
    expect(sent?.text).toContain('http://portal.localhost:3710/enrol\n')
    expect(sent?.text).not.toContain('#')
    for (let n = 0; n < 30; n += 1) await add()
    await drain(tenantId)
    const counted = await owner.query<{ type: string; n: number }>(
      `select type, count(*)::integer as n from audit where tenant_id = $1 and object_kind = 'person' and object_id = $2
       group by type order by type`,
      [tenantId, person.id],
    )
    const of = (type: string) => counted.find((row) => row.type === type)?.n ?? 0
    expect(of('notice.dropped')).toBeGreaterThan(0)
    expect(of('notice.sent') + of('notice.dropped')).toBe(31)
    const links = await owner.query(
      `select from report_links where verification_id in (select verification_id from notices
         where person_id = $1 and kind = 'passkey_invitation')`,
      [person.id],
    )
    expect(links).toEqual([])
  })

  it('B12: the contacts that got the notice of a start get one of an end without a decision: cancelled, timed out, no workflow', async () => {
    const told = async (play: Awaited<ReturnType<typeof openPlay>>) => {
      await play.reaches('closed')
      return play.rows(
        `select kind, contact_id as "to" from notices where verification_id = $1 and kind = 'ended'`,
      )
    }
    const cancelled = await openPlay(world)
    const by = { actor: { kind: 'agent' as const, id: cancelled.of.agent.id }, reason: 'they hung up' }
    await world.verifications.cancel(cancelled.ref, by, { requestId: randomUUID() })
    const ofOther = ({ of }: typeof cancelled) => [{ kind: 'ended', to: of.emailContact.id }]
    expect(await told(cancelled)).toEqual(ofOther(cancelled))
    await drain(cancelled.of.tenantId)
    const said = world.messenger.sent.filter(({ to }) => to === cancelled.of.email).map(({ text }) => text)
    expect(said.filter((text) => /ended\. Nothing was changed\..*\/not-me#/s.test(text))).toHaveLength(1)
    const lifetimes = { linkSeconds: 1, codeSeconds: 1, verificationSeconds: 1, grantSeconds: 900 }
    const late = await openPlay(world, { lifetimes })
    expect(await told(late)).toEqual(ofOther(late))
    const orphan = await openPlay(world)
    const { tenantId, verificationId } = orphan.ref
    await terminate(world.temporal, tenantId, workflowId(tenantId, 'verification', verificationId))
    const workflows = caseWorkflowsOver(world.temporal)
    await reconcile({ db: world.database.worker, workflows, log: world.deps.log }, tenantId, {
      workflow: 0,
      signal: 0,
    })
    expect(await told(orphan)).toEqual(ofOther(orphan))
  })

  it('B12: every contact gets a notice of what was approved and never done', async () => {
    const { resetId, ...play } = await playToGrant(world)
    await world.verifications.revoke(resetId, { reportId: randomUUID(), reason: 'superseded' })
    await play.acts('failed')
    expect(
      await play.rows(`select kind from notices where verification_id = $1 and kind = 'ended'`),
    ).toHaveLength(2)
  })

  it('R2: a notice is sent once, however often the loop looks', async () => {
    const play = await openPlay(world)
    const before = world.messenger.sent.length
    await Promise.all([drain(play.of.tenantId), drain(play.of.tenantId), drain(play.of.tenantId)])
    await drain(play.of.tenantId)
    expect(world.messenger.sent.length - before).toBe(1)
  })

  it('R2: a notice that was begun by a worker that died is unknown, not sent again', async () => {
    const play = await openPlay(world)
    await world.database.owner.run(
      `update notices set status = 'begun', begun_at = now() - interval '5 minutes' where verification_id = $1`,
      [play.ref.verificationId],
    )
    const before = world.messenger.sent.length
    await drain(play.of.tenantId)
    expect(world.messenger.sent.length).toBe(before)
    expect(await play.row('notices')).toMatchObject({ status: 'unknown' })
  })

  it('what no provider took waits for later', async () => {
    const play = await openPlay(world)
    world.messenger.answer = () => ({ kind: 'not_taken', code: 'http_503' })
    await sendNotices(world.deps, play.of.tenantId)
    expect(await play.row('notices')).toMatchObject({ status: 'waiting', tries: 1 })
  })
})

describe('reconciler', () => {
  const workflows = () => caseWorkflowsOver(world.temporal)
  const run = (tenantId: string) =>
    reconcile({ db: world.database.worker, workflows: workflows(), log: world.deps.log }, tenantId, {
      workflow: 0,
      signal: 0,
    })

  it('R1: closes a case whose workflow was terminated, as timed out where its time was up', async () => {
    const play = await openPlay(world)
    const id = workflowId(play.of.tenantId, 'verification', play.ref.verificationId)
    await terminate(world.temporal, play.of.tenantId, id)
    await world.database.owner.run('update verifications set expires_at = now() where id = $1', [
      play.ref.verificationId,
    ])
    expect(await run(play.of.tenantId)).toBe(1)
    expect(await play.row()).toMatchObject({ state: 'closed', outcome: 'timed_out' })
    expect(
      await play.rows('select id from links where verification_id = $1 and voided_at is null'),
    ).toHaveLength(0)
  })

  it('leaves a case alone that only waits', async () => {
    const play = await openPlay(world)
    expect(await run(play.of.tenantId)).toBe(0)
    expect(await play.row()).toMatchObject({ state: 'link_sent' })
  })

  it('sends a completion again that was lost', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await world.database.owner.run(`update plans set completed_at = now() where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await run(play.of.tenantId)).toBe(1)
    await play.reaches('awaiting_decision')
  })

  it('sends a report again that was lost', async () => {
    const play = await openPlay(world)
    await world.database.owner.run(
      `insert into reports (tenant_id, id, verification_id, person_id, source) values ($1, $2, $3, $4, 'portal')`,
      [play.of.tenantId, randomUUID(), play.ref.verificationId, play.of.person.id],
    )
    await run(play.of.tenantId)
    await until(async () => (await play.row())['outcome'] === 'reported')
  })
})
