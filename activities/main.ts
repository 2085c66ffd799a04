/** The worker process: configuration → keys → database → Temporal → workers → loops → health, and back in reverse order. */
import { existsSync } from 'node:fs'
import { Runtime } from '@temporalio/worker'
import { connectAnalytics } from '#analytics/client.ts'
import { loadConfig, type WorkerConfig } from '#platform/server/config.ts'
import { connect, mustAnswer, type Db } from '#platform/server/db/connect.ts'
import { createFactTools } from '#platform/server/fact-tools.ts'
import { loadKeys } from '#platform/server/keys.ts'
import { createLogger, type Logger } from '#platform/server/log.ts'
import { openNetworkData, type NetworkData } from '#platform/server/network-data/open.ts'
import { createShutdown } from '#platform/server/shutdown.ts'
import { caseWorkflowsOver, connectTemporal } from '#platform/server/temporal.ts'
import { textTools } from '#platform/server/text-folding.ts'
import { createOpenDirectory } from './directory/index.ts'
import { listenHealth } from './health.ts'
import { createActivities } from './index.ts'
import { startLoops } from './loops/index.ts'
import { createMessenger } from './messaging/messenger.ts'
import { noNumberCheck } from './number-check/none.ts'
import type { ActivityDeps } from './ports.ts'
import { runtimeLogger } from './runtime-logger.ts'
import { createWorkers } from './worker.ts'

/** Statements end before the shortest activity does (temporal.md section 9.2). */
const statementTimeoutMs = 8_000

const networkDataOf = (config: WorkerConfig, log: Logger): NetworkData | null => {
  try {
    return openNetworkData(config.dataDir)
  } catch (error) {
    // Address checks answer "unknown" then, which the score and the console show.
    log.warn('there are no network data', { part: 'network-data', error })
    return null
  }
}

const messengerOf = (config: WorkerConfig) =>
  createMessenger(
    config.smtp,
    config.twilio === undefined
      ? null
      : { ...config.twilio, statusCallback: `${config.portalUrl}/hooks/twilio/status` },
  )

const databaseOf = (config: WorkerConfig, log: Logger): Db =>
  connect({
    url: config.database.url,
    // The loops and the relay's lock need a few beside the activities.
    max: config.database.pool + 4,
    applicationName: 'countersign-worker',
    statementTimeoutMs,
    onError: (error) => {
      log.warn('a database connection broke', { error })
    },
  })

const run = async (): Promise<void> => {
  const config = loadConfig('worker', process.env)
  const log = createLogger({ process: 'worker', level: config.logLevel })
  Runtime.install({ logger: runtimeLogger(log) })
  const shutdown = createShutdown({ log, limitMs: 10_000 })
  const keys = loadKeys(config.keyFile, 'worker')
  const db = databaseOf(config, log)
  shutdown.add('database', () => db.close())
  await mustAnswer(db)
  const temporalOptions = { ...config.temporal, codecKeys: keys.codec }
  const temporal = await connectTemporal(temporalOptions)
  shutdown.add('temporal', () => temporal.connection.close())
  const messenger = messengerOf(config)
  shutdown.add('messenger', () => {
    messenger.close()
  })
  const deps: ActivityDeps = {
    db,
    keys,
    messenger,
    numberCheck: noNumberCheck,
    portalUrl: config.portalUrl,
    textTools,
    factTools: createFactTools(networkDataOf(config, log)),
    openDirectory: createOpenDirectory(db, keys),
    log,
  }
  const workers = await createWorkers(
    {
      connection: temporal.connection,
      namespace: config.temporal.namespace,
      taskQueuePrefix: config.temporal.taskQueuePrefix,
      codecKeys: keys.codec,
      maxActivities: config.database.pool,
      ...(config.buildId === undefined ? {} : { buildId: config.buildId }),
      ...(existsSync(config.workflowBundle) ? { bundlePath: config.workflowBundle } : {}),
    },
    createActivities(deps),
  )
  const analytics = connectAnalytics({ url: config.clickhouseUrl, timeoutMs: 30_000 })
  shutdown.add('analytics', () => analytics.close())
  const loops = startLoops({
    ...deps,
    inserter: analytics,
    workflows: caseWorkflowsOver(temporal, temporalOptions),
  })
  shutdown.add('loops', () => loops.stop())
  const health = await listenHealth({
    host: config.host,
    port: config.metricsPort,
    db,
    isRunning: () => workers.isRunning() && !shutdown.ending,
    relay: loops.relay,
  })
  shutdown.add('health', () => health.close())
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
