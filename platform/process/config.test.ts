import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'
import type { Environment, ProcessKind } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const development: Environment = {
  NODE_ENV: 'development',
  DATABASE_URL: 'postgres://app:pw@127.0.0.1:3740/app',
  CLICKHOUSE_URL: 'http://127.0.0.1:3750',
  TEMPORAL_ADDRESS: '127.0.0.1:3760',
  SMTP_URL: 'smtp://127.0.0.1:3731',
  MAIL_FROM: 'Northwind IT <it@northwind.example>',
  OIDC_ISSUER: 'http://127.0.0.1:3720',
  OIDC_CLIENT_ID: 'console',
  OIDC_CLIENT_SECRET: 'short',
  OIDC_ALLOW_HTTP: 'true',
  CONSOLE_URL: 'http://localhost:3700/',
  PORTAL_URL: 'http://127.0.0.1:3710',
  KEY_FILE: '.data/keys/keys.json',
}

const strong = 'q7Jx2mVt9Kd4Rw8Zb5Ny3Hc6Lf1Pg0Sa'

const production: Environment = {
  ...development,
  NODE_ENV: 'production',
  DATABASE_URL: `postgres://app:${strong}@db.internal.test:5432/app?sslmode=verify-full`,
  CLICKHOUSE_URL: `https://app:${strong}@ch.internal.test:8443`,
  SMTP_URL: 'smtps://mail.internal.test',
  OIDC_ISSUER: 'https://id.northwind.test',
  OIDC_CLIENT_SECRET: strong,
  OIDC_ALLOW_HTTP: '',
  CONSOLE_URL: 'https://desk.northwind.test',
  PORTAL_URL: 'https://verify.northwind.test',
  KEY_FILE: '/run/secrets/keys.json',
}

function problemsOf(kind: ProcessKind, env: Environment): Record<string, string> {
  try {
    loadConfig(kind, env)
    return {}
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return Object.fromEntries(error.problems.map(({ variable, problem }) => [variable, problem]))
  }
}

describe('reading the environment', () => {
  it('gives the API what it needs, with defaults', () => {
    expect(loadConfig('api', development)).toEqual({
      mode: 'development',
      logLevel: 'info',
      database: { url: 'postgres://app:pw@127.0.0.1:3740/app', pool: 10 },
      clickhouseUrl: 'http://127.0.0.1:3750',
      temporal: { address: '127.0.0.1:3760', namespace: 'default', taskQueuePrefix: 'countersign' },
      consoleUrl: 'http://localhost:3700',
      portalUrl: 'http://127.0.0.1:3710',
      host: '127.0.0.1',
      metricsPort: 3770,
      keyFile: '.data/keys/keys.json',
      dataDir: 'data',
      oidc: {
        ...{ issuer: 'http://127.0.0.1:3720', accountClaim: 'sub', allowHttp: true },
        ...{ clientId: 'console', clientSecret: 'short' },
      },
      consolePort: 3700,
      portalPort: 3710,
      trustedProxies: [],
      staticDir: 'dist',
    })
  })

  it('asks the migrator for nothing but the databases', () => {
    const { NODE_ENV, DATABASE_URL, CLICKHOUSE_URL } = development
    expect(Object.keys(loadConfig('migrator', { NODE_ENV, DATABASE_URL, CLICKHOUSE_URL })).sort()).toEqual(
      ['clickhouseUrl', 'database', 'logLevel', 'mode'].sort(),
    )
  })

  it('tells all problems together and repeats no value', () => {
    const env = {
      NODE_ENV: 'development',
      DATABASE_URL: 'mysql://root:hunter2@db',
      DATABASE_POOL: '0',
      CONSOLE_PORT: 'x1',
    }
    const problems = problemsOf('api', env)
    expect(problems).toMatchObject({
      DATABASE_URL: 'must be an address that begins with postgres:// or postgresql://',
      DATABASE_POOL: 'must be from 1 to 200',
      CONSOLE_PORT: 'must be a port number',
      TEMPORAL_ADDRESS: 'is missing',
      KEY_FILE: 'is missing',
    })
    expect(() => loadConfig('api', env)).toThrow(/^(?!.*hunter2)/s)
  })

  it('counts an empty variable as not given', () => {
    expect(problemsOf('api', { ...development, KEY_FILE: '' })).toEqual({ KEY_FILE: 'is missing' })
  })

  it('names a misspelt variable instead of ignoring it', () => {
    expect(problemsOf('worker', { ...development, TWILIO_TOKEN: 'x' })).toEqual({
      TWILIO_TOKEN: 'is not a variable of Countersign',
    })
  })

  it('wants all of the Twilio account or nothing', () => {
    expect(problemsOf('worker', { ...development, TWILIO_AUTH_TOKEN: strong })).toEqual({
      TWILIO_ACCOUNT_SID: 'is missing, although TWILIO_AUTH_TOKEN is given',
      TWILIO_FROM: 'is missing, although TWILIO_AUTH_TOKEN is given',
    })
  })

  it('takes the address of a web interface of Temporal, with its path, but never with credentials', () => {
    const naming = (address: string) => ({ ...development, TEMPORAL_UI_URL: address })
    expect(loadConfig('api', naming('https://ops.test/temporal/')).temporalUiUrl).toBe(
      'https://ops.test/temporal',
    )
    for (const wrong of ['https://a:b@ops.test', 'https://ops.test/?q=1', 'javascript:alert(1)', 'ops.test'])
      expect(problemsOf('api', naming(wrong)), wrong).toHaveProperty('TEMPORAL_UI_URL')
  })

  it('takes the name of a release, without what Temporal sets it apart by', () => {
    expect(loadConfig('worker', development)).not.toHaveProperty('buildId')
    const named = loadConfig('worker', { ...development, WORKER_BUILD_ID: '2026-11_1' })
    expect(named).toHaveProperty('buildId', '2026-11_1')
    for (const name of ['2026.11', 'a:b', '-a', 'a b', 'x'.repeat(64)])
      expect(() => loadConfig('worker', { ...development, WORKER_BUILD_ID: name })).toThrow(ConfigError)
  })

  it('takes a proxy list of addresses and ranges only', () => {
    expect(loadConfig('api', { ...development, TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
    ])
    expect(problemsOf('api', { ...development, TRUSTED_PROXIES: '10.0.0.0/8,proxy' })).toHaveProperty(
      'TRUSTED_PROXIES',
    )
  })

  it('takes the header of the JA4 with the secret of the proxy, or neither', () => {
    const whole = { ...development, JA4_HEADER: 'x-ja4', JA4_SECRET: strong }
    expect(loadConfig('api', whole).ja4).toEqual({ header: 'x-ja4', secret: strong })
    expect(loadConfig('api', development)).not.toHaveProperty('ja4')
    expect(problemsOf('api', { ...whole, JA4_SECRET: undefined })).toEqual({
      JA4_SECRET: 'is missing, although JA4_HEADER is given',
    })
    expect(problemsOf('api', { ...whole, JA4_HEADER: undefined })).toEqual({
      JA4_HEADER: 'is missing, although JA4_SECRET is given',
    })
    expect(problemsOf('api', { ...whole, JA4_SECRET: 'short' })).toHaveProperty('JA4_SECRET')
    for (const name of ['X-JA4', 'x ja4', 'x_ja4:'])
      expect(problemsOf('api', { ...whole, JA4_HEADER: name }), name).toHaveProperty('JA4_HEADER')
  })

  it('reads a secret from a private file', () => {
    const file = join(folder, 'client-secret')
    writeFileSync(file, `${strong}\n`, { mode: 0o600 })
    const { OIDC_CLIENT_SECRET: _, ...rest } = development
    expect(loadConfig('api', { ...rest, OIDC_CLIENT_SECRET_FILE: file }).oidc.clientSecret).toBe(strong)
  })
})

describe('what no install may do', () => {
  it('F10: refuses console and portal on one host, ports apart', () => {
    expect(problemsOf('api', { ...development, PORTAL_URL: 'http://localhost:3710' })).toHaveProperty(
      'PORTAL_URL',
    )
  })

  it('refuses an http issuer unless it is loopback and allowed by name', () => {
    expect(problemsOf('api', { ...development, OIDC_ALLOW_HTTP: 'false' })).toHaveProperty('OIDC_ISSUER')
    expect(problemsOf('api', { ...development, OIDC_ISSUER: 'http://id.northwind.test' })).toHaveProperty(
      'OIDC_ISSUER',
    )
  })
})

describe('production', () => {
  it('starts with a complete, strict environment', () => {
    expect(problemsOf('api', production)).toEqual({})
    expect(problemsOf('worker', production)).toEqual({})
  })

  it('is the rule when the mode is not given', () => {
    expect(Object.keys(problemsOf('api', { ...development, NODE_ENV: undefined }))).toContain('CONSOLE_URL')
  })

  const refused: readonly (readonly [string, ProcessKind, Environment, string])[] = [
    ['a console over http', 'api', { CONSOLE_URL: 'http://desk.northwind.test' }, 'CONSOLE_URL'],
    ['a portal over http', 'worker', { PORTAL_URL: 'http://verify.northwind.test' }, 'PORTAL_URL'],
    [
      'an issuer over http',
      'api',
      { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_ALLOW_HTTP: 'true' },
      'OIDC_ISSUER',
    ],
    ['http sign-in allowed', 'api', { OIDC_ALLOW_HTTP: 'true' }, 'OIDC_ALLOW_HTTP'],
    ['M5: a short client secret', 'api', { OIDC_CLIENT_SECRET: 'abc123' }, 'OIDC_CLIENT_SECRET'],
    [
      'M5: a development client secret',
      'api',
      { OIDC_CLIENT_SECRET: `development-${strong}` },
      'OIDC_CLIENT_SECRET',
    ],
    ['M5: a monotonous client secret', 'api', { OIDC_CLIENT_SECRET: 'ab'.repeat(20) }, 'OIDC_CLIENT_SECRET'],
    [
      'M5: a database without password',
      'worker',
      { DATABASE_URL: 'postgres://app@127.0.0.1/app' },
      'DATABASE_URL',
    ],
    [
      'M5: a short database password',
      'worker',
      { DATABASE_URL: 'postgres://a:pw@127.0.0.1/app' },
      'DATABASE_URL',
    ],
    [
      'plain http to a distant ClickHouse',
      'api',
      { CLICKHOUSE_URL: `http://a:${strong}@ch.test` },
      'CLICKHOUSE_URL',
    ],
    ['plain SMTP to a distant relay', 'worker', { SMTP_URL: 'smtp://mail.test' }, 'SMTP_URL'],
    ['the development keys', 'api', { KEY_FILE: '/srv/app/.data/keys/keys.json' }, 'KEY_FILE'],
    ['the Twilio double', 'worker', { TWILIO_API_URL: 'http://127.0.0.1:3732' }, 'TWILIO_API_URL'],
  ]
  it.each(refused)('refuses %s', (_title, kind, change, variable) => {
    expect(problemsOf(kind, { ...production, ...change })).toHaveProperty(variable)
  })

  const plain = (host: string) => `postgres://app:${strong}@${host}/app`
  const databases: readonly (readonly [string, string, boolean])[] = [
    ['this machine', plain('127.0.0.1:5432'), true],
    ['this machine by name', plain('localhost'), true],
    ['a socket of this machine', `${plain('localhost')}?host=/var/run/postgresql`, true],
    ['a socket in place of the host', plain('%2Fvar%2Frun%2Fpostgresql'), true],
    ['TLS with a checked certificate', `${plain('db.test')}?sslmode=verify-full`, true],
    ['TLS that the driver checks as strictly', `${plain('db.test')}?sslmode=require`, true],
    ['TLS by the other parameter', `${plain('db.test')}?ssl=true`, true],
    ['another host in the clear', plain('db.test'), false],
    ['a host without dots in the clear', plain('postgres:5432'), false],
    ['another host behind a parameter', `${plain('127.0.0.1')}?host=db.test`, false],
    ['TLS switched off', `${plain('db.test')}?sslmode=disable`, false],
    ['TLS without a checked certificate', `${plain('db.test')}?sslmode=no-verify`, false],
    ['TLS switched off beside TLS asked for', `${plain('db.test')}?ssl=true&sslmode=disable`, false],
  ]
  it.each(databases)('J3: a database at %s', (_title, url, isTaken) => {
    const problems = problemsOf('worker', { ...production, DATABASE_URL: url })
    expect(Object.keys(problems)).toEqual(isTaken ? [] : ['DATABASE_URL'])
    expect(JSON.stringify(problems)).not.toContain(strong)
  })

  it('J3: a database in the clear is taken where its host is named, and no other', () => {
    const env = { ...production, DATABASE_URL: plain('postgres:5432') }
    expect(problemsOf('migrator', { ...env, DATABASE_ALLOW_PLAINTEXT: 'postgres, db2' })).toEqual({})
    for (const named of ['postgres2', 'db', ''])
      expect(problemsOf('migrator', { ...env, DATABASE_ALLOW_PLAINTEXT: named })).toEqual({
        DATABASE_URL:
          'must ask for TLS (?sslmode=verify-full), or DATABASE_ALLOW_PLAINTEXT must name its host',
      })
    expect(problemsOf('migrator', { ...env, DATABASE_ALLOW_PLAINTEXT: '*' })).toHaveProperty(
      'DATABASE_ALLOW_PLAINTEXT',
    )
  })

  it('hands the driver the mode that it means, so that it prints no warning of its own', () => {
    const url = (query: string) =>
      loadConfig('worker', { ...production, DATABASE_URL: `${plain('db.test')}?${query}` }).database.url
    for (const mode of ['prefer', 'require', 'verify-ca', 'verify-full'])
      expect(url(`sslmode=${mode}&sslrootcert=/ca.pem`)).toBe(
        `${plain('db.test')}?sslmode=verify-full&sslrootcert=/ca.pem`,
      )
    expect(url('uselibpqcompat=true&sslmode=require')).toBe(`${plain('db.test')}?sslmode=verify-full`)
  })
})
