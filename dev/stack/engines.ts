/** The engines of the stack: what the environment names is used, what it does not name is started. */
import { startClickHouse } from './clickhouse/clickhouse.ts'
import { cacheFolder, engineData } from './data-folder.ts'
import type { Secrets } from './keys.ts'
import type { PartLogs } from './part-logs.ts'
import type { Ports } from './ports.ts'
import { startPostgres } from './engines/postgres.ts'
import type { Child } from './supervise.ts'
import { startTemporal } from './engines/temporal.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface EngineOptions {
  env: Environment
  dataFolder: string
  ports: Ports
  secrets: Secrets
  logs: PartLogs
  notify: (sentence: string) => void
}

export interface Engines {
  /** Address with an owner's rights. */
  databaseUrl: string
  temporalAddress: string
  temporalNamespace: string
  /** Web page of the development server; undefined for a named server. */
  temporalUi: string | undefined
  clickhouseUrl: string
  /** Processes that we started; the stack cannot continue without any of them. */
  children: readonly Child[]
  /** Ends the engines that were started, in reverse order. */
  stop(): Promise<void>
}

interface Part<T> {
  address: T
  child?: Child
  stop(): Promise<void>
}

/** The namespace that the environment names, else Temporal's own first one. */
export function temporalNamespaceOf(env: Environment): string {
  return env['TEMPORAL_NAMESPACE'] || 'default'
}

/** Which ports the engines will need, to look at them before anything is started. PostgreSQL looks for itself. */
export function enginePorts(env: Environment, ports: Ports): Partial<Ports> {
  return {
    ...(env['CLICKHOUSE_URL'] ? {} : { clickhouse: ports.clickhouse }),
    ...(env['TEMPORAL_ADDRESS'] ? {} : { temporal: ports.temporal, temporalUi: ports.temporalUi }),
  }
}

/**
 * Starts PostgreSQL, ClickHouse and Temporal side by side.
 * @throws the first failure, in one sentence, after ending those that had started
 */
export async function startEngines(options: EngineOptions): Promise<Engines> {
  const started = await Promise.allSettled([database(options), clickhouse(options), temporal(options)])
  const parts = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const stop = async (): Promise<void> => {
    for (const part of [...parts].reverse()) await part.stop()
  }
  const [postgres, analytics, workflows] = started
  if (postgres.status === 'rejected' || analytics.status === 'rejected' || workflows.status === 'rejected') {
    await stop()
    throw started.find((result) => result.status === 'rejected')?.reason
  }
  return {
    databaseUrl: postgres.value.address,
    clickhouseUrl: analytics.value.address,
    ...workflows.value.address,
    children: parts.flatMap(({ child }) => (child ? [child] : [])),
    stop,
  }
}

async function database({
  env,
  dataFolder,
  ports,
  secrets,
  logs,
  notify,
}: EngineOptions): Promise<Part<string>> {
  const named = env['DATABASE_URL']
  if (named) return { address: named, stop: nothing }
  const { url, notice, ...part } = await startPostgres({
    dataDir: engineData(dataFolder).postgres,
    port: ports.postgres,
    mode: 'durable',
    password: secrets.databaseOwner,
    onLine: logs.of('postgres'),
  })
  if (notice) notify(notice)
  return { address: url, ...part }
}

async function clickhouse({ env, dataFolder, ports, logs }: EngineOptions): Promise<Part<string>> {
  const named = env['CLICKHOUSE_URL']
  if (named) return { address: named, stop: nothing }
  const { url, ...part } = await startClickHouse({
    dataDir: engineData(dataFolder).clickhouse,
    port: ports.clickhouse,
    onLine: logs.of('clickhouse'),
  })
  return { address: url, ...part }
}

type TemporalAddress = Pick<Engines, 'temporalAddress' | 'temporalNamespace' | 'temporalUi'>

async function temporal({
  env,
  dataFolder,
  ports,
  logs,
  notify,
}: EngineOptions): Promise<Part<TemporalAddress>> {
  const temporalNamespace = temporalNamespaceOf(env)
  const named = env['TEMPORAL_ADDRESS']
  if (named)
    return { address: { temporalAddress: named, temporalNamespace, temporalUi: undefined }, stop: nothing }
  const { address, ...part } = await startTemporal({
    cacheDir: cacheFolder(dataFolder),
    port: ports.temporal,
    uiPort: ports.temporalUi,
    namespace: temporalNamespace,
    dbFile: engineData(dataFolder).temporal,
    notify,
    onLine: logs.of('temporal'),
  })
  const temporalUi = `http://localhost:${String(ports.temporalUi)}`
  return { address: { temporalAddress: address, temporalNamespace, temporalUi }, ...part }
}

function nothing(): Promise<void> {
  return Promise.resolve()
}
