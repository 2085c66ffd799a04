import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { consoleCookie } from './http/cookies.ts'
import { csrfTokenOf } from './http/middleware/csrf.ts'
import { rawRequest, type Answer } from './testing/http.ts'
import {
  addTenant,
  callConsole,
  callPortal,
  createTestApi,
  sameOrigin,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'

const folder = mkdtempSync(join(tmpdir(), 'static-'))
const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

let api: TestApi
let agent: SignedIn
let tenantId: string
beforeAll(async () => {
  write('console/index.html', '<!doctype html><title>console</title>')
  write('console/assets/main-0123abcd.js', 'void 0')
  write('console/assets/main-0123abcd.js.gz', 'zipped')
  write('console/assets/main-0123abcd.js.map', '{}')
  write('portal/index.html', '<!doctype html><title>portal</title>')
  write('portal/csp.json', '{"script":["sha256-c2NyaXB0"],"style":["sha256-c3R5bGU="]}')
  api = await createTestApi({
    settings: { staticDir: folder },
    deps: { clientAddress: createClientAddress([]) },
  })
  tenantId = (await addTenant(api)).id
  agent = await signIn(api, tenantId)
})
afterAll(async () => {
  await api.stop()
  rmSync(folder, { recursive: true })
})

const onConsole = (path: string, more: Partial<Parameters<typeof rawRequest>[1]> = {}) =>
  rawRequest(api.ports.console, {
    path,
    ...more,
    headers: { host: new URL(api.consoleUrl).host, ...more.headers },
  })
const onPortal = (path: string, more: Partial<Parameters<typeof rawRequest>[1]> = {}) =>
  rawRequest(api.ports.portal, {
    path,
    ...more,
    headers: { host: new URL(api.portalUrl).host, ...more.headers },
  })

/** One of every kind of answer that a surface gives. */
const answersOf = async (): Promise<(readonly [string, Answer])[]> => [
  ['page', await onConsole('/verifications')],
  ['asset', await onConsole('/assets/main-0123abcd.js')],
  ['api', await callConsole(api, agent, '/api/console/session')],
  [
    'csv',
    await callConsole(api, await signIn(api, tenantId, 'supervisor'), '/api/console/verifications.csv'),
  ],
  ['not signed in', await callConsole(api, null, '/api/console/session')],
  ['not found', await onConsole('/nothing.here')],
  ['wrong host', await onConsole('/', { headers: { host: 'evil.example' } })],
  [
    'wrong method',
    await onConsole('/api/console/session', { method: 'PUT', headers: sameOrigin(api.consoleUrl) }),
  ],
  ['openapi', await onConsole('/openapi.json')],
  ['portal page', await onPortal('/v')],
  ['portal api', await callPortal(api, null, '/api/portal/step')],
  ['public api', await callPortal(api, null, '/api/public/links/open', { body: {} })],
  ['hook', await onPortal('/hooks/twilio/status', { method: 'POST' })],
  ['no host', await rawRequest(api.ports.console, { path: '/' })],
  ['trace', await onConsole('/', { method: 'TRACE' })],
  ['preflight', await onPortal('/api/public/links/open', { method: 'OPTIONS' })],
  ['head', await onPortal('/v', { method: 'HEAD' })],
  ['sign-in', await onConsole('/auth/sign-in')],
  ['failed sign-in', await onConsole('/auth/callback?code=x&state=y')],
  ['too long', await onConsole(`/${'a'.repeat(5_000)}`)],
  [
    'not json',
    await onPortal('/api/public/links/open', {
      method: 'POST',
      headers: sameOrigin(api.portalUrl),
      body: '{',
    }),
  ],
  ['live', await rawRequest(api.ports.ops, { path: '/health/live', headers: { host: 'x' } })],
  ['metrics', await rawRequest(api.ports.ops, { path: '/metrics', headers: { host: 'x' } })],
  ['no such health', await rawRequest(api.ports.ops, { path: '/health', headers: { host: 'x' } })],
]

/** The policy as F9 writes it, with what the portal's own blocks add. */
const policyOf = (name: string): string => {
  const isPortal = /portal|public|hook|preflight|head|not json/.test(name)
  const own = (hash: string) => (isPortal ? ` '${hash}'` : '')
  return [
    "default-src 'none'",
    `script-src 'self'${own('sha256-c2NyaXB0')}`,
    `style-src 'self'${own('sha256-c3R5bGU=')}`,
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${/live|metrics|health/.test(name) ? "'none'" : 'countersign'}`,
  ].join('; ')
}

describe('F9: headers on every answer', () => {
  it('carries the whole set, whatever the answer is', async () => {
    for (const [name, { headers }] of await answersOf()) {
      expect(headers['content-security-policy'], name).toBe(policyOf(name))
      expect(headers['strict-transport-security'], name).toBe('max-age=63072000; includeSubDomains')
      expect(headers['x-content-type-options'], name).toBe('nosniff')
      expect(headers['referrer-policy'], name).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy'], name).toBe('same-origin')
      expect(headers['cross-origin-resource-policy'], name).toBe('same-origin')
      expect(headers['permissions-policy'], name).toMatch(/camera=\(\).*publickey-credentials-get=\(self\)/)
      expect(headers['permissions-policy'], name).not.toContain('ch-ua')
      expect(headers['cache-control'], name).toBe(
        name === 'asset' ? 'public, max-age=31536000, immutable' : 'no-store',
      )
      expect(headers['x-request-id'], name).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('F14: never allows another origin, whatever Origin says', async () => {
    for (const [name, answer] of await answersOf())
      for (const header of Object.keys(answer.headers)) expect(header, name).not.toMatch(/^access-control/)
    const preflight = await onConsole('/api/console/session', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(JSON.stringify(preflight.headers)).not.toMatch(/access-control|evil/)
  })

  it('names the hashes of the portal’s own blocks and one Trusted Types policy', async () => {
    const policy = String((await onPortal('/v')).headers['content-security-policy'])
    expect(policy).toContain("script-src 'self' 'sha256-c2NyaXB0'")
    expect(policy).toContain("style-src 'self' 'sha256-c3R5bGU='")
    expect(policy).toContain('trusted-types countersign;'.slice(0, -1))
    expect(String((await onConsole('/')).headers['content-security-policy'])).toContain("script-src 'self';")
  })
})

describe('pages and files', () => {
  it('serves the console’s page for every screen, hashed files for ever, and nothing else', async () => {
    expect((await onConsole('/people/123')).text).toContain('<title>console</title>')
    const zipped = await onConsole('/assets/main-0123abcd.js', { headers: { 'accept-encoding': 'gzip' } })
    expect([zipped.headers['content-encoding'], zipped.text]).toEqual(['gzip', 'zipped'])
    for (const path of [
      '/assets/main-0123abcd.js.map',
      '/assets/../index.html',
      '/%2e%2e/csp.json',
      '/index.html%00',
      '/.git/config',
      '/csp.json',
    ])
      expect((await onConsole(path)).status, path).toBe(404)
    expect((await onPortal('/csp.json')).status).toBe(404)
  })

  it('F10: neither surface knows the other’s routes or pages', async () => {
    expect(
      (await onPortal('/api/console/session', { headers: { cookie: `${consoleCookie}=${agent.token}` } }))
        .status,
    ).toBe(404)
    expect((await onConsole('/api/portal/step')).status).toBe(404)
    expect((await onPortal('/verifications')).status).toBe(404)
  })

  it('a mislaid portal link leads a browser, and nothing else, to the page that says where the link is', async () => {
    const inBrowser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }
    const { status, headers } = await onPortal('/v/cut-off', inBrowser)
    expect([status, headers['location']]).toEqual([302, '/'])
    for (const path of ['/api/portal/nothing', '/hooks/nothing', '/csp.json'])
      expect((await onPortal(path, inBrowser)).status, path).toBe(404)
    // The address to which an approver returns from signing in.
    const back = await onPortal('/auth/approver/callback?code=x&state=y', inBrowser)
    expect([back.status, back.headers['location']]).not.toEqual([302, '/'])
    expect((await onPortal('/v/cut-off', { ...inBrowser, method: 'POST' })).status).not.toBe(302)
    expect((await onConsole('/health/live')).text).not.toContain('live"')
  })

  it('answers under its own name only', async () => {
    for (const host of ['evil.example', `evil@${new URL(api.consoleUrl).host}`, new URL(api.portalUrl).host])
      expect((await onConsole('/', { headers: { host } })).status, host).toBe(400)
  })

  it('J5: health and metrics have a port of their own', async () => {
    const ops = (path: string) => rawRequest(api.ports.ops, { path, headers: { host: 'x' } })
    expect((await ops('/health/live')).json).toEqual({ status: 'live' })
    const parts = { database: 'ready', temporal: 'ready', pages: 'ready' }
    expect((await ops('/health/ready')).json).toEqual({ status: 'ready', parts })
    // None are installed here: said aloud, and no reason to end a process.
    const data = await ops('/health/data')
    expect([data.status, data.json]).toMatchObject([503, { status: 'unavailable', files: [] }])
    expect((await ops('/metrics')).text).toContain('countersign_http_request_seconds_bucket')
    for (const path of ['/health/live', '/health/ready', '/health/data', '/metrics'])
      for (const { text } of [await onConsole(path), await onPortal(path)])
        expect(text, path).not.toMatch(/countersign_|"(?:live|ready|not_ready)"/)
  })
})

describe('F8: requests that another site could cause', () => {
  const path = '/api/console/people/search'
  const good = () => ({
    ...sameOrigin(api.consoleUrl),
    cookie: `${consoleCookie}=${agent.token}`,
    'x-csrf-token': csrfTokenOf(agent.token),
  })
  const post = (headers: Record<string, string>, body = '{"q":"abc"}') =>
    onConsole(path, { method: 'POST', headers, body })
  const without = (name: string) => Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name))

  it('accepts our own page', async () => {
    expect((await post(good())).status).toBe(200)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    '',
  ])('content type %j ends in 415', async (type) => {
    expect((await post({ ...good(), 'content-type': type })).status).toBe(415)
  })

  it('each of the other walls holds alone: header, site, origin, token', async () => {
    expect((await post(without('x-countersign'))).status).toBe(403)
    expect((await post({ ...good(), 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ ...good(), 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await post({ ...without('sec-fetch-site'), origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ ...good(), origin: 'null' })).status).toBe(403)
    const neither = without('sec-fetch-site')
    delete neither['origin']
    expect((await post(neither)).status).toBe(403)
    expect((await post(without('x-csrf-token'))).status).toBe(403)
    expect((await post({ ...good(), 'x-csrf-token': csrfTokenOf('another') })).status).toBe(403)
  })

  it('the portal’s calls are protected in the same way', async () => {
    const send = (headers: Record<string, string>) =>
      onPortal('/api/public/links/open', { method: 'POST', headers, body: '{}' })
    const own = sameOrigin(api.portalUrl)
    expect((await send(own)).status).toBe(422)
    expect((await send({ ...own, 'content-type': 'text/plain' })).status).toBe(415)
    expect((await send({ ...own, 'x-countersign': '' })).status).toBe(403)
    expect((await send({ ...own, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ ...own, origin: api.consoleUrl })).status).toBe(403)
  })
})
