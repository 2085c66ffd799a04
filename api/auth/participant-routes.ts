import { Router } from '@koa/router'
import { caseOfLiveSession } from '#services/verifications/portal-sessions.ts'
import { takeParticipantSignIn, type ParticipantSignIn } from '#services/staff/sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { enrolmentSeconds } from '#services/passkeys/enrolments.ts'
import {
  cookieHeader,
  endedCookie,
  enrolmentCookie,
  participantSignInCookie,
  readCookie,
} from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import { submitSignIn } from '../portal/provider-sign-in.ts'
import { asMiddleware, type Ctx } from '../http/state.ts'
import { enterEnrolment } from './enter-enrolment.ts'
import type { Identity } from './sign-in-port.ts'

/** On the portal's host, beside the approvers'; neither takes a sign-in that began as the other (F7). */
export const participantCallbackPath = '/auth/participant/callback'

/** The sign-in that this browser began, used up; null in any other browser, and for a state that is unknown or old. */
const taken = async (ctx: Ctx, deps: ApiDeps): Promise<(ParticipantSignIn & { state: string }) | null> => {
  const state = new URLSearchParams(ctx.querystring).get('state')
  const cookie = readCookie(ctx.headers.cookie, participantSignInCookie)
  if (state === null || cookie === null) return null
  const kept = await takeParticipantSignIn(deps.db, tokenHash(state), tokenHash(cookie))
  return kept === null ? null : { ...kept, state }
}

/** The provider's word on the sign-in; null where it does not answer, or says nothing that can be believed. */
const identityOf = async (
  ctx: Ctx,
  deps: ApiDeps,
  expected: ParticipantSignIn & { state: string },
): Promise<Identity | null> => {
  const url = new URL(`${deps.settings.portalUrl}${participantCallbackPath}?${ctx.querystring}`)
  try {
    return await deps.participantSignIn.finish(url, expected)
  } catch (error) {
    deps.log.warn('the identity provider did not answer', { error: String((error as Error).name) })
    return null
  }
}

/** The worker gets what the ID token says; the token itself is forgotten here. */
const submit = async (
  deps: ApiDeps,
  { tenantId, sessionId }: NonNullable<ParticipantSignIn['session']>,
  begunAt: number,
  ask: () => Promise<Identity | null>,
): Promise<void> => {
  const session = await inTenant(deps.db, tenantId, (tx) => caseOfLiveSession(tx, sessionId))
  if (session === undefined) return
  const identity = await ask()
  const place = { tenantId, verificationId: session.verificationId }
  if (identity === null) {
    await submitSignIn(deps, place, { kind: 'unanswered' })
    return
  }
  const { issuer, account, amr, acr, authenticatedAt } = identity
  const said = { kind: 'signed_in', sessionId, issuer, account, amr, acr, authenticatedAt, begunAt }
  await submitSignIn(deps, place, said)
}

/** The page that began the sign-in, with a session where it is the page for passkeys. */
const finish = async (ctx: Ctx, deps: ApiDeps): Promise<string> => {
  const kept = await taken(ctx, deps)
  if (kept === null) return '/v'
  const ask = () => identityOf(ctx, deps, kept)
  if (kept.session !== null) {
    await submit(deps, kept.session, kept.begunAt, ask)
    return '/v'
  }
  const entered = await enterEnrolment(deps, kept.begunAt, await ask())
  if ('problem' in entered) {
    ctx.append('Set-Cookie', endedCookie(enrolmentCookie))
    return `/enrol?said=${entered.problem}`
  }
  ctx.append('Set-Cookie', cookieHeader(enrolmentCookie, entered.token, enrolmentSeconds))
  return '/enrol'
}

/** The return of a participant's sign-in. In any case the page behind shows what its own session may see. */
export const participantAuthRouter = (deps: ApiDeps, limit: RateLimit): Router => {
  const router = new Router()
  router.get(
    participantCallbackPath,
    asMiddleware(async (ctx) => {
      ctx.state.routeName = 'auth.participantCallback'
      await limit.consume(ctx.state.client.address)
      const page = await finish(ctx, deps)
      ctx.append('Set-Cookie', endedCookie(participantSignInCookie, 'Lax'))
      // A page of our own that moves on: a redirect from the provider's site would not carry a Strict cookie.
      ctx.type = 'html'
      ctx.body = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${page}"><title>Countersign</title>`
    }),
  )
  return router
}
