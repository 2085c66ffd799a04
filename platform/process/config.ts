import { unknownNames } from './config-names.ts'
import type { Ja4Source } from '../network-data/ja4.ts'
import { crossProblems, productionProblems } from './config-rules.ts'
import type { ConfigProblem } from './config-rules.ts'
import { secretVariables, variables } from './config-variables.ts'
import type { VariableName, Variables } from './config-variables.ts'
import { readSecret, SecretError } from '../crypto/secrets.ts'

/** The processes of an install. Each is given only the variables it needs. */
export type ProcessKind = 'api' | 'worker' | 'migrator'

/** The shape of `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Everything that is wrong with the environment, told at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]
  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`)
    super(`The configuration cannot be used:\n${lines.join('\n')}`)
    this.problems = problems
  }
}

const everywhere = [
  'NODE_ENV',
  'LOG_LEVEL',
  'DATABASE_URL',
  'DATABASE_ALLOW_PLAINTEXT',
  'DATABASE_POOL',
  'CLICKHOUSE_URL',
] as const
const temporal = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TASK_QUEUE_PREFIX'] as const
const twilio = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TWILIO_API_URL'] as const
const serving = ['CONSOLE_URL', 'PORTAL_URL', 'HOST', 'METRICS_PORT', 'KEY_FILE', 'DATA_DIR'] as const
const signIn = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_ACCOUNT_CLAIM',
  'OIDC_ALLOW_HTTP',
] as const
const listening = [
  'CONSOLE_PORT',
  'PORTAL_PORT',
  'TRUSTED_PROXIES',
  'STATIC_DIR',
  'JA4_HEADER',
  'JA4_SECRET',
] as const
const mail = ['SMTP_URL', 'MAIL_FROM', 'BOUNCE_DOMAIN'] as const
const bounces = ['BOUNCE_DOMAIN', 'BOUNCE_PORT'] as const

/** Which process reads which variables. */
export const variablesOf = {
  api: [
    ...everywhere,
    ...temporal,
    'TEMPORAL_UI_URL',
    ...twilio,
    ...serving,
    ...signIn,
    ...listening,
    ...bounces,
    'PASSWORD_RANGE_URL',
  ],
  worker: [
    ...everywhere,
    ...temporal,
    ...twilio,
    ...serving,
    ...mail,
    'WORKFLOW_BUNDLE',
    'WORKER_BUILD_ID',
    'DATA_SOURCES',
    'AUDIT_HEAD_FILE',
    'DIRECTORIES',
    'PUSH_SERVICES',
  ],
  migrator: everywhere,
} as const satisfies Record<ProcessKind, readonly VariableName[]>

/** The Twilio account; `apiUrl` points the client at a test double and never exists in production. */
export interface TwilioConfig {
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  readonly apiUrl?: string
}

/** Every process gets these settings. */
export interface CommonConfig {
  readonly mode: 'development' | 'test' | 'production'
  readonly logLevel: Variables['LOG_LEVEL']
  readonly database: { readonly url: string; readonly pool: number }
  readonly clickhouseUrl: string
}

interface ServingConfig extends CommonConfig {
  readonly temporal: {
    readonly address: string
    readonly namespace: string
    readonly taskQueuePrefix: string
  }
  /** Absent where the install sends no SMS. */
  readonly twilio?: TwilioConfig
  /** Origins without a trailing slash. Links are built from these, never from a request's host. */
  readonly consoleUrl: string
  readonly portalUrl: string
  /** The address all listeners of the process bind to. */
  readonly host: string
  /** Metrics and health; 3770 for the API and 3771 for the worker unless told otherwise. */
  readonly metricsPort: number
  /** A private file (M5); `keys.ts` knows its form. */
  readonly keyFile: string
  /** Folder of the compiled network data. */
  readonly dataDir: string
}

export interface ApiConfig extends ServingConfig {
  /** Temporal's web interface, without a trailing slash; absent where the install has none. */
  readonly temporalUiUrl?: string
  readonly oidc: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly accountClaim: 'sub' | 'oid'
    readonly allowHttp: boolean
  }
  readonly consolePort: number
  readonly portalPort: number
  /** Addresses or CIDR ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** The proxy tells the JA4 of clients this way; absent where it does not. */
  readonly ja4?: Ja4Source
  /** Folder with `console/` and `portal/` as built. */
  readonly staticDir: string
  /** Where bounces come in; absent where the operator routes none here. */
  readonly bounces?: { readonly domain: string; readonly port: number }
  /** A service that knows breached passwords; absent where the operator names none. */
  readonly passwordRangeUrl?: string
}

export interface WorkerConfig extends ServingConfig {
  /** `bounceDomain`: bounces of each mail go to an address of its own there; absent: to the sender. */
  readonly smtp: { readonly url: string; readonly from: string; readonly bounceDomain?: string }
  /** The prebuilt workflow bundle. */
  readonly workflowBundle: string
  /** The operator's file of sources; the network data are refreshed from them. Absent: never by themselves. */
  readonly dataSources?: string
  /** Where the signed heads of audit chains are kept outside the database; absent: in the log alone. */
  readonly auditHeadFile?: string
  /** The operator's file of directories; absent where the install has only the demo's own. */
  readonly directoriesFile?: string
  /** The operator's file of services for pushes; absent: no push is ever asked for. */
  readonly pushServicesFile?: string
  /** Name of this release; with it each case stays with the release that began it. */
  readonly buildId?: string
}

export interface ConfigByKind {
  readonly api: ApiConfig
  readonly worker: WorkerConfig
  readonly migrator: CommonConfig
}

type Found = Partial<Variables>

/** Collects values and problems of some variables; a problem keeps its variable out of `found`. */
function read(names: readonly VariableName[], env: Environment): { found: Found; problems: ConfigProblem[] } {
  const found: Record<string, unknown> = {}
  const problems: ConfigProblem[] = []
  for (const variable of names) {
    try {
      const isSecret = secretVariables.some((name) => name === variable)
      const raw = isSecret ? readSecret(env, variable) : env[variable] || undefined
      const parsed = variables[variable].safeParse(raw)
      if (parsed.success) found[variable] = parsed.data
      else problems.push({ variable, problem: parsed.error.issues[0]?.message ?? 'is not usable' })
    } catch (error) {
      if (!(error instanceof SecretError)) throw error
      problems.push({ variable, problem: error.message })
    }
  }
  return { found: found, problems }
}

function commonOf(all: Variables): CommonConfig {
  return {
    mode: all.NODE_ENV,
    logLevel: all.LOG_LEVEL,
    database: { url: all.DATABASE_URL, pool: all.DATABASE_POOL },
    clickhouseUrl: all.CLICKHOUSE_URL,
  }
}

function twilioOf(all: Variables): { twilio?: TwilioConfig } {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = all
  if (accountSid === undefined || authToken === undefined || from === undefined) return {}
  const apiUrl = all.TWILIO_API_URL
  return { twilio: { accountSid, authToken, from, ...(apiUrl === undefined ? {} : { apiUrl }) } }
}

function temporalOf(all: Variables): ServingConfig['temporal'] {
  return {
    address: all.TEMPORAL_ADDRESS,
    namespace: all.TEMPORAL_NAMESPACE,
    taskQueuePrefix: all.TASK_QUEUE_PREFIX,
  }
}

function servingOf(all: Variables, metricsPort: number): ServingConfig {
  return {
    ...commonOf(all),
    ...twilioOf(all),
    temporal: temporalOf(all),
    consoleUrl: all.CONSOLE_URL,
    portalUrl: all.PORTAL_URL,
    host: all.HOST,
    metricsPort: all.METRICS_PORT ?? metricsPort,
    keyFile: all.KEY_FILE,
    dataDir: all.DATA_DIR,
  }
}

const shape: { readonly [K in ProcessKind]: (all: Variables) => ConfigByKind[K] } = {
  api: (all) => ({
    ...servingOf(all, 3770),
    oidc: {
      issuer: all.OIDC_ISSUER,
      clientId: all.OIDC_CLIENT_ID,
      clientSecret: all.OIDC_CLIENT_SECRET,
      accountClaim: all.OIDC_ACCOUNT_CLAIM,
      allowHttp: all.OIDC_ALLOW_HTTP,
    },
    ...(all.TEMPORAL_UI_URL === undefined ? {} : { temporalUiUrl: all.TEMPORAL_UI_URL }),
    consolePort: all.CONSOLE_PORT,
    portalPort: all.PORTAL_PORT,
    trustedProxies: all.TRUSTED_PROXIES,
    staticDir: all.STATIC_DIR,
    ...(all.JA4_HEADER === undefined || all.JA4_SECRET === undefined
      ? {}
      : { ja4: { header: all.JA4_HEADER, secret: all.JA4_SECRET } }),
    ...(all.BOUNCE_DOMAIN === undefined
      ? {}
      : { bounces: { domain: all.BOUNCE_DOMAIN, port: all.BOUNCE_PORT } }),
    ...(all.PASSWORD_RANGE_URL === undefined ? {} : { passwordRangeUrl: all.PASSWORD_RANGE_URL }),
  }),
  worker: (all) => ({
    ...servingOf(all, 3771),
    smtp: {
      url: all.SMTP_URL,
      from: all.MAIL_FROM,
      ...(all.BOUNCE_DOMAIN === undefined ? {} : { bounceDomain: all.BOUNCE_DOMAIN }),
    },
    workflowBundle: all.WORKFLOW_BUNDLE,
    ...(all.DATA_SOURCES === undefined ? {} : { dataSources: all.DATA_SOURCES }),
    ...(all.AUDIT_HEAD_FILE === undefined ? {} : { auditHeadFile: all.AUDIT_HEAD_FILE }),
    ...(all.DIRECTORIES === undefined ? {} : { directoriesFile: all.DIRECTORIES }),
    ...(all.PUSH_SERVICES === undefined ? {} : { pushServicesFile: all.PUSH_SERVICES }),
    ...(all.WORKER_BUILD_ID === undefined ? {} : { buildId: all.WORKER_BUILD_ID }),
  }),
  migrator: commonOf,
}

/**
 * Parses the environment of one process. Called once, in its `main.ts`; the result is passed on as an argument.
 * @throws ConfigError naming every problem together, without any value.
 */
export function loadConfig<K extends ProcessKind>(kind: K, env: Environment): ConfigByKind[K] {
  const { found, problems } = read(variablesOf[kind], env)
  problems.push(...unknownNames(env), ...crossProblems(found))
  // A mode that could not be read is treated as the strict one.
  if ((found.NODE_ENV ?? 'production') === 'production') problems.push(...productionProblems(found))
  if (problems.length > 0) throw new ConfigError(problems)
  // Every variable of this kind is there; those of other kinds are not read by its shape.
  return shape[kind](found as Variables)
}

/** The two variables that the `data` command reads: it needs neither database nor keys. */
export function loadDataConfig(env: Environment): { dataDir: string; dataSources: string | undefined } {
  return {
    dataDir: variables.DATA_DIR.parse(env['DATA_DIR'] || undefined),
    dataSources: variables.DATA_SOURCES.parse(env['DATA_SOURCES'] || undefined),
  }
}

/**
 * The variables that the `schedules` command reads, as the worker does.
 * @throws ConfigError naming every problem together, without any value.
 */
export function loadSchedulesConfig(
  env: Environment,
): Pick<ServingConfig, 'temporal' | 'keyFile'> & { readonly hasDirectories: boolean } {
  const { found, problems } = read([...temporal, 'KEY_FILE', 'DIRECTORIES'], env)
  if (problems.length > 0) throw new ConfigError(problems)
  const all = found as Variables
  return {
    temporal: temporalOf(all),
    keyFile: all.KEY_FILE,
    hasDirectories: all.DIRECTORIES !== undefined,
  }
}
