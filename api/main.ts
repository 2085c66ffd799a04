/** The API process: configuration → keys → database → Temporal → analytics → three listeners → drain. */
import { collectDefaultMetrics, Registry } from 'prom-client'
import { connectAnalytics } from '#analytics/client.ts'
import type { ApiConfig } from '#platform/process/config.ts'
import type { Db } from '#platform/database/connect.ts'
import { listen } from '#platform/database/notify.ts'
import { createLiveFactTools } from '#platform/facts/fact-tools.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { registerDataMetrics } from '#platform/network-data/data-metrics.ts'
import { openLiveNetworkData, type LiveNetworkData } from '#platform/network-data/live.ts'
import { createBreachedPasswords } from '#platform/crypto/breached-passwords.ts'
import { createIsBreached } from '#platform/crypto/password-range.ts'
import { createPasswordEstimate } from '#platform/crypto/password-quality.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'
import { endOnSignal } from '#platform/process/shutdown.ts'
import { onPort, openDatabase, openKeys, runProcess, type Process } from '#platform/process/starting.ts'
import { verificationsOnceConnected } from '#platform/temporal/temporal-once-connected.ts'
import { forwardTemporalLogs } from '#platform/temporal/temporal-logs.ts'
import { namespaceMustExist } from '#platform/temporal/temporal-state.ts'
import { createVerifications, type Verifications } from '#platform/temporal/temporal.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { atMost } from '#platform/process/at-most.ts'
import { createApp } from './app.ts'
import { approverCallbackPath } from './auth/approver-routes.ts'
import { participantCallbackPath } from './auth/participant-routes.ts'
import { createOidcSignIn } from './auth/oidc.ts'
import { listenForBounces } from './hooks/bounce-listener.ts'
import { createLiveHub, type LiveHub } from './console/live/live-hub.ts'
import type { ApiDeps, ApiSettings } from './deps.ts'
import { listenFor } from './http/listener.ts'

const analyticsMs = 10_000
const partMs = 8_000
/** The start waits this long for Temporal; the portal keeps answers without it, and the connection is tried on. */
const firstConnectionMs = 3_000

type ApiProcess = Process<'api'>

const openTemporal = async ({ config, log, shutdown }: ApiProcess, keys: KeyRing): Promise<Verifications> => {
  forwardTemporalLogs(log)
  const { port, connected } = verificationsOnceConnected(
    () => createVerifications({ ...config.temporal, keys }),
    (error) => {
      log.warn('Temporal does not answer yet', { error })
    },
  )
  shutdown.add('temporal', () => port.close())
  await atMost(firstConnectionMs, connected, undefined)
  await atMost(
    firstConnectionMs,
    namespaceMustExist(() => port.lack(), config.temporal),
    undefined,
  )
  return port
}

const openData = ({ config, log, shutdown }: ApiProcess, metrics: Registry): LiveNetworkData => {
  const live = openLiveNetworkData(config.dataDir, { log })
  shutdown.add('network-data', () => {
    live.stop()
  })
  registerDataMetrics(metrics, live)
  return live
}

const openLive = async ({ log, shutdown }: ApiProcess, db: Db): Promise<LiveHub> => {
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
  shutdown.add('change-notices', () => listener.stop())
  return hub
}

const settingsOf = (config: ApiConfig): ApiSettings => ({
  consoleUrl: config.consoleUrl,
  portalUrl: config.portalUrl,
  staticDir: config.staticDir,
  oidcIssuer: config.oidc.issuer,
  twilioAuthToken: config.twilio?.authToken ?? null,
  isProduction: config.mode === 'production',
  ...(config.ja4 === undefined ? {} : { ja4: config.ja4 }),
  temporalUiUrl:
    config.temporalUiUrl === undefined
      ? null
      : `${config.temporalUiUrl}/namespaces/${encodeURIComponent(config.temporal.namespace)}`,
})

/** The filter of breached passwords in the data folder, and the operator's service where one is named. */
const passwordChecks = ({ config, log }: ApiProcess): Pick<ApiDeps, 'estimatePassword' | 'isBreached'> => {
  const breached = createBreachedPasswords(config.dataDir, (reason) => {
    log.error('the filter of breached passwords is not used', { reason })
  })
  const estimatePassword = createPasswordEstimate(breached)
  if (config.passwordRangeUrl === undefined) return { estimatePassword }
  const isBreached = createIsBreached(config.passwordRangeUrl, (reason) => {
    log.warn('a password was not looked up at PASSWORD_RANGE_URL', { reason })
  })
  return { estimatePassword, isBreached }
}

const openAll = async (process: ApiProcess): Promise<ApiDeps> => {
  const { config, log, shutdown } = process
  const keys = openKeys(process)
  const db = await openDatabase(process, 0)
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
    participantSignIn: createOidcSignIn({
      ...config.oidc,
      consoleUrl: config.consoleUrl,
      redirectUri: `${config.portalUrl}${participantCallbackPath}`,
    }),
    clientAddress: createClientAddress(config.trustedProxies),
    factTools: createLiveFactTools(() => networkData.current()),
    networkData,
    ...passwordChecks(process),
    textTools,
    log,
    metrics,
    live: await openLive(process, db),
    rateSecret: pseudonymOf(keys, 'install', 'rate-limit', 'v1'),
    isEnding: () => shutdown.ending,
    settings: settingsOf(config),
  }
}

const start = async (process: ApiProcess): Promise<void> => {
  const { config, log, shutdown } = process
  const deps = await openAll(process)
  const { consoleApp, portalApp, opsApp, ready } = createApp(deps)
  shutdown.add('readiness', ready.keepLooking())
  const surfaces = [
    ['operations', opsApp, 'METRICS_PORT', config.metricsPort],
    ['portal', portalApp, 'PORTAL_PORT', config.portalPort],
    ['console', consoleApp, 'CONSOLE_PORT', config.consolePort],
  ] as const
  for (const [part, app, variable, port] of surfaces) {
    const listener = await onPort(variable, port, () => listenFor(app, port, config.host))
    shutdown.add(part, () => listener.stop())
    log.info('listening', { part, port: listener.port })
  }
  if (config.bounces !== undefined) {
    const bounces = { ...config.bounces, host: config.host }
    const listener = await onPort('BOUNCE_PORT', bounces.port, () => listenForBounces(deps, bounces))
    shutdown.add('bounces', () => listener.stop())
    log.info('listening', { part: 'bounces', port: listener.port })
  }
  // Stopped first: an open stream would keep its listener from closing.
  shutdown.add('live-streams', () => {
    deps.live.stop()
  })
}

await runProcess('api', process.env, partMs, async (process) => {
  endOnSignal(process.shutdown)
  await start(process)
})
