import { Router } from '@koa/router'
import { readApproverPage, type ApproverPage } from '#services/approvals/approver-requests.ts'
import { personOfIdentity, startApproverSession } from '#services/approvals/approver-sessions.ts'
import { takeApproverSignIn } from '#services/staff/sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import {
  approverCookie,
  approverSignInCookie,
  cookieHeader,
  endedCookie,
  readCookie,
} from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import { noteRefusedSignIn } from '../public/approvals.ts'
import { asMiddleware, type Ctx } from '../http/state.ts'
import type { Identity } from './sign-in-port.ts'

/** Registered beside the console's; on the portal's host, whose cookies never reach the console (F7, F10). */
export const approverCallbackPath = '/auth/approver/callback'

/** The cookie lives as long as a request may at most; the server's row decides. */
const sessionSeconds = 15 * 60

type Returned = { readonly tenantId: string; readonly requestId: string; readonly identity: Identity }

const returned = async (ctx: Ctx, deps: ApiDeps): Promise<Returned | null> => {
  const state = new URLSearchParams(ctx.querystring).get('state')
  const cookie = readCookie(ctx.headers.cookie, approverSignInCookie)
  if (state === null || cookie === null) return null
  const kept = await takeApproverSignIn(deps.db, tokenHash(state), tokenHash(cookie))
  if (kept === null) return null
  const url = new URL(`${deps.settings.portalUrl}${approverCallbackPath}?${ctx.querystring}`)
  const { nonce, codeVerifier, tenantId, requestId } = kept
  const identity = await deps.approverSignIn.finish(url, { state, nonce, codeVerifier })
  return identity === null ? null : { tenantId, requestId, identity }
}

/**
 * Opens a session for the approver of this request, and for nobody else: the identity is mapped by (issuer, subject) to a
 * person of the directory, never by an address. Another person learns nothing, and the case's timeline shows the attempt.
 */
const enter = async (deps: ApiDeps, { tenantId, requestId, identity }: Returned): Promise<string | null> => {
  const { page, personId } = await inTenant(deps.db, tenantId, async (tx) => ({
    page: await readApproverPage(tx, requestId),
    personId: await personOfIdentity(tx, identity.issuer, identity.account),
  }))
  if (page?.isUsable !== true) return null
  if (personId !== page.approverId) {
    await noteRefusedSignIn(deps, tenantId, page, personId === null ? 'unknown_person' : 'wrong_person')
    return null
  }
  return start(deps, tenantId, page, identity)
}

const start = async (
  deps: ApiDeps,
  tenantId: string,
  page: ApproverPage,
  { issuer, account, amr }: Identity,
): Promise<string> => {
  const token = newToken()
  await inTenant(deps.db, tenantId, (tx) =>
    startApproverSession(tx, deps.keys, {
      requestId: page.requestId,
      verificationId: page.verificationId,
      personId: page.approverId,
      tokenHash: tokenHash(token),
      issuer,
      subject: account,
      amr,
    }),
  )
  return token
}

const finish = async (ctx: Ctx, deps: ApiDeps): Promise<void> => {
  const back = await returned(ctx, deps)
  const token = back === null ? null : await enter(deps, back)
  ctx.append('Set-Cookie', endedCookie(approverSignInCookie, 'Lax'))
  if (token !== null) ctx.append('Set-Cookie', cookieHeader(approverCookie, token, sessionSeconds))
  else ctx.append('Set-Cookie', endedCookie(approverCookie))
  // A page of our own that moves on: a redirect from the provider's site would not carry a Strict cookie.
  ctx.type = 'html'
  ctx.body = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/approve"><title>Countersign</title>`
}

/** The return of an approver's sign-in. */
export const approverAuthRouter = (deps: ApiDeps, limit: RateLimit): Router => {
  const router = new Router()
  router.get(
    approverCallbackPath,
    asMiddleware(async (ctx) => {
      ctx.state.routeName = 'auth.approverCallback'
      await limit.consume(ctx.state.client.address)
      await finish(ctx, deps)
    }),
  )
  return router
}
