/** The order in which the parts of the stack start, and the reverse in which they end. */
import { join } from 'node:path'
import { type RunningApp, startApp } from './apps.ts'
import { assertOurs, openDataFolder, PROJECT_ROOT } from './data-folder.ts'
import { type DatabaseLogins, openDatabaseLogins } from './engines/database-logins.ts'
import {
  type DemoSummary,
  describeAccounts,
  describeAuthenticators,
  keepDemoFresh,
  prepareDemo,
} from './demo/demo.ts'
import { enginePorts, type Engines, type Environment, startEngines } from './engines.ts'
import { type DemoDirectoryKind, openDemoDirectory } from './demo/demo-directories.ts'
import { ensureBuilt, ensureNetworkData, runScript } from './fresh-build.ts'
import { openIdentityKeys, openKeyFiles, openSecrets, refuseNewKeys, type Secrets } from './keys.ts'
import { startMailbox } from './mailbox/mailbox.ts'
import { checkNamedParts, refuseUnusableVariables } from './named-parts.ts'
import { openDemoCases } from './demo/open-demo-cases.ts'
import { openPartLogs, type PartLogs } from './part-logs.ts'
import { assertPortsFree, planPorts, type Ports } from './ports.ts'
import {
  addressesOf,
  environmentFor,
  namedParts,
  oidcClientOf,
  type StackParts,
} from './stack-environment.ts'
import { takeStartLock } from './start-lock.ts'
import { watchSources } from './watch-sources.ts'

/** Parts of an earlier start that was killed may take this long to go. Milliseconds. */
const LEFT_BEHIND_MS = 8000

export interface StackOptions {
  env: Environment
  notify: (sentence: string) => void
  /** Builds again and restarts the two processes when a source changes. */
  watches: boolean
  /** A real directory under the demo, started here. */
  directory?: DemoDirectoryKind | undefined
}

export interface Stack {
  /** Resolves with the message for the developer when the stack cannot start or continue. */
  failed: Promise<string>
  /** Ends everything in reverse order. */
  stop(): Promise<void>
}

/** The steps of a start hand these to each other. */
interface Start extends StackOptions {
  dataFolder: string
  ports: Ports
  secrets: Secrets
  logs: PartLogs
  /** Registers the function that ends what was just started. */
  onStop: (stop: () => Promise<void>) => void
  /** Ends the stack with this message. */
  fail: (reason: string) => void
}

/** Starts the stack; answers at once, so that it can be ended while it is still starting. */
export function runStack(options: StackOptions): Stack {
  const stops: (() => Promise<void>)[] = []
  let isStopping = false
  let fail: (reason: string) => void = () => undefined
  const failed = new Promise<string>((resolve) => {
    fail = (reason) => {
      if (!isStopping) resolve(reason)
    }
  })
  start(options, (stop) => stops.push(stop), fail).catch((error: unknown) => {
    fail(error instanceof Error ? error.message : String(error))
  })
  return {
    failed,
    stop: async () => {
      isStopping = true
      for (const stop of stops.reverse()) await stop().catch(() => undefined)
    },
  }
}

async function start(options: StackOptions, onStop: Start['onStop'], fail: Start['fail']): Promise<void> {
  const begun = Date.now()
  const context = open(options, onStop, fail)
  refuseUnusableVariables(options.env, context.ports, context.secrets)
  await checkNamedParts(options.env)
  await waitForPorts(context)
  const named = namedParts(options.env)
  const networkData = join(context.dataFolder, 'network-data')
  const [prepared] = await together([
    prepareEngines(context),
    named.mail && named.sms ? Promise.resolve() : openMailbox(context),
    ensureNetworkData(PROJECT_ROOT, networkData, options.notify),
    ensureBuilt(PROJECT_ROOT, options.notify),
  ])
  const directory = await openDemoDirectory({ ...context, databaseUrl: prepared.engines.databaseUrl })
  const pushEnv = named.push ? {} : await openAuthenticator(context, prepared)
  const parts = { ...context, ...prepared, root: PROJECT_ROOT, networkData, ...directory, pushEnv }
  if (!named.signIn) await openSignIn(context, prepared)
  const apps = await startApps(context, parts)
  if (options.watches) onStop(watchSources(PROJECT_ROOT, context.notify, apps))
  options.notify(describeReady(context, prepared, Date.now() - begun, directory.lines))
  if (prepared.demo.lacksOpenCases) await openDemoCases(parts)
}

function open(
  options: StackOptions,
  onStop: Start['onStop'],
  fail: Start['fail'],
): Start & { wasLeftBehind: boolean } {
  const dataFolder = openDataFolder(options.env['COUNTERSIGN_DATA'])
  assertOurs(dataFolder)
  const lock = takeStartLock(dataFolder)
  onStop(() => {
    lock.release()
    return Promise.resolve()
  })
  const logs = openPartLogs(dataFolder)
  onStop(() => logs.close())
  const ports = planPorts(options.env['PORT_BASE'])
  return { ...options, dataFolder, ports, logs, secrets: openSecrets(dataFolder), onStop, fail, ...lock }
}

async function waitForPorts({
  env,
  ports,
  wasLeftBehind,
}: Start & { wasLeftBehind: boolean }): Promise<void> {
  const { console, portal, identityProvider, inbox, smtp, twilio, bounces, pushes, phones } = ports
  const { apiMetrics, workerMetrics } = ports
  const named = namedParts(env)
  const wanted = {
    ...{ console, portal, apiMetrics, workerMetrics },
    ...(named.signIn ? {} : { identityProvider }),
    ...(named.mail && named.sms ? {} : { inbox, smtp, twilio }),
    ...(named.mail ? {} : { bounces }),
    ...(named.push ? {} : { pushes, phones }),
    ...enginePorts(env, ports),
  }
  const deadline = Date.now() + (wasLeftBehind ? LEFT_BEHIND_MS : 0)
  for (;;) {
    try {
      await assertPortsFree(wanted)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resume) => setTimeout(resume, 200))
    }
  }
}

interface Prepared {
  engines: Engines
  logins: DatabaseLogins
  keyFiles: StackParts['keyFiles']
  demo: DemoSummary
}

async function prepareEngines(context: Start): Promise<Prepared> {
  const { env, ports, secrets, dataFolder, onStop, fail } = context
  const { files: keyFiles, areNew } = openKeyFiles(dataFolder)
  const engines = await startEngines(context)
  onStop(() => engines.stop())
  for (const child of engines.children) {
    void child.exited.then(() => {
      fail(`${child.name} ended by itself. It said:\n${child.tail()}`)
    })
  }
  const analytics = {
    NODE_ENV: 'development',
    DATABASE_URL: engines.databaseUrl,
    CLICKHOUSE_URL: engines.clickhouseUrl,
  }
  const issuer = addressesOf(env, ports).issuer
  const ours = env['DATABASE_URL'] ? undefined : dataFolder
  const demoOptions = {
    databaseUrl: engines.databaseUrl,
    keyFile: keyFiles.worker,
    issuer,
    dataFolder: ours,
  }
  const [demo] = await together([
    prepareDemo(demoOptions),
    runScript(PROJECT_ROOT, 'analytics/main.ts', ['migrate'], analytics),
  ])
  if (areNew && demo.status === 'refreshed') refuseNewKeys(keyFiles)
  onStop(keepDemoFresh(demoOptions))
  const logins = await openDatabaseLogins(engines.databaseUrl, secrets)
  return { engines, logins, keyFiles, demo }
}

async function openMailbox({ ports, secrets, onStop }: Start): Promise<void> {
  const mailbox = await startMailbox({
    webPort: ports.inbox,
    smtpPort: ports.smtp,
    twilioPort: ports.twilio,
    bouncePort: ports.bounces,
    account: { accountSid: secrets.twilioAccountSid, authToken: secrets.twilioAuthToken },
  })
  onStop(() => mailbox.stop())
}

/** A database that belongs to other organisations has nobody with a phone, and no push server is started. */
async function openAuthenticator(
  { dataFolder, ports, onStop }: Start,
  { demo }: Prepared,
): Promise<Environment> {
  if (demo.authenticators.length === 0) return {}
  const { startAuthenticator } = await import('./authenticator/authenticator.ts')
  const authenticator = await startAuthenticator({
    pushPort: ports.pushes,
    phonePort: ports.phones,
    dataFolder,
    owners: demo.authenticators,
  })
  onStop(() => authenticator.stop())
  return { PUSH_SERVICES: authenticator.servicesFile }
}

async function openSignIn(
  { env, dataFolder, ports, secrets, logs, onStop }: Start,
  { engines, demo }: Prepared,
): Promise<void> {
  const { openDemoAccounts } = await import('./demo/demo-accounts.ts')
  const { factorKeyOf, openDemoFactors } = await import('./demo/demo-factors.ts')
  const { startIdentityProvider } = await quietly(
    logs.of('identity-provider'),
    () => import('./identity/identity-provider.ts'),
  )
  const accounts = openDemoAccounts(engines.databaseUrl)
  onStop(() => accounts.close())
  const { console, portal, issuer } = addressesOf(env, ports)
  await accounts.adoptIssuer(issuer)
  const keys = openIdentityKeys(dataFolder)
  const provider = await startIdentityProvider({
    port: ports.identityProvider,
    keys,
    accounts,
    factors: openDemoFactors(accounts.withAccount, factorKeyOf(keys.cookieKeys[0] ?? '')),
    client: oidcClientOf(console, portal, secrets),
    hint: (words) => describeAccounts(demo, words).join('\n'),
  })
  onStop(() => provider.stop())
}

/** The provider's library warns on the console about Node versions while it loads; that belongs into its log. */
async function quietly<T>(log: (line: string) => void, load: () => Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    log(words.join(' '))
  }
  try {
    return await load()
  } finally {
    console.warn = warn
  }
}

async function startApps(context: Start, parts: StackParts): Promise<readonly RunningApp[]> {
  const { ports, logs, notify, fail, onStop } = context
  const launch = (kind: 'api' | 'worker', metricsPort: number): RunningApp => {
    const app = startApp({
      kind,
      root: PROJECT_ROOT,
      env: { ...environmentFor(kind, parts), PATH: context.env['PATH'] },
      metricsPort,
      onLine: logs.of(kind),
      onCrash: (willRestart, lastWords) => {
        const said = `The ${kind} ended by itself (see ${join(logs.folder, `${kind}.log`)}).`
        if (willRestart) notify(`${said} Starting it again.`)
        else fail(`${said} It does so again and again. It said:\n${lastWords}`)
      },
    })
    onStop(() => app.stop())
    return app
  }
  const apps = [launch('worker', ports.workerMetrics), launch('api', ports.apiMetrics)]
  await together(apps.map((app) => app.whenReady()))
  return apps
}

function describeReady(
  { env, ports, logs }: Start,
  { engines, demo }: Prepared,
  tookMs: number,
  directoryLines: readonly string[],
): string {
  const { console, portal } = addressesOf(env, ports)
  const named = namedParts(env)
  const places = [
    `console ${console}`,
    `portal ${portal}`,
    ...(named.mail && named.sms ? [] : [`inbox http://localhost:${String(ports.inbox)}`]),
    ...(named.signIn ? [] : [`employee sign-in http://127.0.0.1:${String(ports.identityProvider)}/employee`]),
    ...(named.push || demo.authenticators.length === 0
      ? []
      : [`authenticator http://localhost:${String(ports.phones)}`]),
    ...(engines.temporalUi ? [`Temporal ${engines.temporalUi}`] : []),
  ]
  const accounts = named.signIn ? [adviceOnSignIn(env)] : describeAccounts(demo)
  return [
    `Countersign is ready (${(tookMs / 1000).toFixed(1)} s): ${places.join(' · ')}`,
    ...[...accounts, ...(named.push ? [] : describeAuthenticators(demo)), ...directoryLines].map(
      (line) => `  ${line}`,
    ),
    `  logs ${logs.folder} · Ctrl-C ends everything`,
  ].join('\n')
}

/** The passwords of the demo are known to the demo's own provider only. */
function adviceOnSignIn(env: Environment): string {
  return `people sign in at ${env['OIDC_ISSUER'] ?? ''}; \`npm run cli -- staff\` ties its accounts to staff (docs/runbook.md)`
}

/** Waits for all, so that whatever started can be ended, then throws the first failure. */
async function together<const T extends readonly Promise<unknown>[]>(
  steps: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(steps)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return Promise.all(steps)
}
