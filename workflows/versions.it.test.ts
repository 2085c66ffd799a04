/** One release takes over from another while cases are open. */
import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Client } from '@temporalio/client'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildBundle } from '#activities/testing/bundle.ts'
import { until } from '#activities/testing/until.ts'
import { createWorkers } from '#activities/worker.ts'
import {
  answersCompletedSignal,
  decideUpdate,
  openUpdate,
  submitMatchCodeUpdate,
  taskQueues,
  viewQuery,
  workflowId,
  workflowTypes,
} from './messages.ts'
import { historyConverter, historyKeys, type History } from './testing/history.ts'
import { useTestServer } from './testing/test-server.ts'
import { createMocks } from './testing/mocks.ts'
import { inputOf } from './testing/play.ts'

// A release that cannot replay a case complains, as it should.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'OFF' } },
})

/** `TASK_QUEUE_TYPE_WORKFLOW` of Temporal's API. */
const workflowTasks = 1

const server = useTestServer(() => inject('temporalAddress'))
let next: string
let patched: string
beforeAll(async () => {
  next = await buildBundle('testing/next-release.ts')
  patched = await buildBundle('testing/next-release-patched.ts')
})
afterAll(() => {
  for (const path of [next, patched]) rmSync(dirname(path), { recursive: true, force: true })
})

/** An installation with its own queues, and the releases that run in it. */
const openInstall = () => {
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const { connection, namespace } = server()
  const client = new Client({ connection, namespace, dataConverter: historyConverter })
  const running = new Set<() => Promise<void>>()
  return {
    client,
    /** Starts the workers of a release; returns the function that ends them. */
    start: async (bundlePath: string, buildId?: string): Promise<() => Promise<void>> => {
      const workers = await createWorkers(
        {
          ...{ connection, namespace, taskQueuePrefix: prefix, codecKeys: historyKeys, bundlePath },
          ...{ maxActivities: 4, ...(buildId === undefined ? {} : { buildId }) },
        },
        createMocks({}),
      )
      const done = workers.run()
      const stop = async (): Promise<void> => {
        running.delete(stop)
        workers.shutdown()
        await done
      }
      running.add(stop)
      return stop
    },
    /**
     * An operator does this once a release runs: from now on new cases begin with it, as soon as their queue knows. The queue
     * itself is asked: a Temporal server sometimes never reports that the change has reached all queues, though it has.
     */
    makeCurrent: async (buildId: string) => {
      const deployment = { namespace, deploymentName: prefix }
      await until(async () =>
        client.workflowService
          .setWorkerDeploymentCurrentVersion({ ...deployment, buildId, identity: 'operator' })
          .then(
            () => true,
            () => false,
          ),
      )
      await until(async () => {
        const { versioningInfo } = await client.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: taskQueues(prefix).main },
          taskQueueType: workflowTasks,
        })
        return versioningInfo?.currentDeploymentVersion?.buildId === buildId
      })
    },
    begin: async () => {
      const [tenantId, verificationId] = [randomUUID(), randomUUID()]
      const handle = await client.workflow.start(workflowTypes.verification, {
        workflowId: workflowId(tenantId, 'verification', verificationId),
        taskQueue: taskQueues(prefix).main,
        args: [inputOf({ type: 'verification' }, tenantId, verificationId, prefix)],
      })
      await handle.executeUpdate(openUpdate, { updateId: 'open' })
      return handle
    },
    end: async () => {
      for (const stop of running) await stop()
    },
  }
}
type Handle = Awaited<ReturnType<ReturnType<typeof openInstall>['begin']>>

const finish = async (handle: Handle): Promise<History> => {
  await handle.executeUpdate(submitMatchCodeUpdate, { args: [{ inputId: 'input-1' }], updateId: 'input-1' })
  await handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
  await until(async () => (await handle.query(viewQuery)).state === 'awaiting_decision')
  const actor = { kind: 'agent', id: 'agent-1' } as const
  const said = { decision: 'approved', reason: 'as told', actor, screenHash: '0'.repeat(64) } as const
  await handle.executeUpdate(decideUpdate, { args: [said], updateId: 'decide' })
  await handle.result()
  return handle.fetchHistory()
}

const eventsOf = ({ events }: History) => events ?? []
const failuresIn = (history: History) =>
  eventsOf(history).filter(({ workflowTaskFailedEventAttributes: failed }) => failed)
const timersIn = (history: History): number =>
  eventsOf(history).filter(({ timerStartedEventAttributes: timer }) => timer).length
const buildsIn = (history: History) => [
  ...new Set(
    eventsOf(history).flatMap(({ workflowTaskCompletedEventAttributes: task }) =>
      task ? [task.deploymentVersion?.buildId ?? ''] : [],
    ),
  ),
]

describe('a new release beside the old one', () => {
  it('with names: each case ends with the release that began it', async () => {
    const install = openInstall()
    try {
      const stopOld = await install.start(server().bundlePath, 'old')
      await install.makeCurrent('old')
      const old = await install.begin()
      await install.start(next, 'new')
      await install.makeCurrent('new')
      const fresh = await install.begin()
      const [ofOld, ofNew] = [await finish(old), await finish(fresh)]
      expect([buildsIn(ofOld), timersIn(ofOld)]).toEqual([['old'], 1])
      expect([buildsIn(ofNew), timersIn(ofNew)]).toEqual([['new'], 2])
      expect([...failuresIn(ofOld), ...failuresIn(ofNew)]).toEqual([])
      // Nothing is left for the old release: it stops, and the new one works alone.
      await stopOld()
      expect(buildsIn(await finish(await install.begin()))).toEqual(['new'])
    } finally {
      await install.end()
    }
  })

  it('without names: what a release cannot replay waits, and continues when the old one is back', async () => {
    const install = openInstall()
    try {
      const stopOld = await install.start(server().bundlePath)
      const handle = await install.begin()
      await stopOld()
      const stopNew = await install.start(next)
      await handle.signal(answersCompletedSignal, { completionId: 'early' })
      await until(async () => failuresIn(await handle.fetchHistory()).length > 0)
      expect((await handle.describe()).status.name).toBe('RUNNING')
      await stopNew()
      await install.start(server().bundlePath)
      expect(timersIn(await finish(handle))).toBe(1)
    } finally {
      await install.end()
    }
  })

  it('without names but patched: what the old release began, the new one finishes', async () => {
    const install = openInstall()
    try {
      const stopOld = await install.start(server().bundlePath)
      const handle = await install.begin()
      await stopOld()
      await install.start(patched)
      // Answered by a worker that has the whole history to replay first.
      expect((await handle.query(viewQuery)).state).toBe('link_sent')
      const [ofOld, ofNew] = [await finish(handle), await finish(await install.begin())]
      expect([timersIn(ofOld), timersIn(ofNew)]).toEqual([1, 2])
      expect([...failuresIn(ofOld), ...failuresIn(ofNew)]).toEqual([])
    } finally {
      await install.end()
    }
  })
})
