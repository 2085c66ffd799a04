/** An approved action waits: for its time, in which anybody may say no, and for the participant (F3, B1). */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { makeStaff } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { openPlay } from '../testing/play.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()

/** Approved under a waiting time; `seconds` 0: with a session that ended before. */
const approve = async (seconds: number, before: (play: Play) => Promise<void> = () => Promise.resolve()) => {
  const play = await openPlay(world, {}, { policy: waitingPolicy(seconds) })
  await play.typeCode()
  await play.complete()
  await before(play)
  await play.decide()
  await until(async () => (await play.row('actions'))['state'] !== undefined)
  const resetId = String((await play.row('actions'))['workflow_id'])
  const account = async () =>
    Number(
      (
        await world.database.owner.one<{ version: number }>(
          'select version from directory_accounts where tenant_id = $1 and directory_id = $2',
          [play.of.tenantId, play.of.person.directory_id],
        )
      )?.version,
    )
  const submit = async (password: string) =>
    world.verifications.submitPassword(resetId, await play.portal.typePassword(password))
  const comesBack = async (typed?: string) =>
    world.verifications.submitReturnCode(resetId, await play.portal.typeMatchCode(play.token(), typed))
  return { ...play, resetId, account, submit, comesBack }
}
type Play = Awaited<ReturnType<typeof openPlay>>

const endSession = async (play: Play): Promise<void> => {
  await world.database.owner.run(
    `update portal_sessions set ended_at = now(), end_reason = 'idle' where verification_id = $1`,
    [play.ref.verificationId],
  )
}
const report = async ({ of, ref }: Play): Promise<void> => {
  const { tenantId, verificationId } = ref
  const reportId = randomUUID()
  const db = world.database.api
  const frozen = await inTenant(db, tenantId, (tx) =>
    freezeCase(tx, { reportId, verificationId, personId: of.person.id, source: 'message', policyVersion: 1 }),
  )
  const { log } = world.deps
  await tellWorkflows({ db, verifications: world.verifications, log }, tenantId, reportId, frozen)
}
/** The link to come back by has gone out. */
const isSentAgain = (play: Play): Promise<boolean> =>
  Promise.resolve(
    world.messenger.sent.filter(({ to, text }) => to === play.of.phone && /\/v#/.test(text)).length > 1,
  )

const grants = (play: Play) => play.rows('select id from grants where verification_id = $1')
const events = async (play: Play) =>
  (
    await world.database.owner.query<{ type: string }>(
      'select type from audit where object_id = $1 order by seq',
      [play.ref.verificationId],
    )
  ).map(({ type }) => type)

describe('a waiting time', () => {
  it('holds: no grant before it is over, every contact gets a notice with a link that says no, then it is done', async () => {
    const play = await approve(3)
    while ((await sendNotices(world.deps, play.of.tenantId)) > 0);
    const told = world.messenger.sent.filter(({ text }) => /can still stop it/.test(text))
    const mine = told.filter(({ to }) => to === play.of.phone || to === play.of.email)
    expect(mine.map(({ to }) => to).sort()).toEqual([play.of.phone, play.of.email].sort())
    for (const { text } of mine) expect(text).toMatch(/\/not-me#[\w-]{43}/)
    await play.acts('granted')
    const due = await world.database.owner.one<{ late: boolean }>(
      `select g.issued_at >= v.decided_at + interval '3 seconds' as late from grants g
       join verifications v on v.tenant_id = g.tenant_id and v.id = g.verification_id where v.id = $1`,
      [play.ref.verificationId],
    )
    expect(due).toEqual({ late: true })
    expect(await play.submit('an entirely new passphrase 42')).toMatchObject({
      value: { action: 'completed' },
    })
  })

  it('a no from any contact stops it for good', async () => {
    const play = await approve(600)
    expect(await play.row('actions')).toMatchObject({ state: 'scheduled', not_before: expect.any(Date) })
    expect(await grants(play)).toEqual([])
    await report(play)
    await play.acts('failed')
    expect(await play.row('actions')).toMatchObject({ reason: 'reported' })
    await play.ends(play.resetId)
    expect([await grants(play), await play.account()]).toEqual([[], 1])
  })

  it('a no that no workflow hears of is found when its time has come', async () => {
    const play = await approve(3)
    await inTenant(world.database.api, play.of.tenantId, (tx) =>
      freezeCase(tx, {
        reportId: randomUUID(),
        verificationId: play.ref.verificationId,
        personId: play.of.person.id,
        source: 'message',
        policyVersion: 1,
      }),
    )
    await play.acts('failed')
    expect(await grants(play)).toEqual([])
  })

  it('staff stop it with a reason: who started it or a supervisor, nobody else, and once', async () => {
    const play = await approve(600)
    const stop = (id: string) =>
      world.verifications.stopAction(
        play.ref,
        play.resetId,
        { actor: { kind: 'agent', id }, reason: 'they called us' },
        { requestId: randomUUID() },
      )
    const others = [{ role: 'agent' }, { role: 'admin' }, { role: 'supervisor', disabled_at: new Date() }]
    for (const row of others) {
      const { id } = await makeStaff(world.database.owner, play.of.tenantId, row)
      expect(await stop(id)).toMatchObject({ value: { action: 'scheduled', refusal: 'not_permitted' } })
    }
    expect(await stop(play.of.agent.id)).toMatchObject({ value: { action: 'failed', refusal: null } })
    expect(await play.row('actions')).toMatchObject({ state: 'failed', reason: 'stopped' })
    await play.ends(play.resetId)
    expect((await stop(play.of.supervisor.id)).kind).toBe('gone')
    expect(await events(play)).toContain('action.stopped')
    expect(await grants(play)).toEqual([])
  })

  it('R9: survives every worker stopping', async () => {
    const play = await approve(4)
    await world.stopWorkers()
    await new Promise((resolve) => setTimeout(resolve, 500))
    await world.startWorkers()
    await play.acts('granted')
    expect(await grants(play)).toHaveLength(1)
  })

  it('is the policy row, not the workflow: a child that skips it gets no grant', async () => {
    const play = await approve(600)
    const { reset } = await asActivity(play)
    const { createIssueGrant } = await import('../verification/issue-grant.ts')
    const asked = {
      ...{ reset, seq: 90, grantSeconds: 600, returnedSessionId: null },
      at: new Date().toISOString(),
    }
    expect(await createIssueGrant(world.deps)(asked)).toEqual({ grantId: null, reason: 'grant_unusable' })
  })
})

const asActivity = async (play: Play) => {
  const row = await play.row('actions')
  const run = { id: String(row['run_id']), startedAt: (row['run_started_at'] as Date).toISOString() }
  const { tenantId, verificationId } = play.ref
  const workflowId = String(row['workflow_id'])
  return {
    reset: { tenantId, verificationId, personId: play.of.person.id, policyVersion: 1, workflowId, run },
  }
}

describe('F3: a participant whose session ended before the decision', () => {
  it('gets a fresh link, and by its code continues where they were; the grant is signed only then', async () => {
    const play = await approve(0, endSession)
    await play.acts('awaiting_participant')
    const [first] = await play.rows(
      'select token_hash from links where verification_id = $1 order by ordinal',
    )
    await until(async () => (await play.rows('select id from links where verification_id = $1')).length === 2)
    await until(() => isSentAgain(play))
    expect(await grants(play)).toEqual([])
    expect(await play.comesBack('000000')).toMatchObject({ value: { accepted: false, reason: 'code_wrong' } })
    expect(await play.comesBack()).toMatchObject({ value: { accepted: true } })
    await play.acts('granted')
    expect(first).toBeDefined()
    expect(await play.submit('an entirely new passphrase 42')).toMatchObject({
      value: { action: 'completed' },
    })
    expect(await play.account()).toBe(2)
    const sessions = await play.rows('select ended_at from portal_sessions where verification_id = $1')
    expect(sessions).toHaveLength(2)
  })

  it('a code is taken once, and none after it', async () => {
    const play = await approve(0, endSession)
    await play.acts('awaiting_participant')
    await until(() => isSentAgain(play))
    await play.comesBack()
    await play.acts('granted')
    const again = await play.comesBack()
    expect(again.kind === 'answered' && again.value.accepted).toBe(false)
    expect(await grants(play)).toHaveLength(1)
  })

  it('another link kills the one before, and goes to whom staff chose on file', async () => {
    const play = await approve(0, endSession)
    await play.acts('awaiting_participant')
    await until(() => isSentAgain(play))
    const old = await play.portal.typeMatchCode(play.token())
    const target = {
      channel: 'email' as const,
      contactId: play.of.emailContact.id,
      contactMasked: play.of.emailContact.masked,
      actor: { kind: 'agent' as const, id: play.of.agent.id },
    }
    const sent = await world.verifications.sendReturnLink(play.ref, play.resetId, target, {
      requestId: randomUUID(),
    })
    expect(sent).toMatchObject({ value: { delivery: 'accepted', linkOrdinal: 3 } })
    const dead = await world.verifications.submitReturnCode(play.resetId, old)
    expect(dead.kind === 'answered' && dead.value.accepted).toBe(false)
    const token = world.messenger.tokenFor(play.of.email)
    const typed = await play.portal.typeMatchCode(token)
    expect(await world.verifications.submitReturnCode(play.resetId, typed)).toMatchObject({
      value: { accepted: true },
    })
    await play.acts('granted')
  })

  it('after a waiting time the same holds: a link comes when it is over, not before', async () => {
    const play = await approve(3, endSession)
    await play.acts('awaiting_participant')
    await until(async () => (await play.rows('select id from links where verification_id = $1')).length === 2)
    await until(() => isSentAgain(play))
    await play.comesBack()
    await play.acts('granted')
    const order = ['action.scheduled', 'action.awaited', 'link.sent', 'code.tried', 'grant.issued']
    const since = (await events(play)).slice((await events(play)).indexOf('action.scheduled'))
    expect(since.filter((type) => order.includes(type))).toEqual(order)
  })

  it('a report while they are awaited ends it, with the link that was sent', async () => {
    const play = await approve(0, endSession)
    await play.acts('awaiting_participant')
    await until(() => isSentAgain(play))
    await report(play)
    await play.acts('failed')
    await play.ends(play.resetId)
    expect((await play.comesBack()).kind).toBe('gone')
    expect(await grants(play)).toEqual([])
  })
})
