import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Router } from '@koa/router'
import Koa from 'koa'
import { watchDatabase } from '#platform/database/database-state.ts'
import { createReadiness, type Lack, type Ready } from '#platform/process/readiness.ts'
import type { ApiDeps } from '../deps.ts'
import { problemResponder } from '../http/middleware/problem-responder.ts'
import { requestId } from '../http/middleware/request-id.ts'
import { contentSecurityPolicy, securityHeaders } from '../http/middleware/security-headers.ts'
import { asMiddleware } from '../http/state.ts'

/** Pages are read once, when the process starts: what is not there then is not served. */
const pagesLack = (staticDir: string): Lack | null => {
  const names = ['console', 'portal'].filter((name) => !existsSync(join(staticDir, name, 'index.html')))
  return names.length === 0 ? null : { reason: 'static_files_missing', names }
}

/**
 * The API is ready once it has what it needs. While Temporal gives no answer it stays ready: the portal keeps what
 * participants say, and answers other requests with a sentence. A server that answers and lacks what every case needs
 * is another matter.
 */
export const readinessOf = ({ db, verifications, log, isEnding, settings }: ApiDeps): Ready => {
  const pages = pagesLack(settings.staticDir)
  return createReadiness({
    log,
    isEnding,
    probes: [
      { part: 'database', look: watchDatabase(db, 'api') },
      { part: 'temporal', look: () => verifications.lack(), patienceMs: Infinity },
      { part: 'pages', look: () => Promise.resolve(pages) },
    ],
  })
}

/** Health and metrics, on a port of their own that nobody outside reaches (J5). */
export const createOpsApp = (deps: ApiDeps, ready: Ready): Koa => {
  const router = new Router()
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' }
  })
  router.get('/health/ready', async (ctx) => {
    const { isReady, parts } = await ready.look()
    ctx.status = isReady ? 200 : 503
    ctx.body = { status: isReady ? 'ready' : 'not_ready', parts }
  })
  // For alarms, never for a probe that ends a process: without these data a case continues, and its score says so.
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
