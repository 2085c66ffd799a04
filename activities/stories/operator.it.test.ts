/** An operator uses Temporal's own tools; the tests look at the database afterwards. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import { workflowId } from '#workflows/messages.ts'
import { reconcile } from '../maintenance/reconcile.ts'
import { reconcileResets } from '../maintenance/reconcile-resets.ts'
import { createGates } from '../testing/gates.ts'
import { openIn, openPlay, playToGrant } from '../testing/play.ts'
import { terminate } from '../testing/terminate.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const gates = createGates()
const world = useTestWorld(gates.behind)

type Play = Awaited<ReturnType<typeof openPlay>>
const idOf = ({ of, ref }: Play): string => workflowId(of.tenantId, 'verification', ref.verificationId)
const handleOf = (id: string) => world.temporal.client.workflow.getHandle(id)
const statusOf = async (id: string) => (await handleOf(id).describe()).status.name
const eventsOf = (play: Play) =>
  world.database.owner.query<{ type: string; actor_id: string; payload: object }>(
    'select type, actor_id, payload from audit where object_id = $1 order by seq',
    [play.ref.verificationId],
  )
const closingOf = async (play: Play) =>
  (await eventsOf(play)).filter(({ type }) => type === 'verification.closed')
const openCasesOf = (play: Play) =>
  world.database.owner.query(`select id from verifications where person_id = $1 and state <> 'closed'`, [
    play.of.person.id,
  ])
const liveLinksOf = (play: Play) =>
  play.rows(`select id from links where verification_id = $1 and used_at is null and voided_at is null`)

const workflows = () => caseWorkflowsOver(world.temporal)
const looks = (tenantId: string) =>
  reconcile({ db: world.database.worker, workflows: workflows(), log: world.deps.log }, tenantId, {
    workflow: 0,
    signal: 0,
  })
const looksAtResets = (tenantId: string) =>
  reconcileResets({ ...world.deps, db: world.database.worker, workflows: workflows() }, tenantId, 0)

describe('an operator cancels a verification', () => {
  it('that waits: it closes as cancelled, everything live is dead, and the person can be verified again', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await handleOf(idOf(play)).cancel()
    await play.reaches('closed')
    await until(async () => (await statusOf(idOf(play))) === 'CANCELLED')
    expect(await play.row()).toMatchObject({ outcome: 'cancelled', decision: null })
    expect(await closingOf(play)).toMatchObject([
      { actor_id: 'workflow', payload: { outcome: 'cancelled', reason: 'workflow_cancelled' } },
    ])
    expect(await play.row('portal_sessions')).toMatchObject({ end_reason: 'cancel' })
    expect(await openCasesOf(play)).toEqual([])
    const again = await openIn(world, play.of)
    expect(again.opened).toMatchObject({ value: { state: 'link_sent', delivery: 'accepted' } })
    expect(await looks(play.of.tenantId)).toBe(0)
  })

  it('while its link is on the way: the link that was sent is on record, and dead', async () => {
    const gate = gates.hold('deliverLink:after')
    const opening = openPlay(world)
    await gate.reached
    const row = await world.database.owner.one<{ tenant_id: string; verification_id: string }>(
      'select tenant_id, verification_id from deliveries order by begun_at desc limit 1',
    )
    await handleOf(workflowId(row?.tenant_id ?? '', 'verification', row?.verification_id ?? '')).cancel()
    gate.open()
    const play = await opening
    // The agent has their answer: the link went out.
    expect(play.opened).toMatchObject({ kind: 'answered', value: { delivery: 'accepted' } })
    await play.reaches('closed')
    expect((await eventsOf(play)).map(({ type }) => type)).toEqual([
      'verification.created',
      'link.sent',
      'verification.closed',
    ])
    expect(await play.row('deliveries')).toMatchObject({ status: 'accepted' })
    expect(await liveLinksOf(play)).toEqual([])
    await until(async () => (await statusOf(idOf(play))) === 'CANCELLED')
    expect(await play.typeCode()).toMatchObject({ kind: 'gone' })
  })

  it('before anything was done: it is on record as started and cancelled, and the agent who opened it gets the refusal', async () => {
    await world.stopWorkers()
    const opening = openPlay(world)
    await until(async () => (await statusesOfNew()).length === 1)
    const [id = ''] = await statusesOfNew()
    await handleOf(id).cancel()
    await world.startWorkers()
    const play = await opening
    expect(play.opened).toEqual({ kind: 'refused', code: 'verification_closed' })
    await play.reaches('closed')
    expect(await play.row()).toMatchObject({ outcome: 'cancelled', sent_at: null })
    expect(await play.rows('select id from deliveries where verification_id = $1')).toEqual([])
  })

  /** Verifications on this world's queue that no worker has seen. */
  const statusesOfNew = async (): Promise<string[]> => {
    const query = `TaskQueue = '${world.prefix}-main' and ExecutionStatus = 'Running' and CaseState = 'created'`
    const found: string[] = []
    for await (const one of world.temporal.client.workflow.list({ query })) found.push(one.workflowId)
    return found
  }

  it('while it is decided: the decision is valid, and what it allows begins', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    const gate = gates.hold('recordDecision:after')
    const deciding = play.decide()
    await gate.reached
    await handleOf(idOf(play)).cancel()
    gate.open()
    expect(await deciding).toMatchObject({ kind: 'answered', value: { outcome: 'passed' } })
    await play.acts('granted')
    expect(await play.row()).toMatchObject({ state: 'closed', outcome: 'passed' })
    expect(await closingOf(play)).toHaveLength(1)
  })
})

describe('an operator cancels a reset', () => {
  it('that waits: the grant is void and nothing is written', async () => {
    const play = await playToGrant(world)
    await handleOf(play.resetId).cancel()
    await play.acts('failed')
    expect(await play.row('actions')).toMatchObject({ reason: 'cancelled' })
    expect(await play.row('grants')).toMatchObject({ void_reason: 'cancelled', spent_at: null })
    await until(async () => (await statusOf(play.resetId)) === 'CANCELLED')
    expect((await play.submit('an unwanted passphrase 1')).kind).toBe('gone')
    expect((await play.account()).version).toBe(1)
  })

  it('while the directory is written: the row says what the directory says', async () => {
    const play = await playToGrant(world)
    const gate = gates.hold('setPassword:after')
    const submitting = play.submit('an entirely new passphrase 42')
    await gate.reached
    await handleOf(play.resetId).cancel()
    gate.open()
    expect(await submitting).toMatchObject({ value: { action: 'completed', refusal: null } })
    expect(await play.row('actions')).toMatchObject({ state: 'completed', reason: null })
    await until(async () => (await play.row('actions'))['sessions_ended'] === 'done')
    expect((await play.account()).version).toBe(2)
  })
})

describe('an operator terminates', () => {
  it('a verification: it is found, closes as cancelled, and the person can be verified again', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await terminate(world.temporal, play.of.tenantId, idOf(play))
    // No code of ours ran, so the row does not know yet.
    expect(await play.row()).toMatchObject({ state: 'answering' })
    expect(await looks(play.of.tenantId)).toBe(1)
    expect(await play.row()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
    expect(await closingOf(play)).toMatchObject([
      { actor_id: 'reconciler', payload: { outcome: 'cancelled', reason: 'workflow_gone' } },
    ])
    expect(
      await play.rows('select id from portal_sessions where verification_id = $1 and ended_at is null'),
    ).toEqual([])
    expect(await openCasesOf(play)).toEqual([])
    expect((await openIn(world, play.of)).opened).toMatchObject({ value: { delivery: 'accepted' } })
    expect(await looks(play.of.tenantId)).toBe(0)
  })

  it('a reset that waits: the grant is void, and the password that comes is refused', async () => {
    const play = await playToGrant(world)
    await terminate(world.temporal, play.of.tenantId, play.resetId)
    expect(await looksAtResets(play.of.tenantId)).toBe(1)
    expect(await play.row('actions')).toMatchObject({ state: 'failed', reason: 'cancelled' })
    expect(await play.row('grants')).toMatchObject({ void_reason: 'cancelled', spent_at: null })
    expect(await looksAtResets(play.of.tenantId)).toBe(0)
  })

  it('a reset whose grant ran out meanwhile: it expired', async () => {
    const play = await playToGrant(world)
    await terminate(world.temporal, play.of.tenantId, play.resetId)
    await world.database.owner.run(`update actions set expires_at = now() where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await looksAtResets(play.of.tenantId)).toBe(1)
    expect(await play.row('actions')).toMatchObject({ state: 'expired', reason: 'time_over' })
  })

  it('R4: a reset after its write: the directory is read back, every contact gets a notice, other sessions end', async () => {
    const play = await playToGrant(world)
    const gate = gates.hold('setPassword:after')
    const submitting = play.submit('an entirely new passphrase 42')
    await gate.reached
    await terminate(world.temporal, play.of.tenantId, play.resetId)
    gate.open()
    await submitting
    expect(await looksAtResets(play.of.tenantId)).toBe(1)
    expect(await play.row('actions')).toMatchObject({
      state: 'completed',
      reason: null,
      sessions_ended: 'done',
    })
    expect((await play.account()).version).toBe(2)
    const told = await play.rows(
      `select contact_id from notices where verification_id = $1 and kind = 'password_changed'`,
    )
    expect(told).toHaveLength(2)
  })

  it('R4: a reset before its write: nothing was done, and a write that comes late does nothing', async () => {
    const play = await playToGrant(world)
    const gate = gates.hold('setPassword:before')
    const submitting = play.submit('an entirely new passphrase 42')
    await gate.reached
    await terminate(world.temporal, play.of.tenantId, play.resetId)
    expect(await looksAtResets(play.of.tenantId)).toBe(1)
    expect(await play.row('actions')).toMatchObject({ state: 'failed', reason: 'read_back_not_done' })
    gate.open()
    await submitting
    await until(async () => (await play.row('grants'))['void_reason'] === 'read_back_not_done')
    expect((await play.account()).version).toBe(1)
  })

  it('leaves a reset alone that runs', async () => {
    const play = await playToGrant(world)
    expect(await looksAtResets(play.of.tenantId)).toBe(0)
    expect(await play.submit('an entirely new passphrase 42')).toMatchObject({
      value: { action: 'completed' },
    })
  })
})

describe('an operator resets a verification', () => {
  /** The end of the workflow task after which the link was sent. */
  const taskAfterOpening = async (id: string) => {
    const { events } = await handleOf(id).fetchHistory()
    const answered = (events ?? []).findIndex(
      (event) => event.workflowExecutionUpdateCompletedEventAttributes,
    )
    const task = (events ?? [])
      .slice(0, answered)
      .findLast((event) => event.workflowTaskCompletedEventAttributes)
    const { runId } = await handleOf(id).describe()
    return { runId, eventId: task?.eventId ?? null }
  }

  it('to an earlier point: the new run is what the row follows, and nothing is on record twice', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    const id = idOf(play)
    const { runId, eventId } = await taskAfterOpening(id)
    const reset = await world.temporal.client.workflowService.resetWorkflowExecution({
      namespace: world.temporal.client.options.namespace,
      workflowExecution: { workflowId: id, runId },
      workflowTaskFinishEventId: eventId,
      requestId: randomUUID(),
      reason: 'by an operator',
    })
    expect(reset.runId).not.toBe(runId)
    await play.complete()
    expect(await play.row()).toMatchObject({ run_id: reset.runId, state: 'awaiting_decision' })
    expect(await play.decide()).toMatchObject({ value: { outcome: 'passed', refusal: null } })
    const types = (await eventsOf(play)).map(({ type }) => type)
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([])
    expect(world.messenger.sent.filter(({ to }) => to === play.of.phone)).toHaveLength(1)
  })
})
