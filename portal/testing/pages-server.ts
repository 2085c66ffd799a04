/**
 * The built portal behind the API's own headers, with answers that a test chooses. What the pages send is held against
 * the contract: a request that it refuses is answered with 422 and noted.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import Koa from 'koa'
import { participantRoutes } from '#api/contract/routes.ts'
import { schemas } from '#api/contract/schemas.ts'
import type { CallInput, CallOutput } from '#api/contract/types.ts'
import { contentSecurityPolicy, securityHeaders } from '#api/http/middleware/security-headers.ts'
import { portalPagePolicy, portalPages } from '#api/http/pages.ts'
import { asMiddleware } from '#api/http/state.ts'

type Name = keyof typeof participantRoutes
/** A refusal by its status. */
export type Refusal = { readonly refuse: number }
type Answer<N extends Name> = (
  input: CallInput<N>,
) => CallOutput<N> | Refusal | Promise<CallOutput<N> | Refusal>

/** One request of the page. */
export type Seen = {
  readonly name: string
  readonly body: unknown
  readonly url: string
  /** As they came, for tests that look at what a browser sends. */
  readonly http: {
    readonly httpVersion: string
    readonly headerNames: readonly string[]
    readonly headers: IncomingMessage['headers']
  }
}

const read = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? undefined : JSON.parse(text)
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refuse' in value

const nameOf = (method: string, path: string): Name | null =>
  (Object.keys(participantRoutes) as Name[]).find(
    (name) => participantRoutes[name].path === path && participantRoutes[name].method === method,
  ) ?? null

const bodyIsRight = (name: Name, body: unknown): boolean => {
  const schema = schemas[name]
  return 'body' in schema ? schema.body.safeParse(body).success : body === undefined
}

/** Starts the pages on a free port of the loopback. */
export const startPages = async () => {
  const staticDir = fileURLToPath(new URL('../../dist', import.meta.url))
  const seen: Seen[] = []
  const faults: Seen[] = []
  const answers = new Map<string, (input: never) => unknown>()
  const app = new Koa()
  app.use(asMiddleware(securityHeaders(contentSecurityPolicy(portalPagePolicy(staticDir)))))
  app.use(asMiddleware(portalPages(staticDir)))
  const reply = async ({ name, body }: Seen): Promise<unknown> => {
    const answer = answers.get(name)
    return answer ? answer({ body } as never) : { refuse: 404 }
  }
  app.use(async (ctx) => {
    const name = nameOf(ctx.method, ctx.path)
    const { httpVersion, rawHeaders, headers } = ctx.req
    const headerNames = rawHeaders.filter((_, index) => index % 2 === 0).map((header) => header.toLowerCase())
    const http = { httpVersion, headerNames, headers }
    const call: Seen = { name: name ?? ctx.path, body: await read(ctx.req), url: ctx.url, http }
    seen.push(call)
    const isFault = name !== null && !bodyIsRight(name, call.body)
    if (isFault) faults.push(call)
    const result = isFault ? { refuse: 422 } : await reply(call)
    ctx.status = isRefusal(result) ? result.refuse : 200
    ctx.body = isRefusal(result) ? { status: result.refuse, code: 'refused' } : result
    if (result === undefined) ctx.status = 204
  })
  const server = createServer((request, response) => void app.callback()(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    faults,
    /** Sets what a route answers from now on. */
    on: <N extends Name>(name: N, answer: Answer<N>): void => {
      answers.set(name, answer)
    },
    /** Forgets requests and answers. */
    clear: (): void => {
      answers.clear()
      seen.length = 0
      faults.length = 0
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The pages as a test sees them. */
export type Pages = Awaited<ReturnType<typeof startPages>>
