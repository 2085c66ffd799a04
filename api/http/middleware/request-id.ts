import { randomUUID } from 'node:crypto'
import type { Step } from '../state.ts'

/** A fresh id for each request, in the answer's header and every log line. One from the caller is not taken over. */
export const requestId: Step = async (ctx, next) => {
  ctx.state.requestId = randomUUID()
  ctx.state.routeName = 'none'
  ctx.set('X-Request-Id', ctx.state.requestId)
  await next()
}
