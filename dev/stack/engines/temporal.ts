/** Temporal for development and tests: the server that is named, else the development server started by us. */
import { join } from 'node:path'
import { type Child, startChild, whenReady } from '../supervise.ts'
import { findTemporalProgram, run } from './temporal-program.ts'

/** The workflows attach these to each execution: keywords and one time, never personal data. */
export const SEARCH_ATTRIBUTES: Readonly<Record<string, 'Keyword' | 'Datetime'>> = {
  TenantId: 'Keyword',
  CaseKind: 'Keyword',
  Purpose: 'Keyword',
  CaseState: 'Keyword',
  RiskBand: 'Keyword',
  AgentRef: 'Keyword',
  OpenedAt: 'Datetime',
}

export interface TemporalOptions {
  /** Folder below which a fetched program is kept. */
  cacheDir: string
  port: number
  namespace: string
  /** File that keeps cases across restarts. Without it they are in memory. */
  dbFile?: string
  /** Port of the web page; none without it. */
  uiPort?: number
  /** Settings of the server by name, as its documentation calls them. */
  dynamicConfig?: Readonly<Record<string, string | number>>
  notify: (sentence: string) => void
  onLine?: (line: string) => void
}

export interface RunningTemporal {
  /** `host:port` of the frontend. */
  address: string
  child: Child
  stop(): Promise<void>
}

/**
 * Starts a development server on 127.0.0.1 with our namespace and search attributes. For function only: it keeps one
 * history shard and one database connection, so nothing may be concluded from its speed.
 * @throws one message that lists each source that was tried, or the server's last lines
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const program = await findTemporalProgram(options)
  const child = startChild({
    name: 'Temporal',
    command: program,
    args: ['server', 'start-dev', ...serverOptions(options)],
    env: serverEnvironment(options.cacheDir),
    stopSignal: 'SIGTERM',
    ...(options.onLine ? { onLine: options.onLine } : {}),
  })
  const address = `127.0.0.1:${String(options.port)}`
  try {
    await whenReady(child, () => knowsAttributes(program, address, options.namespace), { everyMs: 100 })
  } catch (error) {
    await child.stop()
    throw error
  }
  return { address, child, stop: () => child.stop() }
}

/**
 * Checks a server that the environment names; starts and stops nothing.
 * @throws one sentence naming what is missing there
 */
export async function checkNamedTemporal(address: string, namespace: string): Promise<void> {
  // Loaded here only: a stack that starts its own server does without the client.
  const { Connection } = await import('@temporalio/client')
  const { sentenceOfTemporal, temporalLack } = await import('#platform/temporal/temporal-state.ts')
  const connection = await Connection.connect({ address, connectTimeout: '5s' }).catch((error: unknown) => {
    throw new Error(`TEMPORAL_ADDRESS names ${address}, where no Temporal server answers.`, { cause: error })
  })
  try {
    const lack = await temporalLack(connection, namespace)
    if (lack !== null) throw new Error(sentenceOfTemporal(lack, address, namespace))
  } finally {
    await connection.close()
  }
}

function serverOptions(options: TemporalOptions): string[] {
  const attributes = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`)
  return [
    ...['--ip', '127.0.0.1', '--port', String(options.port), '--namespace', options.namespace],
    ...['--log-level', 'warn'],
    ...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...(options.dbFile === undefined
      ? []
      : ['--db-filename', options.dbFile, '--sqlite-pragma', 'journal_mode=wal']),
    ...attributes.flatMap((attribute) => ['--search-attribute', attribute]),
    ...Object.entries(options.dynamicConfig ?? {}).flatMap(([name, value]) => [
      '--dynamic-config-value',
      `${name}=${JSON.stringify(value)}`,
    ]),
  ]
}

/** Ready means more than an open port: the namespace exists and carries our search attributes. */
async function knowsAttributes(program: string, address: string, namespace: string): Promise<boolean> {
  const args = ['operator', 'search-attribute', 'list', '--namespace', namespace, '--address', address]
  const listed = await run(program, args, 10_000).catch(() => '')
  return Object.keys(SEARCH_ATTRIBUTES).every((name) => listed.includes(name))
}

/**
 * The program looks for its settings in the home folder; ours must not depend on them. It also wants a name for who
 * starts it, and ends where the system has none for this number (a container's made-up user).
 */
export function serverEnvironment(cacheDir: string): Record<string, string> {
  const home = join(cacheDir, 'temporal-home')
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    XDG_CONFIG_HOME: home,
    USER: 'countersign',
  }
}
