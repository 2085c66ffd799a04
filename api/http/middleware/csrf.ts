import { createHash } from 'node:crypto'
import { isSameText } from '#platform/crypto/same-text.ts'
import { InvalidInput } from '../errors.ts'
import type { Step } from '../state.ts'

/** The token that a console page sends back with every POST: derived from the session, worthless without it. */
export const csrfTokenOf = (sessionToken: string): string =>
  createHash('sha256').update(`countersign.csrf.v1:${sessionToken}`).digest('base64url')

const refuse = (path: string, message: string): InvalidInput =>
  new InvalidInput(403, [{ path, code: 'foreign_request', message }], 'foreign_request')

/** True if the browser says the request came from a page of this very origin. */
const isSameOrigin = (site: string, origin: string, own: string): boolean =>
  site !== '' ? site === 'same-origin' : origin === own

/**
 * Refuses state-changing calls that another site could have caused (F8). Four independent walls: the JSON
 * content type (`json-body.ts`), a custom header, Sec-Fetch-Site or Origin, and the SameSite cookie; on the console
 * also a token bound to the session.
 */
export const csrf =
  (ownOrigin: string): Step =>
  async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      if (ctx.get('x-countersign') !== '1') throw refuse('x-countersign', 'this header must be 1')
      const origin = ctx.get('origin')
      if (!isSameOrigin(ctx.get('sec-fetch-site'), origin, ownOrigin))
        throw refuse('sec-fetch-site', 'only from our own page')
      if (origin !== '' && origin !== ownOrigin) throw refuse('origin', 'only from our own page')
      const { staff } = ctx.state
      if (staff !== undefined && !isSameText(ctx.get('x-csrf-token'), staff.csrfToken))
        throw refuse('x-csrf-token', 'the token of this session is missing')
    }
    await next()
  }
