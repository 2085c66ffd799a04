import { describe, expect, it } from 'vitest'
import { addIntent, resolveIntent } from '#services/actions/intents.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { playToGrant } from '../../testing/play.ts'
import { useTestWorld } from '../../testing/test-world.ts'
import type { GuardedDirectory } from '../port.ts'
import { operationUuid } from './operation.ts'
import { createReadBack } from './read-back.ts'

const world = useTestWorld()

/** A directory that shows a new password, whatever its origin. */
const changed = (): GuardedDirectory => ({
  ...world.deps.openDirectory('', 'builtin'),
  readBack: () => Promise.resolve({ kind: 'done', version: '2' }),
})

describe('R18: a write that the directory said at once it did not do', () => {
  it.each([
    ['was answered so', 'not_done'],
    ['has no answer yet', 'done'],
  ] as const)('%s: reading back says %s', async (_what, kind) => {
    const play = await playToGrant(world)
    const row = await play.row('actions')
    const operation = {
      reset: {
        tenantId: play.of.tenantId,
        verificationId: play.ref.verificationId,
        personId: play.of.person.id,
        policyVersion: 1,
        workflowId: play.resetId,
        run: { id: String(row['run_id']), startedAt: (row['run_started_at'] as Date).toISOString() },
      },
      operationId: 'set-password-1',
      grantId: String(row['grant_id']),
      attempt: 1,
    }
    const { db } = world.deps
    const operationId = operationUuid(operation)
    await inTenant(db, play.of.tenantId, async (tx) => {
      const { grantId, attempt } = operation
      const { verificationId, personId } = operation.reset
      await addIntent(tx, {
        kind: 'set_password',
        operationId,
        grantId,
        verificationId,
        personId,
        attempt,
        versionBefore: '1',
      })
      if (kind === 'not_done') await resolveIntent(tx, operationId, 'not_done', null, null)
    })
    const readBack = createReadBack({ db, openDirectory: changed })
    expect(await readBack({ operation })).toEqual({ kind })
  })
})
