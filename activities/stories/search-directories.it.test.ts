/** A search in the directories as the API asks for it: by Temporal, to the worker and back. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCodec } from '#platform/temporal/codec.ts'
import { keepOffers } from '#services/people/directory-syncs.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { taskQueues, workflowId, workflowTypes } from '#workflows/messages.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

const ask = async (change: { readonly searchId?: string } = {}) => {
  const { id: tenantId } = await makeTenant(world.database.owner)
  // Named in the operator's file once and no more: there is no adapter to answer for it.
  await inTenant(world.database.worker, tenantId, (tx) => keepOffers(tx, 'corp', ['search']))
  const searchId = randomUUID()
  const row = change.searchId ?? searchId
  const place = { tenantId, verificationId: row, kind: 'directory_search', row } as const
  const sealedWords = sealForWorker(world.keys.api, place, 'Margarethe Unverwechselbar').toString('base64')
  return { tenantId, searchId, sealedWords }
}

describe('a search in the directories, from the API to the worker', () => {
  it('is answered, and no history or log holds its words', async () => {
    const input = await ask()
    const reply = await world.verifications.searchDirectories(input)
    expect(reply).toEqual({ kind: 'answered', value: { personIds: [], more: false, silent: ['corp'] } })
    const id = workflowId(input.tenantId, 'directory-search', input.searchId)
    const { events } = await world.temporal.client.workflow.getHandle(id).fetchHistory()
    const codec = createCodec(world.keys.worker.codec)
    const inputs = (events ?? []).flatMap((event) => [
      ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
      ...(event.activityTaskScheduledEventAttributes?.input?.payloads ?? []),
    ])
    // Decoded as a reader with the key of histories sees them.
    const opened = (await codec.decode(inputs)).map(({ data }) => Buffer.from(data ?? []).toString('utf8'))
    expect([opened.length, opened.every((text) => text.includes(input.sealedWords))]).toEqual([2, true])
    const told = [...opened, Buffer.from(input.sealedWords, 'base64').toString('latin1'), ...world.lines]
    expect(told.join('\n')).not.toContain('Unverwechselbar')
  })

  it('M3: with words that were sealed for another search comes to nothing', async () => {
    const input = await ask({ searchId: randomUUID() })
    expect(await world.verifications.searchDirectories(input)).toEqual({ kind: 'unavailable' })
  })

  it('I6: is not done for another workflow than its own', async () => {
    const input = await ask()
    const asked = world.temporal.client.workflow.execute(workflowTypes.directorySearch, {
      workflowId: workflowId(input.tenantId, 'directory-search', randomUUID()),
      taskQueue: taskQueues(world.prefix).main,
      args: [{ ...input, queuePrefix: world.prefix }],
    })
    await expect(asked).rejects.toMatchObject({ name: 'WorkflowFailedError' })
  })

  // Last: no worker is there afterwards.
  it('R12: ends in time where no worker is there, and says that nobody knows', async () => {
    const input = await ask()
    await world.stopWorkers()
    const startedAt = performance.now()
    expect(await world.verifications.searchDirectories(input)).toEqual({ kind: 'pending' })
    expect(performance.now() - startedAt).toBeLessThan(12_000)
  })
})
