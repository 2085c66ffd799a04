import pg from 'pg'
import { StartError } from '../process/start-error.ts'

/** The address of the database, and the limits on time. */
export type ConnectOptions = {
  readonly url: string
  /** Most connections at once. */
  readonly max: number
  /** Shown in pg_stat_activity. */
  readonly applicationName: string
  /** A statement is ended by the server after this; below every caller's own deadline. */
  readonly statementTimeoutMs: number
  /** Hears of a connection that broke while idle. The pool replaces it by itself. */
  readonly onError?: (error: Error) => void
}

/** A process's way to the database. */
export type Db = {
  readonly pool: pg.Pool
  /** For the one connection beside the pool that listens (`notify.ts`). */
  readonly options: ConnectOptions
  close(): Promise<void>
}

/** Settings of one connection, pooled or not. */
export const clientConfig = (options: ConnectOptions): pg.ClientConfig => ({
  connectionString: options.url,
  application_name: options.applicationName,
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  types: { getTypeParser },
})

/** int8 as a number: sequence numbers and counts stay far below 2^53. numeric and int8 in sums do not occur. */
const int8 = 20
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (id, format) =>
  (id as number) === int8 ? Number : (pg.types.getTypeParser(id, format) as never)

/**
 * Opens a pool. Nothing connects before the first query.
 * Idle connections that break (the server restarts) are reported and replaced; without that handler they would end
 * the process.
 */
export function connect(options: ConnectOptions): Db {
  const report = options.onError ?? (() => undefined)
  const pool = new pg.Pool({
    ...clientConfig(options),
    // Statements that do not wait for each other are sent together: one trip instead of one each (transaction.ts).
    pipeline: true,
    max: options.max,
    statement_timeout: options.statementTimeoutMs,
    // A transaction that its owner forgot or lost must not hold locks.
    idle_in_transaction_session_timeout: options.statementTimeoutMs,
    query_timeout: options.statementTimeoutMs + 2_000,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', report)
  pool.on('connect', (client) => client.on('error', report))
  return { pool, options, close: () => pool.end() }
}

/** SQLSTATE of a refused login: wrong password, or no rule for this user. */
const refusedLogin = ['28P01', '28000']
/** Node's codes for a certificate that nobody known has signed, or that is another host's. */
const untrusted = /CERT|^UNABLE_TO_|^DEPTH_ZERO/

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The reason why the database of an address cannot be used, as a sentence for the operator; it repeats no password. */
export function whyNoDatabase(address: string, error: unknown): string {
  const { host, pathname } = new URL(address)
  const code = codeOf(error)
  if (code !== undefined && refusedLogin.includes(code))
    return `The PostgreSQL at ${host} refuses the user or password of DATABASE_URL.`
  if (code === '3D000')
    return `The PostgreSQL at ${host} has no database ${pathname.slice(1)}: create it, or correct DATABASE_URL.`
  if (code !== undefined && untrusted.test(code))
    return `The certificate of the PostgreSQL at ${host} is not trusted (${code}): name its authority with sslrootcert in DATABASE_URL.`
  return `DATABASE_URL names ${host}, where no PostgreSQL answers${code === undefined ? '' : ` (${code})`}.`
}

/** Asks the database for anything. @throws StartError when it does not answer: without it a process can do nothing */
export async function mustAnswer({ pool, options }: Db): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    throw new StartError(whyNoDatabase(options.url, error), { cause: error })
  }
}
