/** "This was not me" in every window of a reset: nothing is written once the report is answered (R5, B9, B13). */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { liftFreeze } from '#services/reports/alarms.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createGates } from '../testing/gates.ts'
import { openIn, openPlay, playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const gates = createGates()
const world = useTestWorld(gates.behind)

type Play = Awaited<ReturnType<typeof openPlay>>
type Granted = Awaited<ReturnType<typeof playToGrant>>

/** The API's transaction of a report, with every worker deaf to it. */
const freezeOnly = ({ of, ref: { tenantId, verificationId } }: Play, reportId: string = randomUUID()) =>
  inTenant(world.database.api, tenantId, (tx) =>
    freezeCase(tx, { reportId, verificationId, personId: of.person.id, source: 'message', policyVersion: 1 }),
  )

/** The confirmed report, as the API takes it; resolves when the participant has their answer. */
const report = async (play: Play): Promise<void> => {
  const { tenantId } = play.ref
  const reportId = randomUUID()
  const frozen = await freezeOnly(play, reportId)
  const db = world.database.api
  const { log } = world.deps
  await tellWorkflows({ db, verifications: world.verifications, log }, tenantId, reportId, frozen)
}

const grantsOf = (play: Play) =>
  play.rows('select spent_at, void_reason from grants where verification_id = $1')
const passwordOf = (play: Granted) => play.submit('an unwanted passphrase 1')

describe('R5: a report stops a reset', () => {
  it('before its grant: none is issued', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    const gate = gates.hold('issueGrant:before')
    await play.decide()
    await gate.reached
    await report(play)
    gate.open()
    await play.acts('failed')
    expect(await grantsOf(play)).toEqual([])
  })

  it('that is granted: its grant is void, and what is typed afterwards goes nowhere', async () => {
    const play = await playToGrant(world)
    await report(play)
    expect(await grantsOf(play)).toMatchObject([{ spent_at: null, void_reason: 'reported' }])
    await play.acts('failed')
    await passwordOf(play)
    expect((await play.account()).version).toBe(1)
  })

  it.each(['recordIntent:before', 'recordIntent:after', 'setPassword:before'] as const)(
    'at %s: the directory is not written',
    async (point) => {
      const play = await playToGrant(world)
      const gate = gates.hold(point)
      const submitted = passwordOf(play)
      await gate.reached
      await report(play)
      gate.open()
      expect(await submitted).toMatchObject({ value: { action: 'failed', refusal: 'grant_unusable' } })
      expect((await play.account()).version).toBe(1)
    },
  )

  it('whose write has begun: the report is answered once the write has ended, and nothing follows it', async () => {
    const play = await playToGrant(world)
    const account = lockAccount(play)
    await account.isLocked
    const submitted = passwordOf(play)
    await until(async () => (await play.row('intents'))['acted_at'] != null)
    const life = { isAnswered: false }
    const answered = report(play).then(() => {
      life.isAnswered = true
    })
    await until(async () => (await play.rows('select id from reports where verification_id = $1')).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(life.isAnswered).toBe(false)
    account.free()
    await answered
    const { version } = await play.account()
    await submitted
    expect(version).toBe(2)
    expect((await play.account()).version).toBe(version)
  })

  it('that is being read back: what was written before is said, and nothing follows it', async () => {
    const play = await playToGrant(world)
    const gate = gates.hold('readBack:before')
    const submitted = passwordOf(play)
    await gate.reached
    const answered = report(play)
    gate.open()
    await answered
    expect(await submitted).toMatchObject({ value: { action: 'completed' } })
    expect((await play.account()).version).toBe(2)
  })

  it('at any moment: of twelve at once, none is written after its report was answered', async () => {
    const race = async (pause: number) => {
      const play = await playToGrant(world)
      const submitted = passwordOf(play)
      await new Promise((resolve) => setTimeout(resolve, pause))
      await report(play)
      const { version } = await play.account()
      await submitted
      await until(async () => isOver((await play.row('actions'))['state']))
      return { pause, version, finally: (await play.account()).version }
    }
    const races = await Promise.all(Array.from({ length: 12 }, (_, index) => race(index * 20)))
    expect(races.filter((one) => one.finally !== one.version)).toEqual([])
    expect(races.map(({ version }) => version)).toContain(1)
  })
})

const isOver = (state: unknown): boolean => state !== 'granted' && state !== 'in_progress'

/** Holds the account's row in the directory, so that a write to it waits. */
const lockAccount = ({ of, ref }: Play) => {
  let free: () => void = () => undefined
  let locked: () => void = () => undefined
  const isLocked = new Promise<void>((resolve) => (locked = resolve))
  const isFree = new Promise<void>((resolve) => (free = resolve))
  void inTenant(world.database.worker, ref.tenantId, async (tx) => {
    await tx.query('select from directory_accounts where tenant_id = $1 and directory_id = $2 for update', [
      of.tenantId,
      of.person.directory_id,
    ])
    locked()
    await isFree
  })
  return { isLocked, free }
}

describe('B9, B13: a report stops everything of the person', () => {
  it('cases of every origin, their links, sessions and grants, within seconds', async () => {
    const granted = await playToGrant(world)
    const others = []
    for (const kind of ['self_service', 'api_client', 'agent'] as const)
      others.push(await openIn(world, granted.of, { referrer: { kind, id: randomUUID() } }))
    const [first] = others
    await first?.typeCode()
    const startedMs = Date.now()
    await report(granted)
    const frozenMs = Date.now() - startedMs
    for (const other of others) {
      await other.reaches('closed')
      expect(await other.row()).toMatchObject({ outcome: 'reported' })
    }
    expect(Date.now() - startedMs, 'milliseconds').toBeLessThan(60_000)
    expect(frozenMs, 'milliseconds').toBeLessThan(60_000)
    const left = await world.database.owner.one(
      `select (select count(*)::integer from links where person_id = $1 and used_at is null and voided_at is null) as links,
         (select count(*)::integer from portal_sessions where person_id = $1 and ended_at is null) as sessions,
         (select count(*)::integer from grants where person_id = $1 and spent_at is null and voided_at is null) as grants`,
      [granted.of.person.id],
    )
    expect(left).toEqual({ links: 0, sessions: 0, grants: 0 })
    const again = await openIn(world, granted.of)
    expect(again.opened).toMatchObject({ value: { refusal: 'participant_blocked' } })
  })

  it('a link that was made while the report came in opens nothing', async () => {
    const play = await openPlay(world)
    await freezeOnly(play)
    await world.database.owner.run('update links set voided_at = null where verification_id = $1', [
      play.ref.verificationId,
    ])
    expect(await play.typeCode()).toMatchObject({ value: { accepted: false, reason: 'link_unusable' } })
  })

  it('lifting the freeze brings back nothing that the report ended: the decision is refused', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    await world.database.owner.run(
      `insert into reports (tenant_id, id, verification_id, person_id, source, lifted_at) values ($1, $2, $3, $4, 'message', now())`,
      [play.of.tenantId, randomUUID(), play.ref.verificationId, play.of.person.id],
    )
    expect(await play.decide()).toMatchObject({ value: { refusal: 'participant_blocked' } })
  })

  it('H6: after the lift the true owner is verified again, with a second kind of proof', async () => {
    const reported = await openPlay(world)
    await report(reported)
    await reported.reaches('closed')
    const { of } = reported
    const lifted = await inTenant(world.database.api, of.tenantId, (tx) =>
      liftFreeze(tx, of.person.id, { id: of.supervisor.id, name: 'Sam', reason: 'spoke to them' }),
    )
    expect(lifted).toBe('lifted')
    const again = await openIn(world, of)
    await again.typeCode()
    await world.verifications.answersCompleted(again.ref, randomUUID())
    const typed = await again.portal.typeSecondCode(await world.messenger.codeFor(of.email))
    expect(await world.verifications.submitSecondCode(again.ref, typed)).toMatchObject({
      value: { accepted: true },
    })
    await again.reaches('awaiting_decision')
    expect(await again.decide()).toMatchObject({ value: { outcome: 'passed', refusal: null } })
    await again.acts('granted')
  })
})
