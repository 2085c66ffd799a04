import { InvalidInput } from '../errors.ts'
import type { Step } from '../state.ts'

/**
 * Answers only under the surface's configured name. A rebinding page or a forged Host gets nothing, and no text is
 * ever built from the request's host (C15, finding 8).
 */
export const hostCheck = (origin: string): Step => {
  const { host } = new URL(origin)
  return async (ctx, next) => {
    if (ctx.get('host').toLowerCase() !== host)
      throw new InvalidInput(400, [
        { path: 'host', code: 'unknown_host', message: 'this host is not served here' },
      ])
    await next()
  }
}
