import { Router } from '@koa/router'
import {
  beginSignIn,
  endStaffSession,
  readStaffSession,
  startStaffSession,
  takeSignIn,
} from '#services/staff/sessions.ts'
import { keepVerifiedEmail, readStaff, resolveStaff, type StaffMember } from '#services/staff/staff.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { placeOf, type SeenRequest } from '#services/staff/session-place.ts'
import { consoleCookie, cookieHeader, endedCookie, readCookie, signInCookie } from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import { csrfTokenOf } from '../http/middleware/csrf.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import { asMiddleware, type Ctx } from '../http/state.ts'
import { callbackPath } from './oidc.ts'
import { safeReturnTo } from './return-to.ts'
import type { Identity } from './sign-in-port.ts'

const signInSeconds = 600
/** The cookie lives as long as the session may at most; the server's row decides. */
const sessionSeconds = 8 * 3600

/** The sign-in page shows the reason of a failure; it does not tell if an account exists. */
const failed = (ctx: Ctx): void => {
  ctx.append('Set-Cookie', endedCookie(signInCookie, 'Lax'))
  ctx.redirect('/?sign-in=failed')
}

/**
 * A new sign-in from a browser that still has a session ends that session: no id outlives the sign-in that follows
 * (F2). Here, because the cookie is `Strict` and so does not come along when the provider sends back.
 */
const endEarlier = async (ctx: Ctx, { db, keys }: ApiDeps): Promise<void> => {
  const token = readCookie(ctx.headers.cookie, consoleCookie)
  const earlier = token === null ? null : await readStaffSession(db, keys, tokenHash(token))
  if (earlier === null) return
  await inTenant(db, earlier.tenantId, async (tx) => {
    await endStaffSession(tx, earlier.sessionId)
    await recordEvents(tx, { kind: 'agent', id: earlier.staffId, name: earlier.name }, null, [
      { type: 'staff.signed_out', object: { kind: 'staff', id: earlier.staffId }, payload: {} },
    ])
  })
}

/** Starts a sign-in: state, nonce and verifier are kept on the server, tied to this browser by a cookie. */
const begin = async (ctx: Ctx, deps: ApiDeps): Promise<void> => {
  await endEarlier(ctx, deps)
  const query = new URLSearchParams(ctx.querystring)
  const start = await deps.signIn.begin({ again: query.get('again') === '1' })
  const cookie = newToken()
  await beginSignIn(deps.db, {
    stateHash: tokenHash(start.state),
    cookieHash: tokenHash(cookie),
    nonce: start.nonce,
    codeVerifier: start.codeVerifier,
    returnTo: safeReturnTo(query.get('return_to')),
  })
  ctx.append('Set-Cookie', cookieHeader(signInCookie, cookie, signInSeconds, 'Lax'))
  ctx.redirect(start.url)
}

type Returned = { readonly identity: Identity; readonly returnTo: string }

const identityOf = async (ctx: Ctx, deps: ApiDeps): Promise<Returned | null> => {
  const state = new URLSearchParams(ctx.querystring).get('state')
  const cookie = readCookie(ctx.headers.cookie, signInCookie)
  if (state === null || cookie === null) return null
  const kept = await takeSignIn(deps.db, tokenHash(state), tokenHash(cookie))
  if (kept === null) return null
  const url = new URL(`${deps.settings.consoleUrl}${callbackPath}?${ctx.querystring}`)
  const identity = await deps.signIn.finish(url, {
    state,
    nonce: kept.nonce,
    codeVerifier: kept.codeVerifier,
  })
  return identity === null ? null : { identity, returnTo: kept.returnTo }
}

type Entered = { readonly token: string; readonly member: StaffMember }

/** A fresh session for a known, enabled member of staff; nothing that the browser brought is taken over (F2). */
const enter = async (
  deps: ApiDeps,
  identity: Identity,
  country: string | null,
  seen: SeenRequest,
): Promise<Entered | null> => {
  const found = await resolveStaff(deps.db, identity.issuer, identity.subject)
  if (found === null) return null
  return inTenant(deps.db, found.tenantId, async (tx) => {
    const member = await readStaff(tx, found.id)
    if (member === undefined || member.isDisabled) return null
    await keepVerifiedEmail(tx, member.id, identity.verifiedEmail)
    const token = newToken()
    await startStaffSession(tx, deps.keys, {
      staffId: member.id,
      tokenHash: tokenHash(token),
      csrfHash: tokenHash(csrfTokenOf(token)),
      amr: identity.amr,
      authenticatedAt: identity.authenticatedAt,
      country,
      place: placeOf(deps, found.tenantId, seen),
    })
    await recordEvents(tx, { kind: 'agent', id: member.id, name: member.name }, null, [
      {
        type: 'staff.signed_in',
        object: { kind: 'staff', id: member.id },
        payload: { methods: [...identity.amr] },
      },
    ])
    return { token, member }
  })
}

const finish = async (ctx: Ctx, deps: ApiDeps): Promise<void> => {
  const returned = await identityOf(ctx, deps)
  const { address } = ctx.state.client
  const country = address === null ? null : (deps.factTools.lookUp(address)?.country ?? null)
  const seen = { userAgent: ctx.headers['user-agent'], address }
  const entered = returned === null ? null : await enter(deps, returned.identity, country, seen)
  if (returned === null || entered === null) {
    failed(ctx)
    return
  }
  ctx.append('Set-Cookie', endedCookie(signInCookie, 'Lax'))
  ctx.append('Set-Cookie', cookieHeader(consoleCookie, entered.token, sessionSeconds))
  // A page of our own that moves on by itself: a redirect straight from the provider's site would not carry a
  // SameSite=Strict cookie on its first request. The address names the console's host, so that no path can name another.
  const next = escapeHtml(`${deps.settings.consoleUrl}${returned.returnTo}`)
  ctx.type = 'html'
  ctx.body = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${next}"><title>Countersign</title>`
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Sign-in and its return (F2, F7). Sign-out is a POST of the console's API. */
export const authRouter = (deps: ApiDeps, limit: RateLimit): Router => {
  const router = new Router()
  const step = (name: string, run: (ctx: Ctx) => Promise<void>) =>
    asMiddleware(async (ctx) => {
      ctx.state.routeName = name
      await limit.consume(ctx.state.client.address)
      await run(ctx)
    })
  router.get(
    '/auth/sign-in',
    step('auth.signIn', (ctx) => begin(ctx, deps)),
  )
  router.get(
    callbackPath,
    step('auth.callback', (ctx) => finish(ctx, deps)),
  )
  return router
}
