/** The ClickHouse engine for development and tests, behind HTTP, so that the official client is used unchanged. */
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Child, startChild, whenReady } from '../supervise.ts'

/** A killed process may hold the folder's lock for a moment. */
const RETRY_MS = 3000

export interface ClickHouseOptions {
  /** Folder of the engine, created when missing; one process at a time. */
  dataDir: string
  port: number
  onLine?: (line: string) => void
}

export interface RunningClickHouse {
  url: string
  child: Child
  stop(): Promise<void>
}

/**
 * Starts the engine in a child process on 127.0.0.1. There is no password; requests from web pages are refused.
 * @throws one sentence when the platform has no engine package, or another process holds the folder
 */
export async function startClickHouse(options: ClickHouseOptions): Promise<RunningClickHouse> {
  mkdirSync(options.dataDir, { recursive: true })
  const url = `http://127.0.0.1:${String(options.port)}`
  const deadline = Date.now() + RETRY_MS
  for (;;) {
    const child = startChild(childSpec(options))
    try {
      await whenReady(child, () => pings(url))
      return { url, child, stop: () => child.stop() }
    } catch (error) {
      await child.stop()
      if (!child.tail().includes('Cannot lock file')) throw explain(child, error)
      if (Date.now() > deadline) {
        throw new Error(`Another process holds ${options.dataDir}: end it, or set CLICKHOUSE_URL.`, {
          cause: error,
        })
      }
      await new Promise((resume) => setTimeout(resume, 200))
    }
  }
}

function childSpec(options: ClickHouseOptions): Parameters<typeof startChild>[0] {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const entry = fileURLToPath(new URL('clickhouse-child.ts', import.meta.url))
  return {
    name: 'ClickHouse engine',
    command: process.execPath,
    args: ['--import', loader, entry, options.dataDir, String(options.port)],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC' },
    withChannel: true,
    ...(options.onLine ? { onLine: options.onLine } : {}),
  }
}

function explain(child: Child, error: unknown): unknown {
  if (!/CHDB_PLATFORM|ChdbPlatformUnsupportedError|Cannot find package 'chdb'/.test(child.tail()))
    return error
  return new Error('The ClickHouse engine has no package for this platform: set CLICKHOUSE_URL.', {
    cause: error,
  })
}

async function pings(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1000) })
    return (await response.text()) === 'Ok.\n'
  } catch {
    return false
  }
}
