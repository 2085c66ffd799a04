/** The worker process: configuration → keys → database → Temporal → workers → loops → health, and back in reverse order. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Runtime } from '@temporalio/worker'
import { connectAnalytics } from '#analytics/client.ts'
import { loadConfig, type WorkerConfig } from '#platform/server/config.ts'
import { connect, mustAnswer, type Db } from '#platform/server/db/connect.ts'
import { createLiveFactTools } from '#platform/server/fact-tools.ts'
import { startIdleCollector } from '#platform/server/idle-collector.ts'
import { bounceAddress } from '#platform/server/bounce-address.ts'
import { loadKeys, type KeyRing } from '#platform/server/keys.ts'
import { createLogger, type Logger } from '#platform/server/log.ts'
import { openLiveNetworkData, type LiveNetworkData } from '#platform/server/network-data/live.ts'
import { createShutdown, type Shutdown } from '#platform/server/shutdown.ts'
import { caseWorkflowsOver, connectTemporal } from '#platform/server/temporal.ts'
import { textTools } from '#platform/server/text-folding.ts'
import { loadDirectories, openDirectories } from './directory/index.ts'
import { listenHealth } from './health.ts'
import { createActivities } from './index.ts'
import { heldDirectories } from './loops/sync-directories.ts'
import { startLoops, type LoopDeps } from './loops/index.ts'
import { createMessenger } from './messaging/messenger.ts'
import { noNumberCheck } from './number-check/none.ts'
import type { ActivityDeps } from './ports.ts'
import { runtimeLogger } from './runtime-logger.ts'
import { createWorkers } from './worker.ts'

/** Statements end before the shortest activity does (temporal.md section 9.2). */
const statementTimeoutMs = 8_000

/** The command line beside this file: as built, or among the sources. */
const cli = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../platform/server/cli/main.ts' : 'cli.js',
)

const refreshOf = ({ dataDir, dataSources }: WorkerConfig): Pick<LoopDeps, 'networkData'> =>
  dataSources === undefined ? {} : { networkData: { dataDir, dataSources, cli } }

const networkDataOf = (config: WorkerConfig, log: Logger, shutdown: Shutdown): LiveNetworkData => {
  const live = openLiveNetworkData(config.dataDir, { log })
  shutdown.add('network data', () => {
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

const databaseOf = async (config: WorkerConfig, log: Logger, shutdown: Shutdown): Promise<Db> => {
  const db = connect({
    url: config.database.url,
    // The loops and the relay's lock need a few beside the activities.
    max: config.database.pool + 4,
    applicationName: 'countersign-worker',
    statementTimeoutMs,
    onError: (error) => {
      log.warn('a database connection broke', { error })
    },
  })
  shutdown.add('database', () => db.close())
  await mustAnswer(db)
  return db
}

const workerOptionsOf = (config: WorkerConfig) => ({
  namespace: config.temporal.namespace,
  taskQueuePrefix: config.temporal.taskQueuePrefix,
  maxActivities: config.database.pool,
  ...(config.buildId === undefined ? {} : { buildId: config.buildId }),
  ...(existsSync(config.workflowBundle) ? { bundlePath: config.workflowBundle } : {}),
})

const collectWhenIdle = (shutdown: ReturnType<typeof createShutdown>): void => {
  const collector = startIdleCollector()
  shutdown.add('idle collector', () => {
    collector.stop()
  })
}

const run = async (): Promise<void> => {
  const config = loadConfig('worker', process.env)
  const log = createLogger({ process: 'worker', level: config.logLevel })
  Runtime.install({ logger: runtimeLogger(log) })
  const shutdown = createShutdown({ log, limitMs: 10_000 })
  const keys = loadKeys(config.keyFile, 'worker')
  const db = await databaseOf(config, log, shutdown)
  const temporalOptions = { ...config.temporal, codecKeys: keys.codec }
  const temporal = await connectTemporal(temporalOptions)
  shutdown.add('temporal', () => temporal.connection.close())
  const messenger = messengerOf(config, keys, shutdown)
  const networkData = networkDataOf(config, log, shutdown)
  const directories = await directoriesOf(config, db, keys)
  const deps: ActivityDeps = {
    db,
    keys,
    messenger,
    numberCheck: noNumberCheck,
    portalUrl: config.portalUrl,
    textTools,
    factTools: createLiveFactTools(() => networkData.current()),
    openDirectory: directories.openDirectory,
    log,
    budgetAlarms: { nearly_used: 0, used_up: 0 },
  }
  const workers = await createWorkers(
    { connection: temporal.connection, codecKeys: keys.codec, ...workerOptionsOf(config) },
    createActivities(deps),
  )
  const analytics = connectAnalytics({ url: config.clickhouseUrl, timeoutMs: 30_000 })
  shutdown.add('analytics', () => analytics.close())
  const loops = startLoops({
    ...deps,
    inserter: analytics,
    directories: directories.named,
    workflows: caseWorkflowsOver(temporal, temporalOptions),
    dataInUse: { dataDir: config.dataDir, current: () => networkData.current() },
    ...refreshOf(config),
  })
  shutdown.add('loops', () => loops.stop())
  const health = await listenHealth({
    host: config.host,
    port: config.metricsPort,
    db,
    isRunning: () => workers.isRunning() && !shutdown.ending,
    relay: loops.relay,
    harvests: loops.harvests,
    directories: directories.states,
    heldDirectories: () => heldDirectories(db, directories.named),
    budgetAlarms: deps.budgetAlarms,
    networkData,
  })
  shutdown.add('health', () => health.close())
  collectWhenIdle(shutdown)
  log.info('worker is ready', { port: config.metricsPort })
  // Signals belong to Temporal's runtime: it drains the workers, and only then the rest is closed.
  await workers.run()
  await shutdown.run()
}

try {
  await run()
} catch (error) {
  const message = error instanceof Error ? error.message : 'unknown error'
  process.stderr.write(`The worker cannot go on: ${message}\n`)
  process.exitCode = 1
  // Connections that are open already would keep a process alive that can do nothing.
  process.exit()
}
