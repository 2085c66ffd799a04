import type { Histogram } from 'prom-client'
import type { Logger } from '#platform/process/log.ts'
import type { Step } from '../state.ts'

type Options = {
  readonly log: Logger
  readonly surface: 'console' | 'portal' | 'ops'
  readonly durations: Histogram<'surface' | 'route' | 'status'>
}

/** One line a request: route name, status, time. No path, query, header or body (C9, M2). */
export const accessLog =
  ({ log, surface, durations }: Options): Step =>
  async (ctx, next) => {
    const begun = performance.now()
    try {
      await next()
    } finally {
      const durationMs = Math.round((performance.now() - begun) * 10) / 10
      const { requestId, routeName: route, refusal } = ctx.state
      durations.observe({ surface, route, status: `${Math.floor(ctx.status / 100)}xx` }, durationMs / 1000)
      log.info('request', {
        surface,
        route,
        method: ctx.method,
        status: ctx.status,
        durationMs,
        requestId,
        refusal,
      })
    }
  }
