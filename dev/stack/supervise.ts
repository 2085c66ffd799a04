/**
 * Child processes of the development stack: started so that they end with us, read line by line, stopped in order.
 *
 * Every child leads a process group of its own. A Ctrl-C in the terminal therefore reaches only the starting process,
 * which then stops the parts in reverse order instead of all of them falling over at once.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** The number of a child's last lines that are kept for an error message. */
const TAIL_LINES = 30

/** The account a child runs under, where we are root and the program refuses root. */
export interface Account {
  uid: number
  gid: number
}

export interface ChildSpec {
  /** Shown in messages and as the prefix of log lines. */
  name: string
  command: string
  args: readonly string[]
  /** The child's whole environment. Nothing is inherited that is not named here. */
  env: Readonly<Record<string, string | undefined>>
  cwd?: string
  /** Runs the child under this account (only possible as root). */
  account?: Account
  /** Programs put in front of the command, such as `unshare -U …`. */
  prefix?: readonly string[]
  /** Asks the child to end. SIGTERM unless named. */
  stopSignal?: 'SIGINT' | 'SIGTERM'
  /** Opens a message channel; the child notices our end by its closing, on every system. */
  withChannel?: boolean
  /** Milliseconds between the stop signal and SIGKILL. */
  graceMs?: number
  /** Receives each line of standard output and error. */
  onLine?: (line: string) => void
}

/** The end of a child. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  /** Set when the program could not be started at all. */
  error?: Error
}

export interface Child {
  name: string
  pid: number | undefined
  /** Resolves when the child has ended; never rejects. */
  exited: Promise<Exit>
  hasExited(): boolean
  /** The last lines the child printed, for error messages. */
  tail(): string
  /** Ends the child: stop signal, then SIGKILL after the grace time. Safe to call twice. */
  stop(): Promise<void>
}

const living = new Map<ChildProcess, NodeJS.Signals>()
let isExitHooked = false

/** Starts a child that ends when this process ends, however this process ends (Linux; elsewhere on a regular exit). */
export function startChild(spec: ChildSpec): Child {
  const stopSignal = spec.stopSignal ?? 'SIGTERM'
  const [command, ...args] = commandLine(spec, stopSignal)
  const child = spawn(command, args, {
    env: { ...spec.env },
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    // setpriv switches the account itself; without it, Node does.
    ...(spec.account && !findOnPath('setpriv') ? spec.account : {}),
    stdio: ['ignore', 'pipe', 'pipe', ...(spec.withChannel ? (['ipc'] as const) : [])],
    detached: true,
  })
  hookExit()
  living.set(child, stopSignal)
  const lines: string[] = []
  const take = (line: string): void => {
    lines.push(line)
    if (lines.length > TAIL_LINES) lines.shift()
    spec.onLine?.(line)
  }
  readLines(child.stdout, take)
  readLines(child.stderr, take)
  let ended = false
  const exited = whenExited(child).then((exit) => {
    ended = true
    living.delete(child)
    return exit
  })
  return {
    name: spec.name,
    pid: child.pid,
    exited,
    hasExited: () => ended,
    tail: () => lines.join('\n'),
    stop: () => stopChild(child, exited, stopSignal, spec.graceMs ?? 10_000),
  }
}

/** Ends whatever is still running, all at once: the last resort after the ordered stop, or when a start was broken off. */
export async function killRemaining(): Promise<void> {
  await Promise.all([...living].map(([child, signal]) => stopChild(child, whenExited(child), signal, 3000)))
}

/** The absolute path of a program on PATH, or undefined. */
export function findOnPath(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, program))
    .find(isExecutable)
}

/** A process's command line; empty when there is no such process (or only its zombie). */
export function commandLineOf(pid: number): string {
  if (process.platform === 'linux') {
    const file = `/proc/${String(pid)}/cmdline`
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

/** True if this process may execute the file. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Waits until `probe` says yes, looking every `everyMs`.
 * @throws when the child ends first or `withinMs` pass; the message carries the child's last lines.
 */
export async function whenReady(
  child: Child,
  probe: () => Promise<boolean>,
  { everyMs = 20, withinMs = 60_000 } = {},
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if (child.hasExited()) throw new Error(`${child.name} ended while starting. It said:\n${child.tail()}`)
    if (await probe()) return
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error(`${child.name} was not ready after ${String(withinMs / 1000)} s. It said:\n${child.tail()}`)
}

function commandLine(spec: ChildSpec, stopSignal: string): [string, ...string[]] {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv') : undefined
  const own = [spec.command, ...spec.args]
  // The kernel forgets the parent-death signal when an account or user namespace changes, so setpriv comes last.
  const guarded = setpriv ? [setpriv, ...setprivOptions(spec.account, stopSignal), ...own] : own
  const [command, ...args] = [...(spec.prefix ?? []), ...guarded]
  if (command === undefined) throw new Error(`${spec.name} has no command`)
  return [command, ...args]
}

function setprivOptions(account: Account | undefined, stopSignal: string): string[] {
  const death = ['--pdeathsig', stopSignal.replace('SIG', '')]
  if (!account) return death
  return ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups', ...death]
}

function readLines(stream: Readable | null, take: (line: string) => void): void {
  if (!stream) return
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take)
}

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, signal: null, error })
    })
    child.once('close', (code, signal) => {
      resolve({ code, signal })
    })
  })
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<Exit>,
  stopSignal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  if (!living.has(child)) return
  child.kill(stopSignal)
  const timer = setTimeout(() => {
    killGroup(child)
  }, graceMs)
  await exited
  clearTimeout(timer)
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** Where the kernel does not tie a child to us (macOS), a regular exit still takes it along. */
function hookExit(): void {
  if (isExitHooked) return
  isExitHooked = true
  process.once('exit', () => {
    for (const [child, signal] of living) child.kill(signal)
  })
}
