/** The API over real HTTP and a database of its own; only Temporal, the worker and the identity provider are doubles. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { noAnalytics } from '#analytics/client.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { Role } from '#domain/roles.ts'
import { startStaffSession } from '#services/staff/sessions.ts'
import { connectTest, createTestDatabase } from '#platform/database/testing/database.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { inTenant, outsideTenants } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { reportOf } from '#platform/network-data/data-report.ts'
import { createLogger } from '#platform/process/log.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { createPasswordEstimate } from '#platform/crypto/password-quality.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { placeOf, type SeenRequest } from '#services/staff/session-place.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { createApp } from '../app.ts'
import type { SignIn } from '../auth/sign-in-port.ts'
import { createLiveHub } from '../console/live/live-hub.ts'
import { consoleCookie, portalCookie } from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import { createListener } from '../http/listener.ts'
import { csrfTokenOf } from '../http/middleware/csrf.ts'
import { createFakeVerifications } from './fake-verifications.ts'
import { rawRequest, type Answer } from './http.ts'

const listen = (): Promise<{ server: Server; port: number }> =>
  new Promise((resolve) => {
    const server = createListener()
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, port: (server.address() as AddressInfo).port })
    })
  })

const noSignIn: SignIn = {
  begin: () => Promise.reject(new Error('no identity provider in this test')),
  finish: () => Promise.resolve(null),
  readLogout: () => Promise.resolve(null),
  signOutUrl: () => Promise.resolve(null),
}

/** A test may replace these. */
export type TestApiOptions = {
  readonly deps?: Partial<ApiDeps>
  readonly settings?: Partial<ApiDeps['settings']>
}

/** A member of staff with a session. */
export type SignedIn = { readonly token: string; readonly staffId: string; readonly tenantId: string }

/** Everything a test of the API works with. */
export type TestApi = Awaited<ReturnType<typeof createTestApi>>

/** Headers of a browser that sends JSON from our own page. */
export const sameOrigin = (origin: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-countersign': '1',
  origin,
  'sec-fetch-site': 'same-origin',
})

/** Starts the API on random ports. */
export const createTestApi = async (options: TestApiOptions = {}) => {
  const database = await createTestDatabase()
  const owner = connectTest(database.ownerUrl)
  const db = connectTest(database.apiUrl, 8)
  // For what the worker does between two calls; nothing connects before it is used.
  const worker = connectTest(database.workerUrl, 2)
  const keys = testKeys()
  const verifications = createFakeVerifications({ owner: outsideTenants(owner), worker: keys.worker })
  const lines: string[] = []
  const [consoleSide, portalSide, opsSide] = await Promise.all([listen(), listen(), listen()])
  const consoleUrl = `http://localhost:${consoleSide.port}`
  const portalUrl = `http://portal.localhost:${portalSide.port}`
  const live = createLiveHub()
  const log = createLogger({
    process: 'api',
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const deps: ApiDeps = {
    db,
    keys: keys.api,
    verifications,
    querier: noAnalytics(),
    signIn: noSignIn,
    approverSignIn: noSignIn,
    participantSignIn: noSignIn,
    clientAddress: createClientAddress([]),
    factTools: createFactTools(null),
    networkData: { report: (at) => reportOf('/nonexistent', null, null, at) },
    estimatePassword: createPasswordEstimate(),
    textTools,
    log,
    metrics: new Registry(),
    live,
    rateSecret: 'a secret of this test',
    isEnding: () => false,
    settings: {
      consoleUrl,
      portalUrl,
      staticDir: '/nonexistent',
      oidcIssuer: 'https://sign-in.example.org',
      twilioAuthToken: 'a token of this test',
      isProduction: false,
      temporalUiUrl: null,
      ...options.settings,
    },
    ...options.deps,
  }
  const { consoleApp, portalApp, opsApp } = createApp(deps)
  for (const [{ server }, app] of [
    [consoleSide, consoleApp],
    [portalSide, portalApp],
    [opsSide, opsApp],
  ] as const) {
    const handler = app.callback()
    server.on('request', (request, response) => void handler(request, response))
  }
  const stop = async (): Promise<void> => {
    live.stop()
    for (const { server } of [consoleSide, portalSide, opsSide]) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    await Promise.all([db.close(), owner.close(), worker.close()])
    await database.drop()
  }
  return {
    db,
    worker,
    keys,
    deps,
    verifications,
    lines,
    owner: outsideTenants(owner),
    ownerDb: owner,
    ports: { console: consoleSide.port, portal: portalSide.port, ops: opsSide.port },
    consoleUrl,
    portalUrl,
    stop,
  }
}

/** A tenant with its policy. */
export const addTenant = async (api: TestApi, change: (policy: Policy) => Policy = (policy) => policy) => {
  const tenant = await makeTenant(api.owner, { name: 'Northwind' })
  const { version, ...document } = change(defaultPolicy())
  await insertRow(api.owner, 'policies', {
    tenant_id: tenant.id,
    version,
    document: JSON.stringify(document),
    saved_by: 'test',
  })
  return tenant
}

/** A person with a phone and an e-mail address on file. */
export const addPerson = async (
  api: TestApi,
  tenantId: string,
  row: Readonly<Record<string, unknown>> = {},
) => {
  const person = await makePerson(api.owner, tenantId, row)
  const phone = await makeContact(
    api.owner,
    api.keys.worker,
    person,
    `+4477009${String(Math.random()).slice(2, 7)}`,
  )
  const email = await makeContact(api.owner, api.keys.worker, person, `${person.login}@mail.example.org`)
  return { ...person, phone, email }
}

/** A member of staff who has signed in. */
export const signIn = async (
  api: TestApi,
  tenantId: string,
  role: Role = 'agent',
  row: Readonly<Record<string, unknown>> = {},
  seen: SeenRequest = { userAgent: undefined, address: '127.0.0.1' },
): Promise<SignedIn> => {
  const staff = await makeStaff(api.owner, tenantId, { role, ...row })
  const token = newToken()
  await inTenant(api.db, tenantId, (tx) =>
    startStaffSession(tx, api.keys.api, {
      staffId: staff.id,
      tokenHash: tokenHash(token),
      csrfHash: tokenHash(csrfTokenOf(token)),
      amr: ['pwd', 'otp'],
      country: null,
      place: placeOf(api.deps, tenantId, seen),
    }),
  )
  return { token, staffId: staff.id, tenantId }
}

type Sent = {
  readonly method?: string
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Record<string, string>
}

/** Calls the console's API as its page would. */
export const callConsole = (
  api: TestApi,
  as: SignedIn | null,
  path: string,
  sent: Sent = {},
): Promise<Answer> => {
  const method = sent.method ?? (sent.body === undefined ? 'GET' : 'POST')
  return rawRequest(api.ports.console, {
    method,
    path,
    headers: {
      host: new URL(api.consoleUrl).host,
      ...(method === 'GET' ? {} : sameOrigin(api.consoleUrl)),
      ...(as === null
        ? {}
        : { cookie: `${consoleCookie}=${as.token}`, 'x-csrf-token': csrfTokenOf(as.token) }),
      ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  })
}

/** Calls the portal's API as its page would; `session` is the cookie's value. */
export const callPortal = (
  api: TestApi,
  session: string | null,
  path: string,
  sent: Sent = {},
): Promise<Answer> => {
  const method = sent.method ?? (sent.body === undefined ? 'GET' : 'POST')
  return rawRequest(api.ports.portal, {
    method,
    path,
    headers: {
      host: new URL(api.portalUrl).host,
      'accept-language': 'en',
      ...(method === 'GET' ? {} : sameOrigin(api.portalUrl)),
      ...(session === null ? {} : { cookie: `${portalCookie}=${session}` }),
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  })
}

/** The statement of a page of ours whose browser can make no key: the session is bound to none. */
export const keylessPage = ({ portalUrl }: Pick<TestApi, 'portalUrl'>) => ({
  origin: portalUrl,
  device: null,
})
