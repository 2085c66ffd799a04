/** The two processes of the product as the stack runs them: their environment, their start, their return after a crash. */
import { join } from 'node:path'
import { type ProcessKind, variablesOf } from '#platform/process/config.ts'
import type { Environment } from './engines.ts'
import { type Child, startChild, whenReady } from './supervise.ts'

/** A process that ends this often within a minute is not started again. */
const MOST_RESTARTS = 5
const RESTART_MS = 1000
export interface AppSpec {
  kind: Exclude<ProcessKind, 'migrator'>
  root: string
  /** The values that the stack knows; those that the process does not read are left out. */
  env: Environment
  metricsPort: number
  onLine: (line: string) => void
  /** Told when the process ended by itself; `false` when it is not started again. */
  onCrash: (willRestart: boolean, lastWords: string) => void
}

export interface RunningApp {
  /** Resolves when the process says that it is ready. @throws when it ends or takes over a minute */
  whenReady(): Promise<void>
  /** Ends the process and starts it anew, for a new build. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a process from `dist/` and starts it again when it ends by itself. */
export function startApp(spec: AppSpec): RunningApp {
  const crashes: number[] = []
  let child = launch(spec)
  /** The child whose end is nobody's surprise. */
  let expected: Child | undefined
  const watch = async (watched: Child): Promise<void> => {
    await watched.exited
    if (expected === watched) return
    const now = Date.now()
    crashes.push(now)
    const willRestart = crashes.filter((at) => now - at < 60_000).length < MOST_RESTARTS
    spec.onCrash(willRestart, watched.tail())
    if (!willRestart) return
    await new Promise((resume) => setTimeout(resume, RESTART_MS))
    // The stack may have been ended, or the process restarted, meanwhile.
    if (expected !== watched && child === watched) renew()
  }
  const renew = (): void => {
    child = launch(spec)
    void watch(child)
  }
  const end = async (): Promise<void> => {
    expected = child
    await child.stop()
  }
  return {
    whenReady: async () => {
      await whenReady(child, () => isReady(spec.metricsPort), { everyMs: 100 })
      void watch(child)
    },
    restart: async () => {
      await end()
      renew()
    },
    stop: end,
  }
}

function launch({ kind, root, env, metricsPort, onLine }: AppSpec): Child {
  const known = variablesOf[kind].map((name) => [name, env[name]] as const)
  return startChild({
    name: kind,
    command: process.execPath,
    args: [join(root, 'dist', 'server', `${kind}.js`)],
    cwd: root,
    env: {
      ...{ PATH: env['PATH'], TZ: 'UTC' },
      // Named parts may have certificates of the organisation's own authority.
      NODE_EXTRA_CA_CERTS: env['NODE_EXTRA_CA_CERTS'],
      ...Object.fromEntries(known),
      METRICS_PORT: String(metricsPort),
    },
    onLine,
  })
}

async function isReady(metricsPort: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${String(metricsPort)}/health/ready`
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
