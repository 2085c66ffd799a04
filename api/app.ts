import type { Router } from '@koa/router'
import Koa from 'koa'
import { Histogram } from 'prom-client'
import { backChannelRouter } from './auth/back-channel.ts'
import { approverAuthRouter } from './auth/approver-routes.ts'
import { participantAuthRouter } from './auth/participant-routes.ts'
import { authRouter } from './auth/routes.ts'
import { consoleBindings } from './console/index.ts'
import type { Route } from './contract/route.ts'
import { consoleCookie, portalCookie } from './http/cookies.ts'
import type { ApiDeps } from './deps.ts'
import { createRouter, type DispatchOptions } from './http/dispatch.ts'
import { apiKey } from './integration/api-key.ts'
import { integrationBindings } from './integration/index.ts'
import { hooksRouter } from './hooks/twilio-status.ts'
import { accessLog } from './http/middleware/access-log.ts'
import { csrf } from './http/middleware/csrf.ts'
import { deviceProof } from './http/middleware/device-proof.ts'
import { hostCheck } from './http/middleware/host-check.ts'
import { jsonBody } from './http/middleware/json-body.ts'
import { problemResponder } from './http/middleware/problem-responder.ts'
import type { Ready } from '#platform/process/readiness.ts'
import { createBackgroundQueue } from './starts/background-queue.ts'
import { createRateLimit, requestRules, type RateLimit } from './http/middleware/rate-limit.ts'
import { requestId } from './http/middleware/request-id.ts'
import { requestShape } from './http/middleware/request-shape.ts'
import {
  contentSecurityPolicy,
  securityHeaders,
  type PagePolicy,
} from './http/middleware/security-headers.ts'
import { consoleSession, portalSession } from './http/middleware/session.ts'
import { createOpsApp, readinessOf } from './ops/index.ts'
import { consolePagePolicy, consolePages, portalPagePolicy, portalPages } from './http/pages.ts'
import { portalBindings } from './portal/index.ts'
import { publicBindings } from './public/index.ts'
import { openApiRouter } from './http/openapi-route.ts'
import { asMiddleware, type Step } from './http/state.ts'

/** Least time of an answer, ms: all answers of the portal's pages take alike, so that time says nothing about a link (H2). */
const floors: Readonly<Record<Route['surface'], number>> = {
  console: 0,
  integration: 0,
  portal: 20,
  public: 50,
}

/** Hints that the checks compare. */
const acceptHints = {
  'Accept-CH': 'Sec-CH-UA-Platform-Version, Sec-CH-UA-Full-Version-List, Sec-CH-UA-Form-Factors',
}

/** Three applications for three listeners: staff, participants, operators. They share nothing but their parts. */
export type Apps = {
  readonly consoleApp: Koa
  readonly portalApp: Koa
  readonly opsApp: Koa
  readonly ready: Ready
}

type Surface = {
  readonly name: 'console' | 'portal'
  readonly origin: string
  readonly page: PagePolicy
  readonly headers: Readonly<Record<string, string>>
}

const durationsOf = ({ metrics }: ApiDeps): Histogram<'surface' | 'route' | 'status'> =>
  new Histogram({
    name: 'countersign_http_request_seconds',
    help: 'Time from request to answer, by route.',
    labelNames: ['surface', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  })

/** Selects the paths that a guard protects. */
type Where = (path: string) => boolean

const ofClients: Where = (path) => path.startsWith('/api/v1/')
const ofPages: Where = (path) => path.startsWith('/api/') && !ofClients(path)

const whenPath = (where: Where, step: Step): Step => {
  return (ctx, next) => (where(ctx.path) ? step(ctx, next) : next())
}

const limiting =
  (limit: RateLimit): Step =>
  async (ctx, next) => {
    await limit.consume(ctx.state.client.address)
    await next()
  }

const surfaceApp = (deps: ApiDeps, surface: Surface, durations: ReturnType<typeof durationsOf>): Koa => {
  const app = new Koa()
  // A client that leaves in the middle of an answer is not worth a line.
  app.silent = true
  const steps: Step[] = [
    requestId,
    accessLog({ log: deps.log, surface: surface.name, durations }),
    securityHeaders(contentSecurityPolicy(surface.page), surface.headers),
    problemResponder({ log: deps.log, isConsole: surface.name === 'console' }),
    requestShape(deps.clientAddress),
    hostCheck(surface.origin),
  ]
  for (const step of steps) app.use(asMiddleware(step))
  return app
}

const mount = (app: Koa, router: Router): void => {
  app.use(router.routes())
  app.use(router.allowedMethods())
}

const stand = (app: Koa, where: Where, steps: readonly Step[]): void => {
  for (const step of steps) app.use(asMiddleware(whenPath(where, step)))
}

/** Session → CSRF → limit → body, for all that a page calls below /api. */
const guard = (app: Koa, session: Step, origin: string, limit: RateLimit): void => {
  stand(app, ofPages, [session, csrf(origin), limiting(limit), jsonBody])
}

/**
 * Limit of the address → key → limit of the client → body, for API clients. No cookie counts there, so that nothing comes by
 * itself and there is nothing to forge (F8).
 */
const guardClients = (app: Koa, deps: ApiDeps): void => {
  const { db, rateSecret: secret } = deps
  const perClient = createRateLimit(db, requestRules.apiClient, secret, (id) => id ?? 'none')
  const perAddress = createRateLimit(db, requestRules.integration, secret)
  stand(app, ofClients, [limiting(perAddress), apiKey(deps, perClient), jsonBody])
}

const dispatching = (
  deps: ApiDeps,
  more: Pick<DispatchOptions, 'cookie' | 'clearSiteData'>,
): DispatchOptions => ({
  deps,
  constantTimeMs: (route) => floors[route.surface],
  stepBytes: (route) => (route.surface === 'portal' ? 2_048 : 1),
  isStrict: !deps.settings.isProduction,
  ...more,
})

const createConsoleApp = (deps: ApiDeps, durations: ReturnType<typeof durationsOf>): Koa => {
  const { consoleUrl, staticDir } = deps.settings
  const secret = deps.rateSecret
  const app = surfaceApp(
    deps,
    { name: 'console', origin: consoleUrl, page: consolePagePolicy, headers: {} },
    durations,
  )
  app.use(asMiddleware(consolePages(staticDir)))
  const signInLimit = createRateLimit(deps.db, requestRules.signIn, secret)
  app.use(authRouter(deps, signInLimit).routes())
  app.use(backChannelRouter(deps, signInLimit).routes())
  app.use(openApiRouter('console').routes())
  app.use(openApiRouter('integration', '/api/v1/openapi.json').routes())
  guardClients(app, deps)
  guard(app, consoleSession(deps), consoleUrl, createRateLimit(deps.db, requestRules.console, secret))
  mount(
    app,
    createRouter(
      [...consoleBindings(deps), ...integrationBindings(deps)],
      dispatching(deps, { cookie: consoleCookie, clearSiteData: '"cache", "storage"' }),
    ),
  )
  return app
}

const createPortalApp = (deps: ApiDeps, durations: ReturnType<typeof durationsOf>): Koa => {
  const { portalUrl, staticDir } = deps.settings
  const secret = deps.rateSecret
  const page = portalPagePolicy(staticDir)
  const app = surfaceApp(deps, { name: 'portal', origin: portalUrl, page, headers: acceptHints }, durations)
  app.use(asMiddleware(portalPages(staticDir)))
  app.use(hooksRouter(deps).routes())
  const signInLimit = createRateLimit(deps.db, requestRules.signIn, secret)
  app.use(approverAuthRouter(deps, signInLimit).routes())
  app.use(participantAuthRouter(deps, signInLimit).routes())
  app.use(openApiRouter('portal').routes())
  guard(app, portalSession(deps), portalUrl, createRateLimit(deps.db, requestRules.portal, secret))
  stand(app, ofPages, [deviceProof(deps)])
  const missedTokens = createRateLimit(deps.db, requestRules.missedTokens, secret)
  const helpAsked = createRateLimit(deps.db, requestRules.helpAsked, secret)
  const bindings = [
    ...portalBindings(deps),
    ...publicBindings({
      ...deps,
      missedTokens,
      helpAsked,
      signInsBegun: signInLimit,
      backgroundQueue: deps.backgroundQueue ?? createBackgroundQueue(deps.log),
    }),
  ]
  mount(app, createRouter(bindings, dispatching(deps, { cookie: portalCookie, clearSiteData: '"cache"' })))
  return app
}

/** Builds the surfaces and their middleware lists. */
export const createApp = (deps: ApiDeps): Apps => {
  const durations = durationsOf(deps)
  const ready = readinessOf(deps)
  return {
    consoleApp: createConsoleApp(deps, durations),
    portalApp: createPortalApp(deps, durations),
    opsApp: createOpsApp(deps, ready),
    ready,
  }
}
