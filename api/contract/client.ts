import type { Problem } from './problem.ts'
import type { Route } from './route.ts'
import type { RouteName } from './routes.ts'
import type { CallInput, CallOutput } from './types.ts'

/** A refusal or failure of a call, with the problem document when the server sent one. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** Settings of a client. */
export type ClientOptions = {
  /** The session's CSRF token, sent with every POST; null where the surface has none yet. */
  readonly csrfToken?: () => string | null
  readonly fetch?: typeof fetch
}

/** Per-call settings: `key` is the idempotency key, kept by the caller over its retries. */
export type CallOptions = { readonly key?: string; readonly signal?: AbortSignal }

/**
 * `createFileClient(consoleRoutes)(options)` gives `fetchFile(name, input)` for routes that answer with a file: the response,
 * its body unread. Throws `ProblemError`.
 */
export const createFileClient =
  <Names extends RouteName>(routes: Readonly<Record<Names, Route>>) =>
  (options: ClientOptions = {}) =>
  async <N extends Names>(name: N, input: CallInput<N>, call: CallOptions = {}): Promise<Response> => {
    const response = await send(options.fetch ?? fetch, routes[name], input as Loose, {
      csrf: options.csrfToken?.() ?? null,
      ...call,
    })
    if (!response.ok) throw new ProblemError(await problemOf(response))
    return response
  }

/**
 * `createClient(consoleRoutes)(options)` gives `call(name, input)`: a typed fetch over those routes, so that a bundle
 * holds the routes of its own surface only. Throws `ProblemError`.
 */
export const createClient =
  <Names extends RouteName>(routes: Readonly<Record<Names, Route>>) =>
  (options: ClientOptions = {}) => {
    const fetchFile = createFileClient(routes)(options)
    return async <N extends Names>(
      name: N,
      input: CallInput<N>,
      call: CallOptions = {},
    ): Promise<CallOutput<N>> => {
      const response = await fetchFile(name, input, call)
      return (response.status === 204 ? undefined : await response.json()) as CallOutput<N>
    }
  }

/** The path of a route with its parameters and query filled in; empty and missing query values are left out. */
export const pathOf = (route: Route, input: Loose): string => {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(input.params?.[key] ?? ''),
  )
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {})) {
    const text = textOf(value)
    if (text !== '') query.set(key, text)
  }
  const tail = query.toString()
  return tail === '' ? path : `${path}?${tail}`
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

const send = (
  doFetch: typeof fetch,
  route: Route,
  input: Loose,
  call: CallOptions & { csrf: string | null },
): Promise<Response> => {
  const headers: Record<string, string> = { accept: 'application/json', 'x-countersign': '1' }
  if (call.csrf !== null) headers['x-csrf-token'] = call.csrf
  if (call.key !== undefined) headers['idempotency-key'] = call.key
  if (route.method === 'POST') headers['content-type'] = 'application/json'
  return doFetch(pathOf(route, input), {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(route.method === 'POST' ? { body: JSON.stringify(input.body ?? {}) } : {}),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  })
}

const problemOf = async (response: Response): Promise<Problem> => {
  const fallback: Problem = {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: response.status === 503 ? 'unavailable' : 'internal',
    requestId: response.headers.get('x-request-id') ?? '',
  }
  if (!response.headers.get('content-type')?.includes('json')) return fallback
  return (await response.json().catch(() => fallback)) as Problem
}
