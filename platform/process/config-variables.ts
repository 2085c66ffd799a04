import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const url = (protocols: readonly string[]) =>
  z.string('is missing').refine(
    (text) => {
      return URL.canParse(text) && protocols.includes(new URL(text).protocol)
    },
    `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  )

/** The address of a surface: no path, no query, no credentials, so that links can be built by appending. */
const origin = url(['https:', 'http:'])
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''),
    'must have no path',
  )
  .transform((text) => new URL(text).origin)

/** The address of another party's page, to which a path is appended: no query, no credentials. */
const page = url(['https:', 'http:'])
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { username, password, search, hash } = new URL(text)
    return [username, password, search, hash].every((part) => part === '')
  }, 'must have no credentials, query or fragment')
  .transform((text) => text.replace(/\/+$/, ''))

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((n) => n <= 65_535, 'must be a port number')

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= 1 && n <= most, `must be from 1 to ${most}`)

const addressRange = (text: string) => (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text))

const text = z.string('is missing')

const list = z.string().transform((entries) => entries.split(',').map((entry) => entry.trim()))

/**
 * An address of PostgreSQL with the mode of TLS that the driver takes it for: it checks the certificate in each of these
 * modes, and prints a warning of its own, which is no line of our log, where another name than `verify-full` is given.
 */
const asDriverMeans = (address: string): string =>
  address
    .replace(/([?&])uselibpqcompat=[^&#]*&?/, '$1')
    .replace(/[?&]$/, '')
    .replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=[&#]|$)/, '$1verify-full')

/**
 * Every variable of Countersign: one schema, from which `.env.example` and `docker-compose.yml` are checked.
 * Times and sizes that belong to the product are not here; they live in the policy (`domain/policy/defaults.ts`).
 */
export const variables = {
  // Without it the strict rules apply: a forgotten variable must never make an install weaker.
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('production'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be silent, error, warn, info or debug')
    .default('info'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).transform(asDriverMeans),
  // Hosts, by name, that the database may be reached at without TLS: those of a network that nobody else is in.
  DATABASE_ALLOW_PLAINTEXT: list
    .refine(
      (hosts) => hosts.every((host) => /^[A-Za-z0-9.:[\]-]+$/.test(host)),
      'must be host names separated by commas',
    )
    .default([]),
  DATABASE_POOL: count(200).default(10),
  TEMPORAL_ADDRESS: text.regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, 'must be host:port'),
  TEMPORAL_NAMESPACE: text
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be a namespace name')
    .default('default'),
  TEMPORAL_UI_URL: page.optional(),
  TASK_QUEUE_PREFIX: text
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
    .default('countersign'),
  CLICKHOUSE_URL: url(['http:', 'https:']),
  SMTP_URL: url(['smtp:', 'smtps:']),
  MAIL_FROM: text.regex(
    /^[^\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
    'must be one mail address',
  ),
  BOUNCE_DOMAIN: text
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$|^localhost$/,
      'must be a lower-case mail domain',
    )
    .optional(),
  BOUNCE_PORT: port.default(2525),
  PASSWORD_RANGE_URL: url(['https:'])
    .refine((address) => address.endsWith('/'), 'must end in /')
    .optional(),
  TWILIO_ACCOUNT_SID: text.regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits').optional(),
  TWILIO_AUTH_TOKEN: text.optional(),
  TWILIO_FROM: text
    .regex(
      /^\+[1-9]\d{6,14}$|^MG[0-9a-fA-F]{32}$/,
      'must be a number like +441632960000 or a messaging service',
    )
    .optional(),
  TWILIO_API_URL: origin.optional(),
  OIDC_ISSUER: url(['https:', 'http:']),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_ACCOUNT_CLAIM: z.enum(['sub', 'oid']).default('sub'),
  OIDC_ALLOW_HTTP: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((answer) => answer === 'true'),
  CONSOLE_URL: origin,
  PORTAL_URL: origin,
  HOST: text
    .refine((host) => ipaddr.isValid(host) || host === 'localhost', 'must be an address to listen on')
    .default('127.0.0.1'),
  CONSOLE_PORT: port.default(3700),
  PORTAL_PORT: port.default(3710),
  METRICS_PORT: port.optional(),
  TRUSTED_PROXIES: list
    .refine(
      (ranges) => ranges.every(addressRange),
      'must be addresses or ranges (10.0.0.0/8) separated by commas',
    )
    .default([]),
  JA4_HEADER: text
    .regex(/^[a-z][a-z0-9-]{1,63}$/, 'must be the name of a header in small letters')
    .optional(),
  JA4_SECRET: text.min(32, 'must have 32 characters or more').optional(),
  KEY_FILE: text,
  DATA_DIR: text.default('data'),
  DATA_SOURCES: text.optional(),
  AUDIT_HEAD_FILE: text.optional(),
  DIRECTORIES: text.optional(),
  PUSH_SERVICES: text.optional(),
  STATIC_DIR: text.default('dist'),
  WORKFLOW_BUNDLE: text.default('dist/server/workflows.js'),
  // Passed to Temporal unchanged; its own delimiter between deployment and build is a dot or a colon.
  WORKER_BUILD_ID: text
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'must be letters, digits, dashes and underscores')
    .optional(),
} satisfies Record<string, z.ZodType>

export type VariableName = keyof typeof variables
export type Variables = { [K in VariableName]: z.output<(typeof variables)[K]> }

/** The purpose of each variable, as an operator reads it in docs/configuration.md. */
export const meanings: Readonly<Record<VariableName, string>> = {
  NODE_ENV: 'The rules that apply: `development`, `test` or `production`',
  LOG_LEVEL: 'How much the process logs: `silent`, `error`, `warn`, `info` or `debug`',
  DATABASE_URL: 'Address of PostgreSQL, with the role of this process',
  DATABASE_ALLOW_PLAINTEXT: 'Hosts of `DATABASE_URL`, separated by commas, to which TLS is not required',
  DATABASE_POOL: 'Maximum number of database connections of one process',
  TEMPORAL_ADDRESS: 'Temporal, as `host:port`',
  TEMPORAL_NAMESPACE: 'Namespace in Temporal',
  TEMPORAL_UI_URL: "Temporal's web interface; the console links each verification to its workflow there",
  TASK_QUEUE_PREFIX: 'Separates installations that share a namespace',
  CLICKHOUSE_URL: 'Address of ClickHouse 25.1.5 or newer',
  SMTP_URL: 'Mail server: `smtps://…`, or `smtp://…?requireTLS=true`',
  MAIL_FROM: 'Sender of mails',
  BOUNCE_DOMAIN: 'Domain that receives mails which could not be delivered',
  BOUNCE_PORT: 'Port where the API receives those mails',
  PASSWORD_RANGE_URL:
    'Service that is asked for breached passwords by the first five digits of their SHA-1, with `/` at its end',
  TWILIO_ACCOUNT_SID: 'Account at Twilio; set all three variables of Twilio, or none',
  TWILIO_AUTH_TOKEN: 'Token of that account',
  TWILIO_FROM: 'Sender of SMS: a number or a messaging service',
  TWILIO_API_URL: 'A test double instead of Twilio; production refuses it',
  OIDC_ISSUER: 'Identity provider where staff sign in, by OpenID Connect',
  OIDC_CLIENT_ID: 'Client ID of the console at that provider',
  OIDC_CLIENT_SECRET: 'Client secret of the console at that provider',
  OIDC_ACCOUNT_CLAIM:
    'Claim by which participants and approvers are known: `sub`, or `oid` with Entra, whose `sub` no directory knows',
  OIDC_ALLOW_HTTP: 'Allows an identity provider on the same machine without TLS; production refuses it',
  CONSOLE_URL: 'Address of the console in the browser',
  PORTAL_URL: 'Address of the portal in the browser; on another host than the console',
  HOST: 'Network address that the listeners bind to',
  CONSOLE_PORT: 'Port of the console',
  PORTAL_PORT: 'Port of the portal',
  METRICS_PORT: 'Port of metrics and health; 3770 for the API, 3771 for the worker',
  TRUSTED_PROXIES:
    'Addresses or ranges of proxies, separated by commas, whose `X-Forwarded-For` the API trusts',
  JA4_HEADER: 'Header in which your proxy tells the JA4 of the client; set it with `JA4_SECRET`, or neither',
  JA4_SECRET: 'Secret that the proxy sends beside it, in `x-countersign-proxy`',
  KEY_FILE: 'Private file with the keys of this process',
  DATA_DIR: 'Folder of the network data (`npm run data:build`)',
  DATA_SOURCES: 'JSON file of sources from which the worker refreshes the network data',
  AUDIT_HEAD_FILE: 'File to which the worker appends the signed heads of the audit every hour',
  DIRECTORIES: 'JSON file of the directories where accounts live',
  PUSH_SERVICES: 'JSON file of the services that send pushes to authenticators',
  STATIC_DIR: 'Folder of the built console and portal',
  WORKFLOW_BUNDLE: 'File of the built workflow bundle',
  WORKER_BUILD_ID: 'Name of this release; a case stays with the release that began it',
}

/** Variables that may come from a private file named by `<NAME>_FILE`. */
export const secretVariables = [
  'DATABASE_URL',
  'CLICKHOUSE_URL',
  'SMTP_URL',
  'TWILIO_AUTH_TOKEN',
  'OIDC_CLIENT_SECRET',
  'JA4_SECRET',
] as const satisfies readonly VariableName[]

/** Variables of the files beside us: of `docker-compose.yml`, and of the development stack. No process reads them. */
export const deploymentVariables: readonly string[] = [
  'CONSOLE_HOST',
  'PORTAL_HOST',
  'SECRETS_DIR',
  'VERSION',
  'COUNTERSIGN_DATA',
]
