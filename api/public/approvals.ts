import { randomUUID } from 'node:crypto'
import {
  isAsShown,
  readApproverPage,
  resolveApproverRequest,
  type ApproverPage,
} from '#services/approvals/approver-requests.ts'
import { liveApproverSession, readApproverSession } from '#services/approvals/approver-sessions.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { beginSignIn } from '#services/staff/sessions.ts'
import { readPortalSession } from '#services/verifications/portal-sessions.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { isTokenMarked } from '#platform/crypto/token-mark.ts'
import { bind } from '../http/bind.ts'
import type { Http } from '../http/callers.ts'
import { approverCookie, portalCookie, readCookie } from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused, Unavailable } from '../http/errors.ts'
import { brandOf } from '../portal/current-step.ts'
import { valueOf } from '../http/replies.ts'
import { findLink, type Found, type PublicDeps } from './link-step.ts'

/**
 * True for the browser of the person who is being verified. It must not be the approver's: a link that was passed on to it
 * opens nothing there, even with the approver's own sign-in, since both would then be in one pair of hands.
 */
const isParticipantsBrowser = async (deps: ApiDeps, http: Http, verificationId: string): Promise<boolean> => {
  const token = readCookie(http.headers['cookie'] as string | undefined, portalCookie)
  const row = token === null ? null : await readPortalSession(deps.db, deps.keys, tokenHash(token))
  return row !== null && row.verificationId === verificationId
}

/** @throws Refused link_unusable, whatever the true reason: unknown, over, answered and foreign requests look alike (C17) */
const usable = async (
  deps: ApiDeps,
  http: Http,
  found: { readonly tenantId: string; readonly id: string },
): Promise<ApproverPage> => {
  const page = await inTenant(deps.db, found.tenantId, (tx) => readApproverPage(tx, found.id))
  if (page?.isUsable !== true || !isAsShown(page)) throw new Refused('link_unusable')
  if (await isParticipantsBrowser(deps, http, page.verificationId)) {
    await noteRefusedSignIn(deps, found.tenantId, page, 'participant_browser')
    throw new Refused('link_unusable')
  }
  return page
}

/** Records on the case's timeline that a person who must not came to an approver's page. */
export const noteRefusedSignIn = (
  deps: Pick<ApiDeps, 'db'>,
  tenantId: string,
  page: Pick<ApproverPage, 'verificationId'>,
  reason: 'participant_browser' | 'wrong_person' | 'unknown_person',
): Promise<void> =>
  inTenant(deps.db, tenantId, (tx) =>
    recordEvents(
      tx,
      { kind: 'system', id: 'portal' },
      page.verificationId,
      [
        {
          type: 'approver.sign_in_refused',
          object: { kind: 'verification', id: page.verificationId },
          payload: { reason },
        },
      ],
      undefined,
      'to_consoles',
    ),
  )

/** The same for a visitor who comes by a link: its token is one that we sent to this approver in this case. */
const usableByLink = async (deps: ApiDeps, http: Http, found: Found): Promise<ApproverPage> => {
  const page = await usable(deps, http, found)
  const { tenantId, tokenHash } = found
  if (isTokenMarked(deps.keys, 'approver_requests', { ...page, tenantId, tokenHash }, page.tokenMark))
    return page
  throw new Refused('link_unusable')
}

/** The page behind an approver's link: inert, and without a word about anybody. */
export const openApproval = (deps: PublicDeps) =>
  bind('public.openApproval', async ({ body, http }) => {
    const found = await findLink(deps, body.token, resolveApproverRequest)
    const page = await usableByLink(deps, http, found)
    return { brand: brandOf(page.organisation, page.settings) }
  })

/** Begins the sign-in for one request; state, nonce and verifier are tied to this browser and to it (F7). */
export const signInApprover = (deps: PublicDeps) =>
  bind('public.signInApprover', async ({ body, http }) => {
    const found = await findLink(deps, body.token, resolveApproverRequest)
    await usableByLink(deps, http, found)
    const start = await deps.approverSignIn.begin()
    const cookie = newToken()
    await beginSignIn(deps.db, {
      stateHash: tokenHash(start.state),
      cookieHash: tokenHash(cookie),
      nonce: start.nonce,
      codeVerifier: start.codeVerifier,
      returnTo: '/approve',
      approver: { tenantId: found.tenantId, requestId: found.id },
    })
    http.cookies.beginApproverSignIn(cookie)
    return { url: start.url }
  })

/** @throws Refused session_ended, where nobody is signed in for a request */
const approverOf = async (deps: ApiDeps, http: Http) => {
  const token = readCookie(http.headers['cookie'] as string | undefined, approverCookie)
  const hash = tokenHash(token ?? '')
  const found = token === null ? null : await readApproverSession(deps.db, hash)
  const session =
    found === null
      ? undefined
      : await inTenant(deps.db, found.tenantId, (tx) => liveApproverSession(tx, found.id))
  const isOurs =
    session !== undefined &&
    isTokenMarked(deps.keys, 'approver_sessions', { ...session, tokenHash: hash }, session.tokenMark)
  if (!isOurs) throw new Refused('session_ended')
  const page = await usable(deps, http, { tenantId: session.tenantId, id: session.requestId })
  return { session, page }
}

/** Shows the approver who signed in who asks for what. */
export const approval = (deps: PublicDeps) =>
  bind('public.approval', async ({ http }) => {
    const { page } = await approverOf(deps, http)
    return {
      brand: brandOf(page.organisation, page.settings),
      approverName: page.approverName,
      as: page.relation,
      participant: {
        name: page.participantName,
        title: page.participantTitle,
        department: page.participantDepartment,
      },
      purpose: page.purpose,
      agentName: page.agentName,
      ticket: page.ticket,
      startedAt: page.startedAt.toISOString(),
      secondsLeft: page.secondsLeft,
      triesLeft: page.triesLeft,
      screenHash: page.screenHash.toString('hex'),
    }
  })

/** Yes, no or not sure: sealed to the worker, which looks at everything again and stores it once (C4, D4, D5). */
export const answerApproval = (deps: PublicDeps) =>
  bind('public.answerApproval', async ({ body, http }) => {
    const { session } = await approverOf(deps, http)
    const { tenantId, verificationId, sessionId } = session
    const id = randomUUID()
    const { answer, screenHash } = body
    const said = { sessionId, answer, digits: body.answer === 'yes' ? body.digits : null, screenHash }
    const place = { tenantId, verificationId, kind: 'approver_answer', row: id } as const
    const sealed = sealForWorker(deps.keys, place, JSON.stringify(said))
    await inTenant(deps.db, tenantId, (tx) =>
      addSealedInput(tx, { id, verificationId, kind: 'approver_answer', sealed }),
    )
    const reply = valueOf(await deps.verifications.answerApprover({ tenantId, verificationId }, id))
    if (reply === null) throw new Unavailable()
    if (reply.accepted) {
      http.cookies.endApprover()
      return { accepted: true, triesLeft: 0 }
    }
    if (reply.reason !== 'code_wrong' && reply.reason !== 'code_exhausted') throw new Refused('link_unusable')
    return { accepted: false, triesLeft: reply.triesLeft }
  })
