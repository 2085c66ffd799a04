import type { ClientAddress } from '#domain/risk/facts.ts'
import { InvalidInput } from '../errors.ts'
import { requireTexts } from '../text-only.ts'
import type { Step } from '../state.ts'

/** Longest address accepted, bytes (H9). */
const longestUrl = 4_096

/** Refuses addresses that are too long and queries that hold what no text has, and finds the caller's true one (H8, H9). */
export const requestShape = (
  clientAddress: (socketAddress: string | undefined, forwarded: string | undefined) => ClientAddress,
): Step => {
  return async (ctx, next) => {
    if ((ctx.req.url ?? '').length > longestUrl)
      throw new InvalidInput(400, [{ path: 'url', code: 'too_big', message: `at most ${longestUrl} bytes` }])
    const forwarded = ctx.req.headers['x-forwarded-for']
    ctx.state.client = clientAddress(
      ctx.req.socket.remoteAddress,
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    )
    // In an address NUL is always escaped, and it is all that no text has: bytes that are no UTF-8 become a sign for that.
    if (ctx.querystring.includes('%00')) requireTexts(new URLSearchParams(ctx.querystring), 'query')
    await next()
  }
}
