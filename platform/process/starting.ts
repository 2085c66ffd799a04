/** API and worker begin with the same code, and when they cannot, each reason is one line of the log. */
import { ConfigError, loadConfig, type ConfigByKind, type Environment } from './config.ts'
import { connect, mustAnswer, type Db } from '../database/connect.ts'
import { problemOfRole } from '../database/database-state.ts'
import { loadKeys, type KeyRing } from '../crypto/keys.ts'
import { createLogger, type Logger } from './log.ts'
import { SecretError } from '../crypto/secrets.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'
import { StartError } from './start-error.ts'

type Kind = 'api' | 'worker'

/** Every step of a start needs these. */
export type Process<K extends Kind> = {
  readonly kind: K
  readonly config: ConfigByKind[K]
  readonly log: Logger
  readonly shutdown: Shutdown
}

/** Statements end before their caller gives up waiting. */
const statementTimeoutMs = 8_000

const nameOf: Readonly<Record<Kind, string>> = { api: 'API', worker: 'worker' }

const problemsOf = (error: unknown): readonly string[] => {
  if (error instanceof ConfigError) return error.problems.map((one) => `${one.variable} ${one.problem}.`)
  return error instanceof StartError ? [error.message] : []
}

/** Sentences of our own as they are; of any other error its kind and place, since its message may quote what is secret. */
const sayWhy = (kind: Kind, error: unknown): void => {
  // At any log level the reason must be in the log.
  const log = createLogger({ process: kind, level: 'error' })
  const problems = problemsOf(error)
  /* eslint-disable house/constant-log-message -- our own sentences name a variable and never its value */
  for (const problem of problems) log.error(`The ${nameOf[kind]} cannot go on: ${problem}`)
  if (problems.length === 0) log.error(`The ${nameOf[kind]} cannot go on.`, { error })
  /* eslint-enable house/constant-log-message -- see above */
}

/** Node writes its warnings, and the errors that nobody caught, as plain text; ours are lines of the log. */
const ownLastWords = (kind: Kind, log: Logger): void => {
  process.removeAllListeners('warning')
  process.on('warning', (error) => {
    log.warn('a warning of the runtime', { error })
  })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      sayWhy(kind, error)
      process.exit(1)
    })
}

/**
 * Runs a process until it is asked to end, or cannot continue: then it says why and ends.
 * @param env the variables of the process
 * @param limitMs how long one part may take to stop
 */
export const runProcess = async <K extends Kind>(
  kind: K,
  env: Environment,
  limitMs: number,
  run: (process: Process<K>) => Promise<void>,
): Promise<void> => {
  let shutdown: Shutdown | undefined
  try {
    const config = loadConfig(kind, env)
    const log = createLogger({ process: kind, level: config.logLevel })
    ownLastWords(kind, log)
    shutdown = createShutdown({ log, limitMs })
    await run({ kind, config, log, shutdown })
  } catch (error) {
    sayWhy(kind, error)
    await shutdown?.run()
    // Connections that are open already would keep a process alive that can do nothing.
    process.exit(1)
  }
}

/** Reads the process's keys. @throws StartError */
export const openKeys = ({ kind, config }: Process<Kind>): KeyRing => {
  try {
    return loadKeys(config.keyFile, kind)
  } catch (error) {
    throw error instanceof SecretError
      ? new StartError(`KEY_FILE ${error.message}.`, { cause: error })
      : error
  }
}

/**
 * Opens the database as the process's own role.
 * @param more connections beyond those of the pool's setting
 * @throws StartError where it does not answer, or the role is one that row-level security does not hold
 */
export const openDatabase = async (
  { kind, config, log, shutdown }: Process<Kind>,
  more: number,
): Promise<Db> => {
  const db = connect({
    url: config.database.url,
    max: config.database.pool + more,
    applicationName: `countersign-${kind}`,
    statementTimeoutMs,
    onError: (error) => {
      log.warn('a database connection broke', { error })
    },
  })
  shutdown.add('database', () => db.close())
  await mustAnswer(db)
  const problem = await problemOfRole(db, kind)
  if (problem !== undefined) throw new StartError(problem)
  return db
}

const portProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken',
  EACCES: 'may not be listened on by this user',
  EADDRNOTAVAIL: 'is not to be had at the address that HOST names',
}

/** Starts a listener. @throws StartError naming the port and its variable where the system refuses it */
export const onPort = async <T>(variable: string, port: number, start: () => Promise<T>): Promise<T> => {
  try {
    return await start()
  } catch (error) {
    const problem = error instanceof Error && 'code' in error ? portProblems[String(error.code)] : undefined
    if (problem === undefined) throw error
    throw new StartError(`Port ${String(port)} (${variable}) ${problem}.`, { cause: error })
  }
}
