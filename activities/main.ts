/** The worker process: configuration → keys → database → Temporal → workers → loops → health, and back in reverse order. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connectAnalytics } from '#analytics/client.ts'
import type { WorkerConfig } from '#platform/process/config.ts'
import type { Db } from '#platform/database/connect.ts'
import { watchDatabase } from '#platform/database/database-state.ts'
import { createLiveFactTools } from '#platform/facts/fact-tools.ts'
import { bounceAddress } from '#services/messages/bounce-address.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openLiveNetworkData, type LiveNetworkData } from '#platform/network-data/live.ts'
import { readSourceFile } from '#platform/network-data/refresh/sources.ts'
import { createReadiness, type Ready } from '#platform/process/readiness.ts'
import type { Shutdown } from '#platform/process/shutdown.ts'
import { StartError } from '#platform/process/start-error.ts'
import { onPort, openDatabase, openKeys, runProcess, type Process } from '#platform/process/starting.ts'
import { forwardTemporalLogs } from '#platform/temporal/temporal-logs.ts'
import { namespaceMustExist, temporalLack, type TemporalLack } from '#platform/temporal/temporal-state.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import { schedulesOver } from '#platform/temporal/temporal-schedules.ts'
import { connectTemporal } from '#platform/temporal/temporal.ts'
import { schedulesFor } from '#domain/schedules.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { loadDirectories, openDirectories } from './directory/index.ts'
import { listenHealth, type HealthOptions } from './health.ts'
import { createActivities } from './index.ts'
import { heldDirectories, lookAtDirectories } from './maintenance/sync-directories.ts'
import { startLoops, type LoopDeps } from './maintenance/index.ts'
import { createMessenger } from './messaging/messenger.ts'
import { noNumberCheck } from './number-check/none.ts'
import type { ActivityDeps } from './ports.ts'
import { loadPushServices } from './push/configuration.ts'
import type { PushServices } from './push/port.ts'
import { createWorkers } from './worker.ts'

/** One part may take this long to stop. */
const partMs = 10_000
/** Temporal may be away this long before the worker counts as not ready: shorter gaps end by themselves. */
const temporalPatienceMs = 30_000

type WorkerProcess = Process<'worker'>

/** Among the sources the workflows can be bundled at the start; a build brings its bundle. */
const isSource = import.meta.filename.endsWith('.ts')

/** The command line beside this file. */
const cli = join(import.meta.dirname, isSource ? '../cli/main.ts' : 'cli.js')

/** @throws StartError where the operator's file of sources cannot be used */
const refreshOf = ({ dataDir, dataSources }: WorkerConfig): Pick<LoopDeps, 'networkData'> => {
  if (dataSources === undefined) return {}
  try {
    readSourceFile(dataSources)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read'
    throw new StartError(`DATA_SOURCES cannot be used: ${why}.`, { cause: error })
  }
  return { networkData: { dataDir, dataSources, cli } }
}

const networkDataOf = ({ config, log, shutdown }: WorkerProcess): LiveNetworkData => {
  const live = openLiveNetworkData(config.dataDir, { log })
  shutdown.add('network-data', () => {
    live.stop()
  })
  return live
}

const messengerOf = ({ smtp, ...config }: WorkerConfig, keys: KeyRing, shutdown: Shutdown) => {
  const messenger = createMessenger(
    {
      ...smtp,
      returnPath: (reference) =>
        smtp.bounceDomain === undefined ? null : bounceAddress(keys, reference, smtp.bounceDomain),
    },
    config.twilio === undefined
      ? null
      : { ...config.twilio, statusCallback: `${config.portalUrl}/hooks/twilio/status` },
  )
  shutdown.add('messenger', () => {
    messenger.close()
  })
  return messenger
}

const directoriesOf = async ({ directoriesFile }: WorkerConfig, db: Db, keys: KeyRing) => {
  const named = directoriesFile === undefined ? [] : await loadDirectories(db, directoriesFile)
  return { named, ...openDirectories(db, keys, named) }
}

/** @throws StartError where the operator's file of services for pushes cannot be used */
const pushesOf = async ({ pushServicesFile }: WorkerConfig, db: Db): Promise<PushServices> =>
  pushServicesFile === undefined ? new Map() : loadPushServices(db, pushServicesFile)

/** @throws StartError where a build misses its bundle */
const bundleOf = ({ workflowBundle }: WorkerConfig): { bundlePath?: string } => {
  if (existsSync(workflowBundle)) return { bundlePath: workflowBundle }
  if (isSource) return {}
  throw new StartError(
    `WORKFLOW_BUNDLE names ${workflowBundle}, where there is no file: name the workflows.js of the build.`,
  )
}

const workerOptionsOf = (config: WorkerConfig) => ({
  namespace: config.temporal.namespace,
  taskQueuePrefix: config.temporal.taskQueuePrefix,
  maxActivities: config.database.pool,
  ...(config.buildId === undefined ? {} : { buildId: config.buildId }),
  ...bundleOf(config),
})

const temporalOf = async ({ config, log, shutdown }: WorkerProcess, keys: KeyRing) => {
  forwardTemporalLogs(log)
  const options = { ...config.temporal, codecKeys: keys.codec }
  const temporal = await connectTemporal(options)
  shutdown.add('temporal', () => temporal.connection.close())
  const lack = () => temporalLack(temporal.connection, options.namespace)
  await namespaceMustExist(lack, options)
  return {
    connection: temporal.connection,
    lack,
    workflows: caseWorkflowsOver(temporal),
    schedules: schedulesOver(
      temporal,
      options.taskQueuePrefix,
      schedulesFor({ hasDirectories: config.directoriesFile !== undefined }),
    ),
  }
}

type Needs = {
  readonly db: Db
  readonly lack: () => Promise<TemporalLack | null>
  readonly isRunning: () => boolean
}

/** The worker's own needs decide if it is ready. Without Temporal for a while it does nothing, so it is not ready. */
const readinessOf = ({ log, shutdown }: WorkerProcess, { db, lack, isRunning }: Needs): Ready => {
  const ready = createReadiness({
    log,
    isEnding: () => shutdown.ending,
    probes: [
      { part: 'database', look: watchDatabase(db, 'worker') },
      { part: 'temporal', look: lack, patienceMs: temporalPatienceMs },
      { part: 'workers', look: () => Promise.resolve(isRunning() ? null : { reason: 'not_polling' }) },
    ],
  })
  shutdown.add('readiness', ready.keepLooking())
  return ready
}

const depsOf = async (process: WorkerProcess, db: Db, keys: KeyRing) => {
  const { config, log, shutdown } = process
  const networkData = networkDataOf(process)
  const directories = await directoriesOf(config, db, keys)
  const deps: ActivityDeps = {
    db,
    keys,
    messenger: messengerOf(config, keys, shutdown),
    numberCheck: noNumberCheck,
    portalUrl: config.portalUrl,
    textTools,
    factTools: createLiveFactTools(() => networkData.current()),
    openDirectory: directories.openDirectory,
    pushes: await pushesOf(config, db),
    log,
    budgetAlarms: { nearly_used: 0, used_up: 0 },
    impersonations: { refused: 0 },
    unreadable: { found: 0 },
  }
  return { networkData, directories, deps }
}

const run = async (process: WorkerProcess): Promise<void> => {
  const { config, log, shutdown } = process
  const workerOptions = workerOptionsOf(config)
  const refresh = refreshOf(config)
  const keys = openKeys(process)
  // The loops and the relay's lock need a few beside the activities.
  const db = await openDatabase(process, 4)
  const { connection, lack, workflows, schedules } = await temporalOf(process, keys)
  const { networkData, directories, deps } = await depsOf(process, db, keys)
  const workers = await createWorkers(
    { connection, codecKeys: keys.codec, ...workerOptions },
    createActivities({ ...deps, directories: directories.named }),
  )
  const analytics = connectAnalytics({ url: config.clickhouseUrl, timeoutMs: 30_000 })
  shutdown.add('analytics', () => analytics.close())
  const loops = startLoops({
    ...deps,
    inserter: analytics,
    workflows,
    schedules,
    dataInUse: { dataDir: config.dataDir, current: () => networkData.current() },
    ...refresh,
    ...(config.auditHeadFile === undefined ? {} : { auditHeadFile: config.auditHeadFile }),
  })
  shutdown.add('loops', () => loops.stop())
  void lookAtDirectories({ ...deps, directories: directories.named })
  const isRunning = () => workers.isRunning() && !shutdown.ending
  const healthOptions: HealthOptions = {
    host: config.host,
    port: config.metricsPort,
    ready: readinessOf(process, { db, lack, isRunning }),
    isRunning,
    relay: loops.relay,
    harvests: loops.harvests,
    audit: loops.audit,
    schedules: loops.schedules,
    directories: directories.states,
    heldDirectories: () => heldDirectories(db, directories.named),
    budgetAlarms: deps.budgetAlarms,
    impersonations: deps.impersonations,
    unreadable: deps.unreadable,
    networkData,
  }
  const health = await onPort('METRICS_PORT', config.metricsPort, () => listenHealth(healthOptions))
  shutdown.add('health', () => health.close())
  log.info('worker is ready', { port: config.metricsPort })
  // Signals belong to Temporal's runtime: it drains the workers, and only then the rest is closed.
  await workers.run()
  await shutdown.run()
}

await runProcess('worker', process.env, partMs, run)
