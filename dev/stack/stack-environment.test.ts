import { describe, expect, it } from 'vitest'
import { loadConfig } from '#platform/process/config.ts'
import { planPorts } from './ports.ts'
import { environmentFor, namedParts, oidcClientOf, type StackParts } from './stack-environment.ts'

const random = `development-${'abcdefgh'.repeat(4)}`
const parts: StackParts = {
  env: { PATH: '/bin' },
  root: '/project',
  ports: planPorts('4700'),
  secrets: {
    databaseOwner: random,
    databaseApi: random,
    databaseWorker: random,
    oidcClient: random,
    twilioAccountSid: `AC${'0'.repeat(32)}`,
    twilioAuthToken: random,
  },
  engines: {
    temporalAddress: '127.0.0.1:4760',
    temporalNamespace: 'default',
    temporalUi: 'http://localhost:4761',
    clickhouseUrl: 'http://127.0.0.1:4750',
  },
  logins: { api: 'postgres://api:x@127.0.0.1:4740/c', worker: 'postgres://worker:x@127.0.0.1:4740/c' },
  keyFiles: { api: '/data/keys/api.json', worker: '/data/keys/worker.json' },
  networkData: '/data/network-data',
}

describe('the variables of the processes', () => {
  it('is accepted by the configuration of both', () => {
    const api = loadConfig('api', environmentFor('api', parts))
    expect(api).toMatchObject({ mode: 'development', consolePort: 4700, keyFile: '/data/keys/api.json' })
    const worker = loadConfig('worker', environmentFor('worker', parts))
    expect(worker).toMatchObject({
      database: { url: parts.logins.worker },
      keyFile: '/data/keys/worker.json',
    })
  })

  it('is refused by production: nothing of the development stack gets there (M5)', () => {
    const env = { ...environmentFor('api', parts), NODE_ENV: 'production' }
    expect(() => loadConfig('api', env)).toThrow(/TWILIO_API_URL.*|OIDC_ALLOW_HTTP/)
  })

  it('keeps console and portal on different hosts (F10)', () => {
    const { CONSOLE_URL, PORTAL_URL } = environmentFor('api', parts)
    expect([CONSOLE_URL, PORTAL_URL]).toEqual(['http://localhost:4700', 'http://portal.localhost:4710'])
  })

  it('uses what the environment names, and an empty value names nothing', () => {
    const env = {
      SMTP_URL: 'smtps://mail.example.org',
      OIDC_ISSUER: '',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    }
    const told = environmentFor('worker', { ...parts, env })
    expect(told).toMatchObject({ SMTP_URL: env.SMTP_URL, LOG_LEVEL: 'debug', NODE_ENV: 'development' })
    expect(told['OIDC_ISSUER']).toBe('http://127.0.0.1:4720')
    expect(namedParts(env)).toEqual({ mail: true, sms: false, signIn: false, push: false })
  })

  it('links to the web page of the development server, and to none of a server that the environment names', () => {
    expect(loadConfig('api', environmentFor('api', parts)).temporalUiUrl).toBe('http://localhost:4761')
    const named = { ...parts, engines: { ...parts.engines, temporalUi: undefined } }
    expect(loadConfig('api', environmentFor('api', named)).temporalUiUrl).toBeUndefined()
    const own = { ...named, env: { TEMPORAL_UI_URL: 'https://temporal.example.org/ui/' } }
    expect(loadConfig('api', environmentFor('api', own)).temporalUiUrl).toBe(
      'https://temporal.example.org/ui',
    )
  })

  it('registers exactly the redirect addresses of console and portal (F7)', () => {
    const { redirectUris } = oidcClientOf('http://localhost:4700', 'http://127.0.0.1:4710', parts.secrets)
    expect(redirectUris).toEqual([
      'http://localhost:4700/auth/callback',
      'http://127.0.0.1:4710/auth/approver/callback',
      'http://127.0.0.1:4710/auth/participant/callback',
    ])
  })
})
