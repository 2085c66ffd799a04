/** Stands in for Microsoft Graph and its token endpoint: answers as the public reference says, to what our adapter asks. */
import { randomUUID } from 'node:crypto'
import { startFake, type FakeAnswer, type FakeRequest, type FakeServer } from './fake-https.ts'
import { handlers, matchesFilter, problem, type Asked } from './entra-routes.ts'
import { createEntraStore, type EntraEntry, type EntraJson, type EntraStore } from './entra-store.ts'

/** A running tenant. */
export type EntraFake = FakeServer & {
  readonly store: EntraStore
  readonly organisation: string
  readonly clientId: string
  /** Our own account, and one with a role over the whole tenant. */
  readonly own: EntraEntry
  readonly powerful: EntraEntry
  /** An account like our own that may read the log too. */
  readonly reader: EntraEntry
  /** A refresh token of an account; each is good once it was given out, as Microsoft's are for 90 days. */
  refreshTokenOf(entry: EntraEntry): string
  /** Scopes that an account's app was granted beside those that it asks for. */
  readonly extraScopes: Map<string, readonly string[]>
}

/** Starts a tenant. */
export const startEntraFake = async (): Promise<EntraFake> => {
  const store = createEntraStore()
  const [organisation, clientId] = [randomUUID(), randomUUID()]
  const [refreshTokens, tokens] = [
    new Map<string, EntraEntry>(),
    new Map<string, { entry: EntraEntry; scopes: readonly string[] }>(),
  ]
  const extraScopes = new Map<string, readonly string[]>()
  const guest = { userType: 'Guest' }
  const own = store.add('svc-reset@corp.example', 'x', guest)
  own.scopedRoles.push({ id: randomUUID(), roleId: randomUUID(), administrativeUnitId: randomUUID() })
  const powerful = store.add('admin@corp.example', 'x', guest)
  powerful.memberOf.push({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: randomUUID(),
    displayName: 'Global Administrator',
  })
  const reader = store.add('svc-log@corp.example', 'x', guest)
  reader.scopedRoles.push({ id: randomUUID(), roleId: randomUUID(), administrativeUnitId: randomUUID() })
  reader.memberOf.push({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: randomUUID(),
    displayName: 'Reports Reader',
    roleTemplateId: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  })
  const refreshTokenOf = (entry: EntraEntry): string => {
    const token = `refresh-${randomUUID()}`
    refreshTokens.set(token, entry)
    return token
  }
  const grant = ({ body }: FakeRequest): FakeAnswer => {
    const form = body as Readonly<Record<string, string>>
    const entry = refreshTokens.get(form['refresh_token'] ?? '')
    if (entry === undefined || form['grant_type'] !== 'refresh_token' || form['client_id'] !== clientId)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'AADSTS700082' } }
    const asked = (form['scope'] ?? '').split(' ').filter((scope) => scope !== 'offline_access')
    const scopes = asked.map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
    // Nobody agreed to it for this account's app: no token at all is given.
    if (scopes.includes('AuditLog.Read.All') && entry !== reader)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'AADSTS65001' } }
    const token = randomUUID()
    tokens.set(token, { entry, scopes })
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: 3599,
        access_token: token,
        refresh_token: refreshTokenOf(entry),
        scope: [...asked, ...(extraScopes.get(entry.json.id) ?? [])].join(' '),
      },
    }
  }
  const server = await startFake((request) => {
    const { pathname } = request.url
    if (pathname === `/${organisation}/oauth2/v2.0/token`) return grant(request)
    const caller = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''))
    if (caller === undefined) return problem(401, 'InvalidAuthenticationToken', 'Access token is empty.')
    if (store.knobs.throttle > 0) {
      store.knobs.throttle -= 1
      return { ...problem(429, 'TooManyRequests', 'Too many requests'), headers: { 'retry-after': '0' } }
    }
    const isLog = pathname === '/v1.0/auditLogs/signIns'
    if (caller.scopes.includes('AuditLog.Read.All') !== isLog)
      return problem(
        403,
        'Authentication_MSGraphPermissionMissing',
        'The principal does not have permission.',
      )
    return isLog ? logOf(store, request.url) : route(store, request.url.origin, caller.entry, request)
  })
  return { ...server, store, organisation, clientId, own, powerful, reader, refreshTokenOf, extraScopes }
}

const notFound = problem(404, 'Request_ResourceNotFound', 'Resource does not exist.')

const route = (store: EntraStore, origin: string, caller: EntraEntry, request: FakeRequest): FakeAnswer => {
  const { method, url } = request
  const path = url.pathname.replace(/^\/v1\.0/, '').replace(/^\/me(?=\/|$)/, `/users/${caller.json.id}`)
  if (path === '/users/delta') return delta(store, origin, url)
  if (path === '/users' && method === 'GET') return list(store, url)
  const [, id = '', rest = ''] = /^\/users\/([^/]+)(\/.*)?$/.exec(path) ?? []
  const entry = entryOf(store, id)
  return entry === undefined ? notFound : handle({ entry, request, store, origin }, `${method} ${rest}`)
}

const handle = (asked: Omit<Asked, 'part'>, what: string): FakeAnswer => {
  const found = [...handlers].find(([name]) => name.test(what))
  if (found === undefined) return problem(400, 'BadRequest', 'Resource not found for the segment.')
  const [name, handler] = found
  return handler({ ...asked, part: name.exec(what)?.[1] ?? '' })
}

/** By id or by sign-in name, as the documented path takes both. */
const entryOf = ({ accounts }: EntraStore, id: string): EntraEntry | undefined =>
  [...accounts.values()].find(
    ({ json, isRemoved }) => !isRemoved && (json.id === id || json.userPrincipalName === id),
  )

const shownIn = ({ knobs }: EntraStore, { json, stale }: EntraEntry): EntraJson =>
  knobs.isBehind ? stale : json

const list = (store: EntraStore, url: URL): FakeAnswer => {
  const filter = url.searchParams.get('$filter') ?? ''
  const value = [...store.accounts.values()]
    .filter(({ isRemoved }) => !isRemoved)
    .map((entry) => shownIn(store, entry))
    .filter((json) => matchesFilter(filter, json))
    .slice(0, Number(url.searchParams.get('$top') ?? 100))
  return { status: 200, body: { value } }
}

const logFilter =
  /^createdDateTime ge (\d[\d:.TZ-]+) and createdDateTime le (\d[\d:.TZ-]+) and status\/errorCode eq (\d+)$/

/** The newest first, as Graph does; times are compared as times. */
const logOf = ({ signIns, knobs }: EntraStore, url: URL): FakeAnswer => {
  const [, from = '', to = '', code = ''] = logFilter.exec(url.searchParams.get('$filter') ?? '') ?? []
  if (code === '') return problem(400, 'BadRequest', 'Invalid filter clause')
  const found = signIns
    .filter(({ createdDateTime, status }) => {
      const at = Date.parse(createdDateTime)
      return at >= Date.parse(from) && at <= Date.parse(to) && status.errorCode === Number(code)
    })
    .reverse()
  const at = Number(url.searchParams.get('$skiptoken') ?? 0)
  const end = at + Math.min(knobs.pageSize, Number(url.searchParams.get('$top') ?? 1000))
  const next = new URL(url)
  next.searchParams.set('$skiptoken', String(end))
  const link = end < found.length ? { '@odata.nextLink': next.href } : {}
  return { status: 200, body: { ...link, value: found.slice(at, end) } }
}

/** `$deltatoken`: what was changed after; `$skiptoken`: after, and where the page begins. */
const delta = (store: EntraStore, origin: string, url: URL): FakeAnswer => {
  if (store.knobs.isResync && url.searchParams.has('$deltatoken'))
    return problem(410, 'SyncStateNotFound', 'The sync state generation is not found')
  const [from = '0', at = '0'] = (
    url.searchParams.get('$skiptoken') ?? `${url.searchParams.get('$deltatoken') ?? '0'}.0`
  ).split('.')
  const changed = [...store.accounts.values()].filter(
    ({ change, isRemoved }) => change > Number(from) && !(from === '0' && isRemoved),
  )
  const end = Number(at) + store.knobs.pageSize
  const next = new URL('/v1.0/users/delta', origin)
  const isLast = end >= changed.length
  next.searchParams.set(
    isLast ? '$deltatoken' : '$skiptoken',
    isLast ? String(store.changes()) : `${from}.${String(end)}`,
  )
  return {
    status: 200,
    body: {
      [isLast ? '@odata.deltaLink' : '@odata.nextLink']: next.href,
      value: changed.slice(Number(at), end).map((entry) => toldOf(store, entry, from !== '0')),
    },
  }
}

const toldOf = ({ knobs }: EntraStore, { json, isRemoved }: EntraEntry, isChange: boolean): object => {
  if (isRemoved) return { id: json.id, '@removed': { reason: 'changed' } }
  return knobs.isMinimal && isChange ? { id: json.id, surname: json['surname'] } : json
}
