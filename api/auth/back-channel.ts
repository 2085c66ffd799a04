import { Router } from '@koa/router'
import { recordEvents } from '#platform/database/record-events.ts'
import { endStaffSessionsOf } from '#services/staff/sessions.ts'
import { resolveStaff } from '#services/staff/staff.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { ApiDeps } from '../deps.ts'
import { InvalidInput } from '../http/errors.ts'
import { isForm, readForm } from '../http/form-body.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import { asMiddleware, type Ctx } from '../http/state.ts'

/** The identity provider calls this path when a person has signed out; registered there as `backchannel_logout_uri`. */
export const backChannelPath = '/auth/back-channel-logout'

const refused = (): InvalidInput =>
  new InvalidInput(400, [{ path: 'logout_token', code: 'invalid_token', message: 'no logout token for us' }])

/**
 * Ends every session of the person that the provider names. For an unknown person the answer is the same: the caller learns
 * nothing from it.
 */
const signOut = async (ctx: Ctx, deps: ApiDeps, limit: RateLimit): Promise<void> => {
  const form = isForm(ctx.get('content-type')) ? await readForm(ctx.req) : new URLSearchParams()
  const [token, ...others] = form.getAll('logout_token')
  const named = token === undefined || others.length > 0 ? null : await deps.signIn.readLogout(token)
  if (named === null) {
    await limit.consume(ctx.state.client.address)
    throw refused()
  }
  const found = await resolveStaff(deps.db, named.issuer, named.subject)
  if (found !== null)
    await inTenant(deps.db, found.tenantId, async (tx) => {
      if ((await endStaffSessionsOf(tx, found.id)) === 0) return
      await recordEvents(tx, { kind: 'provider', id: named.issuer }, null, [
        { type: 'staff.signed_out', object: { kind: 'staff', id: found.id }, payload: {} },
      ])
    })
  ctx.status = 200
  ctx.body = ''
}

/** The identity provider's own sign-out (F4): no browser comes here, the signature is the credential. */
export const backChannelRouter = (deps: ApiDeps, limit: RateLimit): Router => {
  const router = new Router()
  router.post(
    backChannelPath,
    asMiddleware(async (ctx) => {
      ctx.state.routeName = 'auth.backChannelLogout'
      await signOut(ctx, deps, limit)
    }),
  )
  return router
}
