/** The fake of Graph answers requests about one account. */
import { randomUUID } from 'node:crypto'
import type { FakeAnswer, FakeRequest } from './fake-https.ts'
import { passwordMethodId, type EntraEntry, type EntraStore } from './entra-store.ts'

/** An error as Graph writes it. */
export const problem = (status: number, code: string, message: string): FakeAnswer => ({
  status,
  body: {
    error: {
      code,
      message,
      innerError: {
        date: '2026-01-01T00:00:00',
        'request-id': randomUUID(),
        'client-request-id': randomUUID(),
      },
    },
  },
})

/** One request for one account. */
export type Asked = {
  readonly entry: EntraEntry
  readonly request: FakeRequest
  readonly store: EntraStore
  readonly origin: string
  /** The part of the path after the account. */
  readonly part: string
}
type Handler = (asked: Asked) => FakeAnswer

const show: Handler = ({ entry, request, store }) => {
  const json = store.knobs.isBehind ? entry.stale : entry.json
  const selected = (request.url.searchParams.get('$select') ?? '').split(',')
  const shown = Object.entries(json).filter(([name]) => selected.includes(name) || name === 'manager')
  return { status: 200, body: { ...Object.fromEntries(shown), id: json.id } }
}

/** The password is checked first; a reset that is accepted takes effect later. */
const reset: Handler = ({ entry, request, store, origin }) => {
  const { newPassword = '' } = (request.body ?? {}) as { newPassword?: string }
  if ([...newPassword].length < 8)
    return problem(400, 'invalidRequest', 'The specified password does not comply with password complexity.')
  const id = randomUUID()
  const { ending, looks } = store.knobs
  const isPolicy = newPassword.includes('Banned')
  store.operations.set(id, {
    status: 'running',
    statusDetail: isPolicy ? 'Password banned by the organisation.' : null,
    looks,
  })
  if (ending === 'succeeded' && !isPolicy) store.setPassword(entry, newPassword, true)
  const place = `${origin}/v1.0/users/${entry.json.id}/authentication/operations/${id}`
  return { status: 202, body: {}, headers: { location: place } }
}

const look: Handler = ({ store, part }) => {
  const operation = store.operations.get(part)
  if (operation === undefined) return problem(404, 'resourceNotFound', 'no such operation')
  operation.looks -= 1
  const isOver = operation.looks <= 0 && store.knobs.ending !== 'never'
  const end = operation.statusDetail === null ? store.knobs.ending : 'failed'
  return {
    status: 200,
    body: {
      id: part,
      status: isOver ? end : 'running',
      statusDetail: operation.statusDetail,
      createdDateTime: '2026-01-01T00:00:00Z',
      lastActionDateTime: '2026-01-01T00:00:01Z',
    },
  }
}

const givePass: Handler = ({ entry, request }) => {
  const { lifetimeInMinutes = 60, isUsableOnce = false } = request.body as {
    lifetimeInMinutes?: number
    isUsableOnce?: boolean
  }
  const id = randomUUID()
  entry.methods.push({ '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod', id })
  const now = new Date().toISOString()
  return {
    status: 201,
    body: {
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
      id,
      temporaryAccessPass: `+${randomUUID().slice(0, 7)}`,
      createdDateTime: now,
      startDateTime: now,
      lifetimeInMinutes,
      isUsableOnce,
      isUsable: true,
      methodUsabilityReason: 'EnabledByPolicy',
    },
  }
}

/** The default one, which is the first here, stays while there are others. */
const removeMethod: Handler = ({ entry, part }) => {
  const factors = entry.methods.filter(({ '@odata.type': type }) => !/password|temporary|email/i.test(type))
  const at = factors.findIndex(({ id }) => id === decodeURIComponent(part))
  const method = factors[at]
  if (method === undefined) return problem(404, 'resourceNotFound', 'no such method')
  if (at === 0 && factors.length > 1)
    return problem(400, 'badRequest', 'The default method cannot be deleted while others are registered.')
  entry.methods.splice(entry.methods.indexOf(method), 1)
  return { status: 204 }
}

/** The handlers, by method and the rest of the path. */
export const handlers: ReadonlyMap<RegExp, Handler> = new Map<RegExp, Handler>([
  [/^GET $/, show],
  [new RegExp(`^POST /authentication/methods/${passwordMethodId}/resetPassword$`), reset],
  [/^GET \/authentication\/operations\/([\w-]+)$/, look],
  [/^GET \/authentication\/methods$/, ({ entry }) => ({ status: 200, body: { value: entry.methods } })],
  [/^POST \/authentication\/temporaryAccessPassMethods$/, givePass],
  [/^DELETE \/authentication\/\w+Methods\/([^/]+)$/, removeMethod],
  [
    /^POST \/revokeSignInSessions$/,
    ({ entry }) => {
      entry.sessions = 0
      return { status: 200, body: { value: true } }
    },
  ],
  [/^GET \/transitiveMemberOf$/, ({ entry }) => ({ status: 200, body: { value: entry.memberOf } })],
  [/^GET \/scopedRoleMemberOf$/, ({ entry }) => ({ status: 200, body: { value: entry.scopedRoles } })],
])

/** The part of OData's filters that we use: beginnings of words, all of some and any of others. */
export const matchesFilter = (filter: string, json: Readonly<Record<string, unknown>>): boolean =>
  filter === '' ||
  filter.split(/ and (?=\()/).every((all) =>
    all
      .replace(/^\((.*)\)$/s, '$1')
      .split(/ or (?=startswith)/)
      .some((one) => {
        const [, name = '', text = ''] = /^startswith\((\w+),'((?:[^']|'')*)'\)$/s.exec(one) ?? []
        if (name === '') throw new Error(`no filter that Graph knows: ${one}`)
        const value = json[name]
        return (
          typeof value === 'string' &&
          value.toLowerCase().startsWith(text.replaceAll("''", "'").toLowerCase())
        )
      }),
  )
