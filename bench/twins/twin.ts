/** A twin as a side: its worker and its client in this process, with the product's queues and poller settings. */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker'
import { attributesAtStart, taskQueues } from '#workflows/messages.ts'
import { quietRuntime } from '../lib/runtime.ts'
import { createOccurrences, type Flow, type FlowOptions, type Side } from '../lib/side.ts'
import { createTwinActivities, type TwinInput } from './activities.ts'
import { answerUpdate, codeUpdate, completedSignal, decideUpdate, openUpdate } from './workflows.ts'

/** Bytes of a payload: with it a history is as long as the product's, encryption included. */
const loadBytes = 1130

const attributes = () => {
  const referrer = { kind: 'agent', id: randomUUID() } as const
  const of = { tenantId: randomUUID(), purpose: 'identity_check', referrer } as const
  return attributesAtStart('verification', of, new Date())
}

const startWorkers = async (connection: NativeConnection, prefix: string, scored: (id: string) => void) => {
  const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url))
  const queues = taskQueues(prefix)
  const common = {
    connection,
    activities: createTwinActivities(scored),
    maxConcurrentActivityTaskExecutions: 10,
    activityTaskPollerBehavior: { type: 'autoscaling' },
  } as const
  const workers = [
    await Worker.create({
      ...common,
      taskQueue: queues.main,
      workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
      maxCachedWorkflows: 1000,
      workflowTaskPollerBehavior: { type: 'autoscaling' },
    }),
    await Worker.create({ ...common, taskQueue: queues.delivery }),
  ]
  const running = Promise.all(workers.map((worker) => worker.run()))
  return async (): Promise<void> => {
    for (const worker of workers) worker.shutdown()
    await running
  }
}

/** Answers as messages (naive), or one signal at the end (ours). */
const giveAnswers = async (
  kind: 'naive' | 'ours',
  handle: WorkflowHandle,
  answers: number,
): Promise<void> => {
  if (kind === 'ours') return handle.signal(completedSignal, randomUUID())
  for (let position = 0; position < answers; position += 1)
    await handle.executeUpdate(answerUpdate, { args: [randomUUID()] })
}

/** Opens a twin: `naive` is B1, `ours` is B2. */
export const openTwin = async (kind: 'naive' | 'ours', address: string): Promise<Side> => {
  quietRuntime()
  const connection = await NativeConnection.connect({ address })
  const client = new Client({ connection })
  const prefix = `twin-${kind}-${randomUUID().slice(0, 8)}`
  const occurrences = createOccurrences()
  const stop = await startWorkers(connection, prefix, occurrences.happened)
  const flow = async ({ answers, settleMs }: FlowOptions): Promise<Flow> => {
    const begun = performance.now()
    const workflowId = `${prefix}/verification/${randomUUID()}`
    const input: TwinInput = { queuePrefix: prefix, seconds: 3600, answers, load: 'x'.repeat(loadBytes) }
    const startWorkflowOperation = new WithStartWorkflowOperation<(input: TwinInput) => Promise<void>>(kind, {
      workflowId,
      taskQueue: taskQueues(prefix).main,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      typedSearchAttributes: attributes(),
    })
    await client.workflow.executeUpdateWithStart(openUpdate, {
      startWorkflowOperation,
      updateId: randomUUID(),
    })
    const openMs = performance.now() - begun
    const handle = client.workflow.getHandle(workflowId)
    const coding = performance.now()
    await handle.executeUpdate(codeUpdate, { args: [randomUUID()] })
    const codeMs = performance.now() - coding
    await pause(settleMs)
    await giveAnswers(kind, handle, answers)
    await occurrences.wait(workflowId)
    await pause(settleMs)
    await handle.executeUpdate(decideUpdate, { args: [randomUUID()] })
    return { workflowId, openMs, codeMs, allMs: performance.now() - begun }
  }
  return {
    name: kind === 'naive' ? 'B1' : 'B2',
    client,
    prepare: () => Promise.resolve(),
    flow,
    close: async () => {
      await stop()
      await connection.close()
    },
  }
}
