/** A real PostgreSQL for development and tests, under our own launcher. Never used in production. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { assertPortsFree } from '../ports.ts'
import { preparePostgresProgram, type PostgresProgram } from './postgres-program.ts'
import { type Account, type Child, commandLineOf, startChild, whenReady } from '../supervise.ts'

/** The database's owner inside the embedded cluster. */
const SUPERUSER = 'app'
const DATABASE = 'countersign'
/** After a kill −9 the dead postmaster may still count as running for a moment. */
const RETRY_MS = 2000
const TEST_SETTINGS = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'],
  // A test reads the write-ahead log of its own story; a database that another test drops must not recycle it meanwhile.
  'wal_keep_size=1GB',
]

export interface PostgresOptions {
  /** Folder of the cluster. Created on first use; its parent must be writable. */
  dataDir: string
  port: number
  /** `durable` keeps what was committed through a power cut; `test` trades that for speed and asks for no password. */
  mode: 'durable' | 'test'
  /** Password of the owner; required in `durable` mode, and the same on every start. */
  password?: string
  /** Receives what the server logs. */
  onLine?: (line: string) => void
}

export interface RunningPostgres {
  /** Address of the database `countersign`, with the owner's password where there is one. */
  url: string
  /** Where the data really is (see `notice`). */
  dataDir: string
  /** Something the person who starts the stack should know. */
  notice?: string
  child: Child
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on 127.0.0.1, creating the cluster and the database `countersign` when missing. A server that an
 * earlier start left behind on the same folder is ended first.
 * @throws one sentence with the server's own last lines when it cannot start
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  if (options.mode === 'durable' && !options.password) throw new Error('PostgreSQL needs a password.')
  const asked = resolve(options.dataDir)
  mkdirSync(dirname(asked), { recursive: true })
  const program = preparePostgresProgram(asked)
  await endOrphan(program.dataDir)
  await assertPortsFree({ postgres: options.port })
  prepareCluster(program, options.password)
  const child = await launch(program, options)
  await createDatabase(options)
  return {
    url: addressOf(options, DATABASE),
    dataDir: program.dataDir,
    ...(program.notice === undefined ? {} : { notice: program.notice }),
    child,
    stop: () => child.stop(),
  }
}

async function launch(program: PostgresProgram, options: PostgresOptions): Promise<Child> {
  const deadline = Date.now() + RETRY_MS
  for (;;) {
    const child = startChild(serverSpec(program, options))
    try {
      await whenReady(child, () => answers(options))
      return child
    } catch (error) {
      await child.stop()
      if (!child.tail().includes('lock file') || Date.now() > deadline) throw error
      await new Promise((resume) => setTimeout(resume, 200))
    }
  }
}

function serverSpec(program: PostgresProgram, options: PostgresOptions): Parameters<typeof startChild>[0] {
  const settings = ['listen_addresses=127.0.0.1', 'timezone=UTC', 'log_timezone=UTC']
  if (options.mode === 'test') settings.push(...TEST_SETTINGS)
  return {
    name: 'PostgreSQL',
    command: join(program.native, 'bin', 'postgres'),
    // `-k ''`: no socket file, so nothing is left in a shared folder.
    args: [
      ...['-D', program.dataDir, '-p', String(options.port), '-k', ''],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    env: childEnvironment(),
    stopSignal: 'SIGINT',
    ...(program.account ? { account: program.account } : {}),
    ...(program.prefix ? { prefix: program.prefix } : {}),
    ...(options.onLine ? { onLine: options.onLine } : {}),
  }
}

/** Creates the cluster beside its place and moves it there when whole: a half-finished one is never started. */
function prepareCluster(program: PostgresProgram, password: string | undefined): void {
  const { dataDir } = program
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    checkVersion(dataDir)
    giveTo(dataDir, program.owner)
    return
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is not a PostgreSQL data folder: move it away, or set DATABASE_URL.`)
  }
  const partial = `${dataDir}.partial`
  rmSync(partial, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  runInitdb(program, partial, password)
  renameSync(partial, dataDir)
}

function runInitdb(program: PostgresProgram, folder: string, password: string | undefined): void {
  const passwordFile = join(folder, '..', '.postgres-password')
  const access = password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', '--pwfile', passwordFile]
  rmSync(passwordFile, { force: true })
  if (password !== undefined) writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
  try {
    if (program.owner) {
      chownSync(folder, program.owner.uid, program.owner.gid)
      if (password !== undefined) chownSync(passwordFile, program.owner.uid, program.owner.gid)
    }
    const command = [...(program.prefix ?? []), join(program.native, 'bin', 'initdb')]
    const own = [
      '-D',
      folder,
      '-U',
      SUPERUSER,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ]
    const [file = '', ...args] = [...command, ...own, ...access]
    const run = spawnSync(file, args, { env: childEnvironment(), encoding: 'utf8', ...program.account })
    if (run.status === 0) return
    throw new Error(`PostgreSQL could not create its data folder: ${run.stderr || String(run.error)}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function checkVersion(dataDir: string): void {
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (version === '18') return
  throw new Error(`${dataDir} was made by PostgreSQL ${version}, this is 18: delete it, or set DATABASE_URL.`)
}

/** Gives the folder to the account the server runs under, when an earlier start used another one. */
function giveTo(folder: string, owner: Account | undefined): void {
  const uid = owner?.uid ?? process.getuid?.()
  if (uid === undefined || lstatSync(folder).uid === uid) return
  if (!owner) {
    throw new Error(
      `${folder} belongs to another user (was the stack started as root?): delete it or give it back.`,
    )
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
  chownSync(folder, owner.uid, owner.gid)
}

/** Ends a server that an earlier, killed start left running on this folder. */
export async function endOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : Number.NaN
  if (!Number.isInteger(pid) || pid <= 1 || !commandLineOf(pid).includes(dataDir)) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + 10_000
  while (existsSync(file) && commandLineOf(pid) !== '') {
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL from an earlier start (process ${String(pid)}) does not end: end it by hand.`,
      )
    }
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

function addressOf(options: PostgresOptions, database: string): string {
  const secret = options.password === undefined ? '' : `:${encodeURIComponent(options.password)}`
  return `postgres://${SUPERUSER}${secret}@127.0.0.1:${String(options.port)}/${database}`
}

async function answers(options: PostgresOptions): Promise<boolean> {
  try {
    await withClient(addressOf(options, 'postgres'), (client) => client.query('select 1'))
    return true
  } catch (error) {
    // The server is up and says no: waiting longer would not help.
    if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') return false
    throw new Error(
      'The embedded PostgreSQL refuses the kept password: restore secrets.json, or let `npm run db:reset` begin anew.',
    )
  }
}

async function createDatabase(options: PostgresOptions): Promise<void> {
  await withClient(addressOf(options, 'postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  })
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The server needs none of our environment; TZ and locale would only make runs differ. */
function childEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}
