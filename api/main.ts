/** The API process: configuration → keys → database → Temporal → analytics → three listeners → drain. */
import { setTimeout as pause } from 'node:timers/promises'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { connectAnalytics } from '#analytics/client.ts'
import { ConfigError, loadConfig, type ApiConfig } from '#platform/server/config.ts'
import { connect, type Db } from '#platform/server/db/connect.ts'
import { listen } from '#platform/server/db/notify.ts'
import { createLiveFactTools } from '#platform/server/fact-tools.ts'
import { startIdleCollector } from '#platform/server/idle-collector.ts'
import { loadKeys, type KeyRing } from '#platform/server/keys.ts'
import { createLogger, type Logger } from '#platform/server/log.ts'
import { createClientAddress } from '#platform/server/network-data/client-address.ts'
import { registerDataMetrics } from '#platform/server/network-data/data-metrics.ts'
import { openLiveNetworkData, type LiveNetworkData } from '#platform/server/network-data/live.ts'
import { createPasswordEstimate } from '#platform/server/password-quality.ts'
import { pseudonymOf } from '#platform/server/sealing.ts'
import { createShutdown, endOnSignal, type Shutdown } from '#platform/server/shutdown.ts'
import { createVerifications, type Verifications } from '#platform/server/temporal.ts'
import { textTools } from '#platform/server/text-folding.ts'
import { createApp } from './app.ts'
import { approverCallbackPath } from './auth/approver-routes.ts'
import { createOidcSignIn } from './auth/oidc.ts'
import { listenForBounces } from './hooks/bounce-listener.ts'
import { createLiveHub, type LiveHub } from './console/live-hub.ts'
import type { ApiDeps, ApiSettings } from './deps.ts'
import { listenFor } from './listener.ts'

/** Below every caller's own deadline (temporal.md section 9.2). */
const statementMs = 8_000
const analyticsMs = 10_000
const partMs = 8_000
/** How often, a second apart, the first connection to Temporal is tried: it may start after us. */
const temporalTries = 90

type Process = { readonly config: ApiConfig; readonly log: Logger; readonly shutdown: Shutdown }

const openDatabase = ({ config, log, shutdown }: Process): Db => {
  const db = connect({
    url: config.database.url,
    max: config.database.pool,
    applicationName: 'countersign-api',
    statementTimeoutMs: statementMs,
    onError: (error) => {
      log.warn('database connection lost', { error })
    },
  })
  shutdown.add('database', () => db.close())
  return db
}

const openTemporal = async ({ config, log, shutdown }: Process, keys: KeyRing): Promise<Verifications> => {
  for (let left = temporalTries; ; left -= 1) {
    try {
      const verifications = await createVerifications({ ...config.temporal, codecKeys: keys.codec })
      shutdown.add('temporal', () => verifications.close())
      return verifications
    } catch (error) {
      if (left <= 1) throw error
      log.warn('Temporal does not answer yet', { error })
      await pause(1_000)
    }
  }
}

const openData = ({ config, log, shutdown }: Process, metrics: Registry): LiveNetworkData => {
  const live = openLiveNetworkData(config.dataDir, { log })
  shutdown.add('network data', () => {
    live.stop()
  })
  registerDataMetrics(metrics, live)
  return live
}

const openLive = async ({ log, shutdown }: Process, db: Db): Promise<LiveHub> => {
  const hub = createLiveHub()
  const listener = await listen(db, {
    onChange: (change) => {
      hub.change(change)
    },
    onGap: () => {
      hub.gap()
    },
    onError: (error) => {
      log.warn('change notices interrupted', { error })
    },
  })
  shutdown.add('change notices', () => listener.stop())
  return hub
}

const settingsOf = (config: ApiConfig): ApiSettings => ({
  consoleUrl: config.consoleUrl,
  portalUrl: config.portalUrl,
  staticDir: config.staticDir,
  oidcIssuer: config.oidc.issuer,
  twilioAuthToken: config.twilio?.authToken ?? null,
  isProduction: config.mode === 'production',
  temporalUiUrl:
    config.temporalUiUrl === undefined
      ? null
      : `${config.temporalUiUrl}/namespaces/${encodeURIComponent(config.temporal.namespace)}`,
})

const openAll = async (process: Process): Promise<ApiDeps> => {
  const { config, log, shutdown } = process
  const keys = loadKeys(config.keyFile, 'api')
  const db = openDatabase(process)
  const analytics = connectAnalytics({ url: config.clickhouseUrl, timeoutMs: analyticsMs })
  shutdown.add('analytics', () => analytics.close())
  const verifications = await openTemporal(process, keys)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const networkData = openData(process, metrics)
  return {
    db,
    keys,
    verifications,
    querier: analytics,
    signIn: createOidcSignIn({ ...config.oidc, consoleUrl: config.consoleUrl }),
    approverSignIn: createOidcSignIn({
      ...config.oidc,
      consoleUrl: config.consoleUrl,
      redirectUri: `${config.portalUrl}${approverCallbackPath}`,
      prompt: 'login',
    }),
    clientAddress: createClientAddress(config.trustedProxies),
    factTools: createLiveFactTools(() => networkData.current()),
    networkData,
    estimatePassword: createPasswordEstimate(),
    textTools,
    log,
    metrics,
    live: await openLive(process, db),
    rateSecret: pseudonymOf(keys, 'install', 'rate-limit', 'v1'),
    isEnding: () => shutdown.ending,
    settings: settingsOf(config),
  }
}

const start = async (process: Process): Promise<void> => {
  const { config, log, shutdown } = process
  const deps = await openAll(process)
  const { consoleApp, portalApp, opsApp } = createApp(deps)
  const surfaces = [
    ['operations', opsApp, config.metricsPort],
    ['portal', portalApp, config.portalPort],
    ['console', consoleApp, config.consolePort],
  ] as const
  for (const [part, app, port] of surfaces) {
    const listener = await listenFor(app, port, config.host)
    shutdown.add(part, () => listener.stop())
    log.info('listening', { part, port: listener.port })
  }
  if (config.bounces !== undefined) {
    const listener = await listenForBounces(deps, { ...config.bounces, host: config.host })
    shutdown.add('bounces', () => listener.stop())
    log.info('listening', { part: 'bounces', port: listener.port })
  }
  const collector = startIdleCollector()
  shutdown.add('idle collector', () => {
    collector.stop()
  })
  // Stopped first: an open stream would keep its listener from closing.
  shutdown.add('live streams', () => {
    deps.live.stop()
  })
}

const main = async (): Promise<void> => {
  const config = loadConfig('api', process.env)
  const log = createLogger({ process: 'api', level: config.logLevel })
  const shutdown = createShutdown({ log, limitMs: partMs })
  endOnSignal(shutdown)
  try {
    await start({ config, log, shutdown })
  } catch (error) {
    log.error('the API could not start', { error })
    await shutdown.run()
    process.exitCode = 1
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
})
