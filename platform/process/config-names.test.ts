import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unknownNames } from './config-names.ts'
import { deploymentVariables, secretVariables, variables } from './config-variables.ts'

const named = (...names: readonly string[]) =>
  unknownNames(Object.fromEntries(names.map((name) => [name, 'x']))).map(({ variable }) => variable)

const ours = [
  ...Object.keys(variables),
  ...secretVariables.map((name) => `${name}_FILE`),
  ...deploymentVariables,
]

/**
 * Shells, package managers, service managers, containers, clouds and the programs beside us put these into an
 * environment.
 */
const foreign =
  `HOME PATH PWD OLDPWD USER LOGNAME SHELL SHLVL TERM LANG LC_ALL TZ TMPDIR HOSTNAME HOSTTYPE EDITOR MAIL MAILTO MAILFROM
  NODE NODE_OPTIONS NODE_PATH NODE_VERSION NODE_EXTRA_CA_CERTS NODE_NO_WARNINGS NODE_TLS_REJECT_UNAUTHORIZED UV_THREADPOOL_SIZE
  npm_config_cache npm_package_name npm_lifecycle_event npm_execpath npm_config_user_agent INIT_CWD COLOR YARN_VERSION CI DEBUG PORT
  HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR SSLKEYLOGFILE TLS_KEY_FILE
  MALLOC_ARENA_MAX MALLOC_TRIM_THRESHOLD_ LD_LIBRARY_PATH XDG_CONFIG_HOME XDG_RUNTIME_DIR INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET
  SYSTEMD_EXEC_PID CREDENTIALS_DIRECTORY STATE_DIRECTORY RUNTIME_DIRECTORY LOGS_DIRECTORY CACHE_DIRECTORY CONFIGURATION_DIRECTORY
  PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE PGDATA DATABASE_HOST DATABASE_PORT DATABASE_USER DATABASE_PASSWORD DATABASE_NAME
  CLICKHOUSE_USER CLICKHOUSE_DB CLICKHOUSE_HOST CLICKHOUSE_PORT TEMPORAL_CLI_ADDRESS TEMPORAL_API_KEY TEMPORAL_TLS TEMPORAL_TLS_CERT
  TEMPORAL_PROFILE TEMPORAL_CONFIG_FILE TEMPORAL_CODEC_ENDPOINT TEMPORAL_GRPC_META_X KUBERNETES_SERVICE_HOST KUBERNETES_PORT_443_TCP
  CONSOLE_SERVICE_HOST CONSOLE_SERVICE_PORT_HTTPS PORTAL_PORT_443_TCP_ADDR SMTP_SERVICE_PORT METRICS_PORT_9090_TCP AWS_REGION
  AWS_ACCESS_KEY_ID OTEL_SERVICE_NAME OTEL_EXPORTER_OTLP_ENDPOINT DOCKER_HOST COMPOSE_PROJECT_NAME container GIT_DIR SSH_AUTH_SOCK
  DISPLAY WSL_DISTRO_NAME VITEST VITEST_POOL_ID PORT_BASE E2E_PORT_BASE E2E_DATA LOG_DIR STATIC_URL WORKER_ID KEY_ID CERT_FILE HOSTS`.split(
    /\s+/,
  )

describe('names of variables', () => {
  it('takes every variable of ours, and of the files beside us', () => {
    expect(named(...ours)).toEqual([])
  })

  it('takes what other programs read', () => {
    expect(named(...foreign)).toEqual([])
  })

  it.each([
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['TEMPORAL_NAMESPCE', 'TEMPORAL_NAMESPACE'],
    ['TEMPORAL_ADRESS', 'TEMPORAL_ADDRESS'],
    ['TEMPORAL_NAMSEPACE', 'TEMPORAL_NAMESPACE'],
    ['KEYFILE', 'KEY_FILE'],
    ['KEY_FIEL', 'KEY_FILE'],
    ['key_file', 'KEY_FILE'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DIRECTORY', 'DIRECTORIES'],
    ['DATA_SOURCE', 'DATA_SOURCES'],
    ['DATABASE_ALOW_PLAINTXT', 'DATABASE_ALLOW_PLAINTEXT'],
  ])('refuses %s and says what it most likely means: %s', (name, meant) => {
    expect(unknownNames({ [name]: 'x' })).toEqual([
      { variable: name, problem: `is not a variable of Countersign: ${meant} is` },
    ])
  })

  it.each(['TWILIO_TOKEN', 'OIDC_SCOPE', 'PORTAL_HOSTS_ALLOWED', 'COUNTERSIGN_KEY'])(
    'refuses %s by how it begins',
    (name) => {
      expect(named(name)).toEqual([name])
    },
  )

  it('refuses a file for what is given by its value, and takes one for a secret', () => {
    expect(unknownNames({ MAIL_FROM_FILE: 'x', SMTP_URL_FILE: 'x' })).toEqual([
      {
        variable: 'MAIL_FROM_FILE',
        problem: 'is not a variable of Countersign: MAIL_FROM is given by its value',
      },
    ])
  })

  it('property: one slip of the finger in a name of ours is refused', () => {
    const long = Object.keys(variables).filter((name) => name.replaceAll('_', '').length > 6)
    const slips: readonly ((name: string, at: number) => string)[] = [
      (name, at) => name.slice(0, at) + name.slice(at + 1),
      (name, at) => name.slice(0, at) + 'Q' + name.slice(at),
      (name, at) => `${name.slice(0, at)}Q${name.slice(at + 1)}`,
      (name, at) => name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
      (name) => name.replaceAll('_', ''),
      (name) => name.toLowerCase(),
      (name) => `${name}S`,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.constantFrom(...slips), fc.nat(40), (name, slip, place) => {
        const slipped = slip(name, place % name.length)
        fc.pre(!ours.includes(slipped) && !foreign.includes(slipped))
        expect(named(slipped)).toEqual([slipped])
      }),
      { numRuns: 2000 },
    )
  })

  it('property: a name that shares nothing with ours is taken', () => {
    const word = fc.stringMatching(/^[A-Z]{3,9}_[A-Z]{3,9}$/)
    const first = new Set(ours.map((name) => name.split('_')[0]))
    fc.assert(
      fc.property(word, (name) => {
        fc.pre(!first.has(name.split('_')[0]) && !name.startsWith('COUNTERSIGN'))
        expect(named(name)).toEqual([])
      }),
    )
  })
})
