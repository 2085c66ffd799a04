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
  /** A refresh token of an account; each is good once it was given out, as Microsoft's are for 90 days. */
  refreshTokenOf(entry: EntraEntry): string
  /** Scopes that an account's app was granted beside those that it asks for. */
  readonly extraScopes: Map<string, readonly string[]>
}

/** Starts a tenant. */
export const startEntraFake = async (): Promise<EntraFake> => {
  const store = createEntraStore()
  const [organisation, clientId] = [randomUUID(), randomUUID()]
  const [refreshTokens, tokens] = [new Map<string, EntraEntry>(), new Map<string, EntraEntry>()]
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
    const token = randomUUID()
    tokens.set(token, entry)
    const asked = (form['scope'] ?? '').split(' ').filter((scope) => scope !== 'offline_access')
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
    return route(store, request.url.origin, caller, request)
  })
  return { ...server, store, organisation, clientId, own, powerful, refreshTokenOf, extraScopes }
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
