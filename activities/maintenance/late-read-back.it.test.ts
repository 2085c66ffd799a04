import { describe, expect, it } from 'vitest'
import { recordActionRow } from '#services/actions/actions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { DirectoryError } from '../directory/directory-error.ts'
import { operationUuid } from '../directory/operations/operation.ts'
import type { ReadBack } from '../directory/port.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { useDeps } from '../testing/use-deps.ts'
import { reconcileResets } from './reconcile-resets.ts'

const open = useDeps()

/** A reset that was sent while the directory was away: nobody could read it back, and its workflow has ended as unknown. */
const makeUnknown = async () => {
  const scene = await makeApprovedReset(open)
  const { grantId } = await scene.issueGrant()
  if (grantId === null) throw new Error('there is no grant')
  const made = await scene.intend(grantId)
  const operation = { reset: scene.reset, grantId, attempt: 1, operationId: `${grantId}.1` }
  // As the workflow names its operations.
  const operationId = operationUuid(operation)
  await open.database.owner.run('update intents set operation_id = $2 where operation_id = $1', [
    made,
    operationId,
  ])
  const { tenantId, verificationId } = scene.reset
  const change = (set: string) =>
    open.database.owner.run(`update intents set ${set} where operation_id = $1`, [operationId])
  await change(`acted_at = now() - interval '2 minutes'`)
  await inTenant(open.database.worker, tenantId, (tx) =>
    recordActionRow(tx, {
      ...{ reset: scene.reset, seq: 9, state: 'unknown', reason: 'read_back_unknown', operationId },
    }),
  )
  await open.database.owner.run(
    `update actions set recorded_at = now() - interval '1 minute' where verification_id = $1`,
    [verificationId],
  )
  const asked: string[] = []
  /** One look, with the directory answering so, or not at all. */
  const look = (answer: ReadBack['kind'] | 'away') =>
    reconcileResets(
      {
        ...open.deps(),
        workflows: {
          stateOfReset: () => Promise.resolve('gone'),
          runningIn: () => Promise.resolve({ ids: new Set(), runs: new Set() }),
        },
        openDirectory: (tenant, name) => ({
          ...open.deps().openDirectory(tenant, name),
          readBack: (sent) => {
            asked.push(sent.operationId)
            return answer === 'away'
              ? Promise.reject(new DirectoryError('unreachable'))
              : Promise.resolve({ kind: answer, version: '2' })
          },
        }),
      },
      tenantId,
      120,
    )
  const state = async () =>
    (
      await open.database.owner.one<{ state: string }>(
        'select state from actions where verification_id = $1',
        [verificationId],
      )
    )?.state
  return { ...scene, grantId, operationId, change, look, state, asked }
}

describe('R4: an unknown result that nobody could read back', () => {
  it('stays unknown while the directory is away, and is what the directory holds once it answers', async () => {
    const unknown = await makeUnknown()
    expect(await unknown.look('away')).toBe(0)
    expect(await unknown.state()).toBe('unknown')
    expect(await unknown.look('done')).toBe(1)
    expect(await unknown.state()).toBe('completed')
    expect((await unknown.events()).map(({ type }) => type)).toContain('reset.completed')
    // It is settled, and the directory is not asked again.
    expect(await unknown.look('done')).toBe(0)
    expect(unknown.asked).toHaveLength(2)
  })

  it('is shown as not done where the directory shows that nothing was written', async () => {
    const unknown = await makeUnknown()
    expect(await unknown.look('not_done')).toBe(1)
    expect(await unknown.state()).toBe('failed')
  })

  it('stays unknown for good where the directory itself cannot tell, without a second event', async () => {
    const unknown = await makeUnknown()
    const before = (await unknown.events()).length
    expect(await unknown.look('unknown')).toBe(0)
    expect(await unknown.look('done')).toBe(0)
    expect(await unknown.state()).toBe('unknown')
    expect(unknown.asked).toHaveLength(1)
    expect(await unknown.events()).toHaveLength(before)
  })

  it('is never called done for what a later write of the same person did', async () => {
    const unknown = await makeUnknown()
    const later = await unknown.intend(unknown.grantId)
    await open.database.owner.run(
      `update intents set acted_at = now(), status = 'done' where operation_id = $1`,
      [later],
    )
    expect(await unknown.look('done')).toBe(0)
    expect(await unknown.state()).toBe('unknown')
  })

  it('is left alone after an hour, when a change there may be anybody’s', async () => {
    const unknown = await makeUnknown()
    await unknown.change(`acted_at = now() - interval '61 minutes'`)
    expect(await unknown.look('done')).toBe(0)
    expect(unknown.asked).toEqual([])
  })
})
