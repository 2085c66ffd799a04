import { randomUUID } from 'node:crypto'
import type { Resolved } from '#platform/server/db/link-page.ts'
import { addSealedInput } from '#platform/server/db/portal-inputs.ts'
import { readPortalSession } from '#platform/server/db/sessions.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { newToken, tokenHash } from '#platform/server/sealing.ts'
import { sealTypedCode } from '#platform/server/typed-code.ts'
import { bind, type Call } from '../bind.ts'
import { Refused, Unavailable, invariant } from '../errors.ts'
import { currentStep } from '../portal/current-step.ts'
import { storeRequest } from '../portal/request-facts.ts'
import { valueOf } from '../replies.ts'
import { findLink, matchCodeStep, usableLink, type PublicDeps } from './link-step.ts'

/** The cookie lives as long as a portal session may at most (security.md F3); the server's row decides. */
const cookieSeconds = 30 * 60

type Typed = Call<'public.submitCode'>['body']

/** Stores what was typed, sealed to the worker, with the session that begins in this browser if it is right. */
const store = async (
  deps: PublicDeps,
  found: Resolved,
  typed: Typed,
  sessionToken: string,
): Promise<string> => {
  const { tenantId, verificationId, id: linkId } = found
  const id = randomUUID()
  const { code, language } = typed
  const place = { tenantId, verificationId, row: id }
  const sessionHash = tokenHash(sessionToken)
  const sealed = sealTypedCode(deps.keys, place, { code, linkId, sessionHash, language })
  await inTenant(deps.db, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'match_code', sealed }),
  )
  return id
}

/** The session that the worker just began. */
const begin = async (deps: PublicDeps, sessionToken: string, http: Call<'public.submitCode'>['http']) => {
  const row = await readPortalSession(deps.db, deps.keys, tokenHash(sessionToken))
  invariant(row !== null, 'an accepted code began a session')
  http.cookies.set(sessionToken, cookieSeconds)
  await inTenant(deps.db, row.tenantId, (tx) => storeRequest(deps, tx, row, http, 'match_code'))
  return { ...row, language: row.language === 'de' ? ('de' as const) : ('en' as const) }
}

/**
 * Takes the match code. Right: the worker consumes the link and binds this browser in one guarded write, and only then
 * is a cookie set, with a token made here (security.md F2). Wrong: the page stays with one try less.
 */
export const submitCode = (deps: PublicDeps) =>
  bind('public.submitCode', async ({ body, http }) => {
    const found = await findLink(deps, body.token)
    const page = await usableLink(deps, found)
    if (page.triesLeft === 0) return { accepted: false, answer: matchCodeStep(page) }
    const sessionToken = newToken()
    const inputId = await store(deps, found, body, sessionToken)
    const { returnsTo } = page
    const answer = valueOf(
      returnsTo === null
        ? await deps.verifications.submitMatchCode(found, inputId)
        : await deps.verifications.submitReturnCode(returnsTo, inputId),
    )
    if (answer === null) throw new Unavailable()
    if (answer.accepted)
      return { accepted: true, answer: await currentStep(deps, await begin(deps, sessionToken, http)) }
    if (answer.reason !== 'code_wrong' && answer.reason !== 'code_exhausted')
      throw new Refused('link_unusable')
    return {
      accepted: false,
      answer: matchCodeStep(page, answer.reason === 'code_exhausted' ? 0 : answer.triesLeft),
    }
  })
