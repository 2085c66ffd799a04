import { Router } from '@koa/router'
import Koa from 'koa'
import { outsideTenants } from '#platform/server/db/transaction.ts'
import type { ApiDeps } from '../deps.ts'
import { problemResponder } from '../middleware/problem-responder.ts'
import { requestId } from '../middleware/request-id.ts'
import { contentSecurityPolicy, securityHeaders } from '../middleware/security-headers.ts'
import { asMiddleware } from '../state.ts'

/** A readiness answer is good for this long, so that probes cost nothing. */
const freshMs = 1_000

type Ready = { readonly database: boolean; readonly temporal: boolean }

const look = async (deps: ApiDeps): Promise<Ready> => {
  const [database, temporal] = await Promise.all([
    outsideTenants(deps.db)
      .one('select 1')
      .then(
        () => true,
        () => false,
      ),
    deps.verifications.isReachable().catch(() => false),
  ])
  return { database, temporal }
}

const remembering = (deps: ApiDeps): (() => Promise<Ready>) => {
  let last: { at: number; ready: Promise<Ready> } | undefined
  return () => {
    if (last === undefined || performance.now() - last.at > freshMs)
      last = { at: performance.now(), ready: look(deps) }
    return last.ready
  }
}

/** Health and metrics, on a port of their own that nobody outside reaches (security.md J5). */
export const createOpsApp = (deps: ApiDeps): Koa => {
  const ready = remembering(deps)
  const router = new Router()
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' }
  })
  router.get('/health/ready', async (ctx) => {
    const parts = await ready()
    const isReady = parts.database && parts.temporal && !deps.isEnding()
    ctx.status = isReady ? 200 : 503
    ctx.body = { status: isReady ? 'ready' : 'not_ready', parts }
  })
  // For alarms, never for a probe that ends a process: a case goes on without these data, and its score says so.
  router.get('/health/data', (ctx) => {
    const report = deps.networkData.report(Date.now())
    ctx.status = report.status === 'unavailable' || report.status === 'refused' ? 503 : 200
    ctx.body = report
  })
  router.get('/metrics', async (ctx) => {
    ctx.set('Content-Type', deps.metrics.contentType)
    ctx.body = await deps.metrics.metrics()
  })
  const app = new Koa()
  const policy = contentSecurityPolicy({ scriptHashes: [], styleHashes: [], trustedTypes: [] })
  app.use(asMiddleware(requestId))
  app.use(asMiddleware(securityHeaders(policy)))
  app.use(asMiddleware(problemResponder({ log: deps.log, isConsole: true })))
  app.use(router.routes())
  return app
}
