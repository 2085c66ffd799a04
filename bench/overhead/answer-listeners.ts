/** A portal answer is compared with these, and with the portal itself without the time that pads its answers. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import pg from 'pg'
import { Histogram } from 'prom-client'
import { portalCookie } from '#api/http/cookies.ts'
import type { ApiDeps } from '#api/deps.ts'
import { createRouter } from '#api/http/dispatch.ts'
import { accessLog } from '#api/http/middleware/access-log.ts'
import { csrf } from '#api/http/middleware/csrf.ts'
import { jsonBody } from '#api/http/middleware/json-body.ts'
import { problemResponder } from '#api/http/middleware/problem-responder.ts'
import { createRateLimit, requestRules } from '#api/http/middleware/rate-limit.ts'
import { requestId } from '#api/http/middleware/request-id.ts'
import { requestShape } from '#api/http/middleware/request-shape.ts'
import { contentSecurityPolicy, securityHeaders } from '#api/http/middleware/security-headers.ts'
import { portalSession } from '#api/http/middleware/session.ts'
import { portalBindings } from '#api/portal/index.ts'
import { asMiddleware, type Step } from '#api/http/state.ts'

/** A listener on this machine. */
export type Listener = { readonly port: number; close(): Promise<void> }

const listen = async (app: Koa, closing: () => Promise<void>): Promise<Listener> => {
  const handler = app.callback()
  const server: Server = createServer((request, response) => void handler(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await closing()
    },
  }
}

/** The portal's routes behind their whole list of middleware (api/app.ts), every floor taken away. */
export const listenPortal = (deps: ApiDeps): Promise<Listener> => {
  const app = new Koa()
  const durations = new Histogram({
    name: 'bench_http_request_seconds',
    help: 'as the API counts',
    labelNames: ['surface', 'route', 'status'],
    registers: [deps.metrics],
  })
  const policy = contentSecurityPolicy({ scriptHashes: [], styleHashes: [], trustedTypes: [] })
  // As ever, but for a ceiling that one address reaches here within seconds.
  const limit = createRateLimit(deps.db, { ...requestRules.portal, points: 1_000_000 }, deps.rateSecret)
  const limiting: Step = async (ctx, next) => {
    await limit.consume(ctx.state.client.address)
    await next()
  }
  const steps: Step[] = [
    requestId,
    accessLog({ log: deps.log, surface: 'portal', durations }),
    securityHeaders(policy, {}),
    problemResponder({ log: deps.log, isConsole: false }),
    requestShape(deps.clientAddress),
    portalSession(deps),
    csrf(deps.settings.portalUrl),
    limiting,
    jsonBody,
  ]
  for (const step of steps) app.use(asMiddleware(step))
  const options = {
    deps,
    cookie: portalCookie,
    clearSiteData: '"cache"',
    constantTimeMs: () => 0,
    stepBytes: () => 1,
    isStrict: false,
  } as const
  app.use(createRouter(portalBindings(deps), options).routes())
  return listen(app, () => Promise.resolve())
}

/** Koa and one guarded UPDATE: the least that storing an answer can be. */
export const listenPlain = async (databaseUrl: string, rows: number): Promise<Listener> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 14 })
  await pool.query(
    'create table plain_plans (id integer primary key, position integer not null, deadline_at timestamptz not null)',
  )
  await pool.query(
    "insert into plain_plans select n, 0, now() + interval '1 hour' from generate_series(1, $1) n",
    [rows],
  )
  const app = new Koa()
  app.use(async (ctx) => {
    const { id, position } = JSON.parse(await bodyOf(ctx)) as { id: number; position: number }
    const { rowCount } = await pool.query({
      name: 'answer',
      text: 'update plain_plans set position = position + 1 where id = $1 and position = $2 and deadline_at > now()',
      values: [id, position],
    })
    ctx.status = rowCount === 1 ? 200 : 409
    ctx.body = { position: position + 1 }
  })
  return listen(app, () => pool.end())
}

const bodyOf = async (ctx: Koa.Context): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
