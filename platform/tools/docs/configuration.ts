import { variablesOf } from '../../process/config.ts'
import { secretVariables, variables, type VariableName } from '../../process/config-variables.ts'

/** The purpose of each variable, as an operator reads it. */
const meanings: Readonly<Record<VariableName, string>> = {
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
  TWILIO_ACCOUNT_SID: 'Account at Twilio; set all three variables of Twilio, or none',
  TWILIO_AUTH_TOKEN: 'Token of that account',
  TWILIO_FROM: 'Sender of SMS: a number or a messaging service',
  TWILIO_API_URL: 'A test double instead of Twilio; production refuses it',
  OIDC_ISSUER: 'Identity provider where staff sign in, by OpenID Connect',
  OIDC_CLIENT_ID: 'Client ID of the console at that provider',
  OIDC_CLIENT_SECRET: 'Client secret of the console at that provider',
  OIDC_ALLOW_HTTP: 'Allows an identity provider on the same machine without TLS; production refuses it',
  CONSOLE_URL: 'Address of the console in the browser',
  PORTAL_URL: 'Address of the portal in the browser; on another host than the console',
  HOST: 'Network address that the listeners bind to',
  CONSOLE_PORT: 'Port of the console',
  PORTAL_PORT: 'Port of the portal',
  METRICS_PORT: 'Port of metrics and health; 3770 for the API, 3771 for the worker',
  TRUSTED_PROXIES:
    'Addresses or ranges of proxies, separated by commas, whose `X-Forwarded-For` the API trusts',
  KEY_FILE: 'Private file with the keys of this process',
  DATA_DIR: 'Folder of the network data (`npm run data:build`)',
  DATA_SOURCES: 'JSON file of sources from which the worker refreshes the network data',
  AUDIT_HEAD_FILE: 'File to which the worker appends the signed heads of the audit every hour',
  DIRECTORIES: 'JSON file of the directories where accounts live',
  STATIC_DIR: 'Folder of the built console and portal',
  WORKFLOW_BUNDLE: 'File of the built workflow bundle',
  WORKER_BUILD_ID: 'Name of this release; a case stays with the release that began it',
}

const processes = Object.entries({ api: 'API', worker: 'worker', migrator: 'migration' } as const)

/** The default of a variable: a value, `optional`, or `required`. */
const defaultOf = (name: VariableName): string => {
  const { success, data } = variables[name].safeParse(undefined)
  if (!success) return 'required'
  const value = Array.isArray(data) ? data.join(',') : data
  return value === undefined || value === '' ? 'optional' : `\`${String(value)}\``
}

/** The table of all variables, from the schema that each process parses. */
export const configurationTable = (): string => {
  const rows = (Object.keys(variables) as VariableName[]).map((name) => {
    const readers = processes
      .filter(([kind]) => (variablesOf[kind as keyof typeof variablesOf] as readonly string[]).includes(name))
      .map(([, label]) => label)
    const isSecret = (secretVariables as readonly string[]).includes(name)
    return `| \`${name}\` | ${meanings[name]} | ${defaultOf(name)} | ${readers.join(', ')} | ${isSecret ? 'yes' : ''} |`
  })
  return [
    '| variable | meaning | default | process | secret |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
