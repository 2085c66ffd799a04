import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker'
import { fileURLToPath } from 'node:url'
import { createDataConverter, type CodecKeys } from '#platform/temporal/codec.ts'
import { taskQueues } from '#workflows/messages.ts'
import type { Activities } from './index.ts'

/**
 * The settings of the workers. `bundlePath`: the prebuilt bundle, faster to start and smaller; without it, it is built
 * now.
 */
export type WorkerSettings = {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly taskQueuePrefix: string
  readonly codecKeys: CodecKeys
  readonly bundlePath?: string
  /** Not more than the database pool has connections. */
  readonly maxActivities: number
  readonly maxCachedWorkflows?: number
  /** Name of this release: a case stays with the release that began it, until that has no case left. */
  readonly buildId?: string
}

/** One process, four queues: workflows with their records, messages, directories, and what is done at an interval. */
export type Workers = {
  /** Ends when the workers were asked to shut down and have drained. */
  run(): Promise<void>
  shutdown(): void
  isRunning(): boolean
}

const workflowsPath = (): string => fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

/** Graceful first, then forced. */
const shutdownOptions = { shutdownGraceTime: '20s', shutdownForceTime: '30s' } as const

/**
 * Pinned: a case lives minutes to days, so the workers of its release stay until it is over, and no history is replayed by
 * code that did not write it. Without a name there is one version, whatever runs.
 */
const versionOptions = ({ taskQueuePrefix, buildId }: WorkerSettings): Partial<WorkerOptions> =>
  buildId === undefined
    ? {}
    : {
        workerDeploymentOptions: {
          version: { deploymentName: taskQueuePrefix, buildId },
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'PINNED',
        },
      }

/** Makes the workers of a process. */
export const createWorkers = async (settings: WorkerSettings, activities: Activities): Promise<Workers> => {
  const { connection, namespace, bundlePath } = settings
  const queues = taskQueues(settings.taskQueuePrefix)
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    activities,
    dataConverter: createDataConverter(settings.codecKeys),
    maxConcurrentActivityTaskExecutions: settings.maxActivities,
    activityTaskPollerBehavior: { type: 'autoscaling' },
    ...shutdownOptions,
    ...versionOptions(settings),
  }
  const source =
    bundlePath === undefined
      ? { workflowsPath: workflowsPath() }
      : { workflowBundle: { codePath: bundlePath } }
  const workers = [
    await Worker.create({
      ...common,
      ...source,
      taskQueue: queues.main,
      maxCachedWorkflows: settings.maxCachedWorkflows ?? 1000,
      workflowTaskPollerBehavior: { type: 'autoscaling' },
    }),
    await Worker.create({ ...common, taskQueue: queues.delivery }),
    // A directory takes few writes at once, and each participant at most one (N8).
    await Worker.create({ ...common, taskQueue: queues.directory, maxTaskQueueActivitiesPerSecond: 20 }),
    // Maintenance takes its time, and never more than two connections from requests that a person waits for.
    await Worker.create({
      ...common,
      taskQueue: queues.maintenance,
      maxConcurrentActivityTaskExecutions: 2,
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
      // An activity sends a heartbeat every five seconds, and the server gets all of them: after a moment in which a busy
      // process sent none there is time for more.
      maxHeartbeatThrottleInterval: '5s',
    }),
  ]
  return {
    run: async () => {
      await Promise.all(workers.map((worker) => worker.run()))
    },
    shutdown: () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    },
    isRunning: () => workers.every((worker) => worker.getState() === 'RUNNING'),
  }
}
