import { describe, expect, it } from 'vitest'
import { listen } from '#platform/database/notify.ts'
import { playToGrant } from '../../testing/play.ts'
import { useTestWorld } from '../../testing/test-world.ts'
import type { GuardedDirectory, StepAnswer } from '../port.ts'
import { createEndSessions } from './end-sessions.ts'

const world = useTestWorld()

/** A directory whose sessions end as told. */
const directoryThat = (answer: StepAnswer, asked: string[]): GuardedDirectory => ({
  ...world.deps.openDirectory('', 'builtin'),
  endSessions: (directoryId) => {
    asked.push(directoryId)
    return Promise.resolve(answer)
  },
})

describe('B14: after a reset the directory’s other sessions are ended, and the result is recorded', () => {
  it.each(['done', 'not_offered', 'failed'] as const)('%s', async (answer) => {
    const play = await playToGrant(world)
    const asked: string[] = []
    const endSessions = createEndSessions({
      db: world.database.worker,
      openDirectory: () => directoryThat(answer, asked),
    })
    const row = await play.row('actions')
    const reset = {
      tenantId: play.of.tenantId,
      verificationId: play.ref.verificationId,
      personId: play.of.person.id,
      policyVersion: 1,
      workflowId: play.resetId,
      run: { id: String(row['run_id']), startedAt: (row['run_started_at'] as Date).toISOString() },
    }
    const operation = { reset, operationId: 'set-password-1', grantId: String(row['grant_id']), attempt: 1 }
    const at = new Date().toISOString()
    await endSessions({ operation, at })
    // Temporal may run an activity again: the record stays one.
    await endSessions({ operation, at })
    expect(asked).toEqual([play.of.person.directory_id, play.of.person.directory_id])
    expect(await play.row('actions')).toMatchObject({ sessions_ended: answer })
    expect(
      await play.rows(`select payload from audit where object_id = $1::text and type = 'sessions.ended'`),
    ).toEqual([{ payload: { result: answer } }])
  })

  it('open consoles look at the case again: what they fetched when the password was new was from before', async () => {
    const play = await playToGrant(world)
    const row = await play.row('actions')
    const { tenantId, person } = play.of
    const { verificationId } = play.ref
    const reset = {
      tenantId,
      verificationId,
      personId: person.id,
      policyVersion: 1,
      workflowId: play.resetId,
    }
    const run = { id: String(row['run_id']), startedAt: (row['run_started_at'] as Date).toISOString() }
    const operation = { reset: { ...reset, run }, operationId: 'set-password-2', grantId: '', attempt: 1 }
    const told: string[] = []
    const listener = await listen(world.database.worker, {
      onChange: ({ channel, id }) => told.push(`${channel} ${id}`),
    })
    try {
      const endSessions = createEndSessions({
        db: world.database.worker,
        openDirectory: () => directoryThat('done', []),
      })
      await endSessions({ operation, at: new Date().toISOString() })
      await expect.poll(() => told).toContain(`verification ${verificationId}`)
    } finally {
      await listener.stop()
    }
  })

  it('happens by itself after the write, and the account says since when', async () => {
    const play = await playToGrant(world)
    await play.submit('an entirely new passphrase 42')
    await expect
      .poll(async () => (await play.row('actions'))['sessions_ended'], { timeout: 10_000 })
      .toBe('done')
    const account = await world.database.owner.one<{ is_after: boolean }>(
      `select sessions_ended_at >= password_changed_at as is_after from directory_accounts where directory_id = $1`,
      [play.of.person.directory_id],
    )
    expect(account).toEqual({ is_after: true })
  })
})
