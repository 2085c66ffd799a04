import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { workflowId } from '#workflows/messages.ts'
import {
  completeAndDecide,
  expectOnce,
  startWorker,
  typeCode,
  useMortalScenes,
} from '../testing/mortal-scene.ts'
import type { Scene } from '../testing/mortal-scene.ts'

const openScene = useMortalScenes()

/** The workflow's tasks as the server lists them: which process took each, and its result. */
const tasksOf = async ({ temporal, of, ref }: Scene) => {
  const id = workflowId(of.tenantId, 'verification', ref.verificationId)
  const { events } = await temporal.client.workflow.getHandle(id).fetchHistory()
  return {
    takers: (events ?? []).flatMap(({ workflowTaskStartedEventAttributes: task }) =>
      task ? [Number((task.identity ?? '').split('@')[0])] : [],
    ),
    failed: (events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed).length,
  }
}

/**
 * A task waits this long for the worker that has the case in its memory, before any other may take it: 10 s by default.
 */
const stickyMs = 10_000

describe('two workers', { timeout: 120_000 }, () => {
  it.for(['SIGKILL', 'SIGTERM'] as const)(
    'one ends by %s between two steps: the other one continues, within ten seconds, and nothing is done twice',
    async (signal, { onTestFinished }) => {
      const scene = await openScene('identity_check')
      const workers = [startWorker(scene.world), startWorker(scene.world)]
      onTestFinished(() => {
        for (const worker of workers) worker.kill('SIGKILL')
      })
      const opened = await scene.port.open(scene.input, { requestId: randomUUID() })
      expect(opened).toMatchObject({ kind: 'answered', value: { state: 'link_sent' } })
      const holder = (await tasksOf(scene)).takers.at(-1)
      const [first, second] = workers
      const [gone, left] = first?.pid === holder ? [first, second] : [second, first]
      expect(gone?.pid).toBe(holder)
      const ended = new Promise((resolve) => gone?.once('exit', resolve))
      gone?.kill(signal)
      await ended

      const asked = Date.now()
      await typeCode(scene)
      expect(Date.now() - asked).toBeLessThan(stickyMs + 5_000)
      await completeAndDecide(scene)
      const { takers, failed } = await tasksOf(scene)
      expect(takers.at(-1)).toBe(left?.pid)
      expect(failed).toBe(0)
      expect(scene.messages()).toHaveLength(1)
      await expectOnce(scene)
    },
  )
})
