/** A scheduled action against forged calls and edited rows, on the real server (B1, F3, G8, T11). */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actions } from '#domain/verification/verification.ts'
import { resetViewQuery, taskQueues, workflowId } from '#workflows/messages.ts'
import { reconcileResets } from '../maintenance/reconcile-resets.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import { playToApproval } from '../testing/play.ts'
import { terminate } from '../testing/terminate.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()
const purposes = ['password_reset', 'account_unlock', 'mfa_reset'] as const
type Purpose = (typeof purposes)[number]

const schedule = async (purpose: Purpose, seconds = 600) => {
  const locked = purpose === 'account_unlock'
  const person = locked ? { person: { account_state: 'locked' } } : {}
  const options = { policy: waitingPolicy(seconds), ...person }
  const play = await playToApproval(world, purpose, options, locked ? `state = 'locked'` : null)
  await play.acts('scheduled')
  return { ...play, id: await play.resetId() }
}
type Play = Awaited<ReturnType<typeof schedule>>

const edit = (play: Play, sql: string) => world.database.owner.run(sql, [play.ref.verificationId])
const handleOf = ({ id }: Play) => world.temporal.client.workflow.getHandle(id)
const untouched = async (play: Play): Promise<void> => {
  expect(await play.rows('select id from grants where verification_id = $1')).toEqual([])
  expect(await play.rows('select operation_id from intents where verification_id = $1')).toEqual([])
  expect(await play.account()).toMatchObject({ version: 1 })
}
/** Sends the request of the portal, whatever the page said. */
const ask = async (play: Play, purpose: Purpose) =>
  purpose === 'mfa_reset'
    ? world.verifications.resetMfa(play.id, await play.session())
    : world.verifications.submitPassword(
        play.id,
        await play.portal.typePassword('an entirely new passphrase 42'),
      )

describe.each(purposes)('F3, G8: a scheduled %s', (purpose) => {
  it('is done after its time, once', async () => {
    const play = await schedule(purpose, 2)
    await play.acts(purpose === 'account_unlock' ? 'completed' : 'granted')
    expect(await play.row('grants')).toMatchObject({
      scheduled_at: expect.any(Date),
      not_before: expect.any(Date),
    })
  })

  it('is not done by asking for it before its time; it waits on, and can still be stopped', async () => {
    const play = await schedule(purpose)
    if (purpose !== 'account_unlock')
      expect(await ask(play, purpose)).toEqual({ kind: 'refused', code: 'grant_unusable' })
    const row = await play.row('actions')
    expect(row).toMatchObject({ state: 'scheduled' })
    await untouched(play)
    const stopped = await world.verifications.stopAction(
      play.ref,
      play.id,
      { actor: { kind: 'agent', id: play.of.supervisor.id }, reason: 'they called us' },
      { requestId: randomUUID() },
    )
    expect(stopped).toMatchObject({ value: { action: 'failed', refusal: null } })
    await play.ends(play.id)
    await untouched(play)
  })

  it('is not done by rows that say it is its turn, nor by a second child that was started by hand', async () => {
    const play = await schedule(purpose)
    await edit(
      play,
      `update actions set state = 'granted', not_before = now() - interval '1 hour' where verification_id = $1`,
    )
    await edit(play, `update verifications set decided_at = decided_at - interval '11 minutes' where id = $1`)
    if (purpose !== 'account_unlock') expect((await ask(play, purpose)).kind).toBe('refused')
    const { tenantId, verificationId } = play.ref
    const forged = workflowId(tenantId, 'password-reset', randomUUID())
    const args = { tenantId, verificationId, personId: play.of.person.id, policyVersion: 1 }
    const type = actions[purpose].workflow
    const { workflow } = world.temporal.client
    const returning = { linkSeconds: 600, codeSeconds: 600, seconds: 1 }
    const handle = await workflow.start(type, {
      workflowId: forged,
      taskQueue: taskQueues(world.prefix).main,
      args: [{ ...args, grantSeconds: 600, returning, queuePrefix: world.prefix }],
    })
    // It waits by the schedule that was signed, whatever the rows say.
    await until(async () => (await handle.query(resetViewQuery)).action === 'scheduled')
    await untouched(play)
    await handle.terminate()
  })

  it('is not done by signals, known or not', async () => {
    const play = await schedule(purpose)
    const handle = handleOf(play)
    await handle.signal('wake')
    await handle.signal('approve', { at: new Date().toISOString() })
    expect(await play.row('actions')).toMatchObject({ state: 'scheduled' })
    await handle.signal('passwordReset.revoke', { reportId: 'forged', reason: 'superseded' })
    await untouched(play)
  })

  it('keeps waiting while the reconciler looks, and ends with a workflow that an operator terminated', async () => {
    const play = await schedule(purpose)
    const { log } = world.deps
    const workflows = caseWorkflowsOver(world.temporal)
    const look = () =>
      reconcileResets({ ...world.deps, db: world.database.worker, workflows, log }, play.of.tenantId, 0)
    await look()
    expect(await play.row('actions')).toMatchObject({ state: 'scheduled' })
    await terminate(world.temporal, play.of.tenantId, handleOf(play).workflowId)
    await look()
    await play.acts('failed')
    await untouched(play)
  })
})
