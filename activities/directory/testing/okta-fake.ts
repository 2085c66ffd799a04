/** Stands in for Okta: answers as its public documents say, to what our adapter asks, and to nothing else. */
import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { startFake, type FakeAnswer, type FakeRequest, type FakeServer } from './fake-https.ts'
import { matches } from './okta-filter.ts'
import {
  createOktaStore,
  newId,
  nextMoment,
  type OktaAccount,
  type OktaJson,
  type OktaStore,
} from './okta-store.ts'

/** A running organisation. */
export type OktaFake = FakeServer & {
  readonly store: OktaStore
  /** An app with a custom role, and one that is super administrator; both have the same key. */
  readonly clientId: string
  readonly powerfulId: string
  /** An app that may read the log too. */
  readonly logId: string
  readonly privateKey: string
}

const problem = (status: number, errorCode: string, errorSummary: string, cause?: string): FakeAnswer => ({
  status,
  body: {
    errorCode,
    errorSummary,
    errorLink: errorCode,
    errorId: newId('oae'),
    errorCauses: cause === undefined ? [] : [{ errorSummary: cause }],
  },
})
const notFound = problem(404, 'E0000007', 'Not found: Resource not found (User)')
const done: FakeAnswer = { status: 200, body: {} }

/** The organisation's own address, also by way of a proxy of this machine. */
const address = /^https:\/\/localhost:\d+\/oauth2\/v1\/token$/
/** The apps may ask for these scopes; one of them also for the log. */
const granted = ['okta.users.read', 'okta.users.manage', 'okta.roles.read']
const logScope = 'okta.logs.read'

/** Starts an organisation with two service apps, whose roles are in its store. */
export const startOktaFake = async (): Promise<OktaFake> => {
  const store = createOktaStore()
  const clientId = newId('0oa')
  store.roles.set(clientId, [{ id: newId('irb'), type: 'CUSTOM', label: 'Countersign' }])
  const powerfulId = newId('0oa')
  store.roles.set(powerfulId, [{ id: newId('irb'), type: 'SUPER_ADMIN', label: 'Super Administrator' }])
  const logId = newId('0oa')
  store.roles.set(logId, [
    { id: newId('irb'), type: 'CUSTOM', label: 'Countersign' },
    { id: newId('irb'), type: 'REPORT_ADMIN', label: 'Report Administrator' },
  ])
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const valid = new Map<string, readonly string[]>()
  const grant = async ({ body }: FakeRequest): Promise<FakeAnswer> => {
    const form = body as Readonly<Record<string, string>>
    const app = await jwtVerify(form['client_assertion'] ?? '', publicKey).then(
      ({ payload: { iss = '', sub, aud } }) =>
        [clientId, powerfulId, logId].includes(iss) && sub === iss && address.test(String(aud)) ? iss : null,
      () => null,
    )
    if (app === null) return { status: 401, body: { error: 'invalid_client' } }
    const asked = (form['scope'] ?? '').split(' ')
    const mayAsk = app === logId ? [...granted, logScope] : granted
    if (asked.some((scope) => !mayAsk.includes(scope)))
      return { status: 400, body: { error: 'invalid_scope' } }
    const token = newId('tok')
    valid.set(token, asked)
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600, access_token: token, scope: asked.join(' ') },
    }
  }
  const answer = (request: FakeRequest): FakeAnswer | Promise<FakeAnswer> => {
    if (request.url.pathname === '/oauth2/v1/token') return grant(request)
    const [, token = ''] = (request.headers.authorization ?? '').split(' ')
    const scopes = valid.get(token)
    if (scopes === undefined) return problem(401, 'E0000011', 'Invalid token provided')
    if (store.knobs.throttle > 0) {
      store.knobs.throttle -= 1
      const reset = String(Math.floor(Date.now() / 1000))
      return {
        ...problem(429, 'E0000047', 'API call exceeded rate limit due to too many requests.'),
        headers: { 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': reset },
      }
    }
    if (scopes.includes(logScope) !== (request.url.pathname === '/api/v1/logs'))
      return problem(403, 'E0000006', 'You do not have permission to perform the requested action')
    return route(store, server.url, request)
  }
  const server = await startFake(answer)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { ...server, store, clientId, powerfulId, logId, privateKey: pem }
}

type Handler = (account: OktaAccount, request: FakeRequest, store: OktaStore) => FakeAnswer

const tagOf = ({ json }: OktaAccount): string => `W/"${json.lastUpdated}"`

const shown = (account: OktaAccount): FakeAnswer => ({
  status: 200,
  body: account.json,
  headers: { etag: tagOf(account) },
})

const update: Handler = (account, { headers, body, url }, store) => {
  const tag = headers['if-match']
  if (tag !== undefined && tag !== tagOf(account)) return problem(412, 'E0000102', 'Precondition failed')
  if (account.json.status === 'DEPROVISIONED')
    return problem(403, 'E0000038', "This operation is not allowed in the user's current status.")
  const { credentials } = body as { credentials?: { password?: { value?: string } } }
  const value = credentials?.password?.value ?? ''
  if ([...value].length < 8)
    return problem(
      400,
      'E0000001',
      'Api validation failed: password',
      'password: Password requirements were not met. At least 8 characters.',
    )
  if (url.searchParams.get('strict') === 'true' && account.history.includes(value))
    return problem(403, 'E0000014', 'Update of credentials failed', 'Password has been used too recently')
  store.setPassword(account, value)
  return shown(account)
}

const unlock: Handler = (account, _request, store) => {
  if (account.json.status !== 'LOCKED_OUT')
    return problem(403, 'E0000032', 'Unlock is not allowed for this user.')
  account.tries = 0
  store.touch(account, { status: 'ACTIVE', statusChanged: nextMoment() })
  return done
}

const rolesOf: Handler = ({ json, groups }, _request, { roles }) => ({
  status: 200,
  body: [
    ...(roles.get(json.id) ?? []).map((role) => ({ ...role, assignmentType: 'USER', status: 'ACTIVE' })),
    ...groups.flatMap((group) =>
      (roles.get(group) ?? []).map((role) => ({ ...role, assignmentType: 'GROUP', status: 'ACTIVE' })),
    ),
  ],
})

const handlers: Readonly<Record<string, Handler>> = {
  'GET ': shown,
  'POST ': update,
  'POST /lifecycle/unlock': unlock,
  'POST /lifecycle/expire_password': (account, _request, store) => {
    store.touch(account, { status: 'PASSWORD_EXPIRED', statusChanged: nextMoment() })
    return shown(account)
  },
  'POST /lifecycle/reset_factors': (account) => {
    account.factors.length = 0
    return done
  },
  'DELETE /sessions': (account) => {
    account.sessions = 0
    return { status: 204 }
  },
  'GET /factors': ({ factors }) => ({ status: 200, body: factors }),
  'GET /roles': rolesOf,
  'GET /groups': ({ groups }) => ({
    status: 200,
    body: groups.map((id) => ({ id, type: 'OKTA_GROUP', profile: { name: id, description: '' } })),
  }),
}

const route = (store: OktaStore, origin: string, request: FakeRequest): FakeAnswer => {
  const { method, url } = request
  const listOf = method === 'GET' ? lists[url.pathname] : undefined
  if (listOf !== undefined) return listOf(store, origin, url)
  if (url.pathname.startsWith('/oauth2/v1/clients/')) return rolesOfApp(store, url)
  const [, id = '', rest = ''] = /^\/api\/v1\/users\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? []
  const handler = handlers[`${method} ${rest}`]
  const account = accountOf(store, id)
  if (handler === undefined) return problem(405, 'E0000022', 'The endpoint does not support the method')
  return account === undefined ? notFound : handler(account, request, store)
}

const rolesOfApp = ({ roles }: OktaStore, url: URL): FakeAnswer => {
  const id = /^\/oauth2\/v1\/clients\/([^/]+)\/roles$/.exec(url.pathname)?.[1]
  return id === undefined ? notFound : { status: 200, body: roles.get(id) ?? [] }
}

/** By id or by login, as the documented path takes both. */
const accountOf = ({ accounts }: OktaStore, id: string): OktaAccount | undefined =>
  accounts.get(id) ?? [...accounts.values()].find(({ json }) => json.profile.login === id)

const list = (store: OktaStore, origin: string, url: URL): FakeAnswer => {
  const wanted = url.searchParams.get('search') ?? url.searchParams.get('filter')
  const isWanted = (user: OktaJson): boolean =>
    wanted === null ? user.status !== 'DEPROVISIONED' : matches(wanted, user)
  try {
    return pageOf(
      store.listed().filter(isWanted),
      store.knobs.pageSize,
      new URL(url.pathname + url.search, origin),
    )
  } catch {
    return problem(400, 'E0000031', 'Invalid search criteria.')
  }
}

/** Both ends belong to the span. */
const logOf = ({ log, knobs }: OktaStore, origin: string, url: URL): FakeAnswer => {
  const asked = (name: string): string => url.searchParams.get(name) ?? ''
  const found = log.filter(
    (event) =>
      event.published >= asked('since') &&
      event.published <= asked('until') &&
      matches(asked('filter'), event),
  )
  return pageOf(found, knobs.pageSize, new URL(url.pathname + url.search, origin))
}

const lists: Readonly<Record<string, typeof list>> = { '/api/v1/users': list, '/api/v1/logs': logOf }

const pageOf = (all: readonly object[], most: number, url: URL): FakeAnswer => {
  const size = Math.min(Number(url.searchParams.get('limit') ?? 200), most)
  const from = Number(url.searchParams.get('after') ?? 0)
  const next = new URL(url)
  next.searchParams.set('after', String(from + size))
  const links = [`<${url.href}>; rel="self"`]
  if (from + size < all.length) links.push(`<${next.href}>; rel="next"`)
  return { status: 200, body: all.slice(from, from + size), headers: { link: links.join(', ') } }
}
