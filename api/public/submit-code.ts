import { pickLanguage } from '#domain/languages.ts'
import { createHmac, randomUUID } from 'node:crypto'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { readPortalSession } from '#services/verifications/portal-sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { breachOfPage, deviceKeyDigest } from '#platform/crypto/device-proof.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { sealTypedCode } from '#services/verifications/typed-code.ts'
import { bind, type Call } from '../http/bind.ts'
import { readCookie, typedCodeCookie } from '../http/cookies.ts'
import { Refused, Unavailable, invariant } from '../http/errors.ts'
import { currentStep } from '../portal/current-step.ts'
import { storeRequest } from '../portal/request-facts.ts'
import { valueOf } from '../http/replies.ts'
import { findLink, usableLink, whoAsks, type Found, type PublicDeps } from './link-step.ts'

/** The cookie lives as long as a portal session may at most (F3); the server's row decides. */
const cookieSeconds = 30 * 60

type Typed = Call<'public.submitCode'>['body']

/** Stores what was typed, sealed to the worker, with the session that begins in this browser if it is right. */
const store = async (deps: PublicDeps, found: Found, typed: Typed, attempt: Attempt): Promise<string> => {
  const { tenantId, verificationId, id: linkId } = found
  const id = randomUUID()
  const { code, language, page } = typed
  const place = { tenantId, verificationId, row: id }
  const sessionHash = tokenHash(attempt.token)
  const sealed = sealTypedCode(deps.keys, place, {
    ...{ code, linkId, sessionHash, language },
    deviceKey: page.device?.publicKey ?? null,
    breach: attempt.breach,
  })
  await inTenant(deps.db, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'match_code', sealed }),
  )
  return id
}

type Http = Call<'public.submitCode'>['http']
type Row = NonNullable<Awaited<ReturnType<typeof readPortalSession>>>

/**
 * The token of the session that this code begins. A browser that repeats the code, since its answer did not come, is known by
 * its key, else by what it keeps in a cookie.
 */
const attemptOf = (deps: PublicDeps, http: Http, { id: linkId }: Found, typed: Typed) => {
  const { page, token: linkToken } = typed
  // A breach: the page is not ours, or does not sign with the key that it names.
  const breach = breachOfPage(page, deps.settings.portalUrl, linkToken)
  const key = page.device !== null && breach === null ? deviceKeyDigest(page.device.publicKey) : null
  const kept =
    key?.toString('base64url') ?? readCookie(http.headers['cookie'] as string | undefined, typedCodeCookie)
  const seed = kept ?? newToken()
  // Made here and keyed: an attacker who plants a seed in a browser does not know the token that is made from it (F2).
  const token = createHmac('sha256', deps.rateSecret)
    .update(`portal-session/${linkId}/${seed}`)
    .digest('base64url')
  return { seed, token, breach, isKnown: kept !== null, hasKey: key !== null }
}
type Attempt = ReturnType<typeof attemptOf>

/** Hands the session that the worker began to the browser that typed the code. */
const begin = async (deps: PublicDeps, row: Row | null, typed: Typed, attempt: Attempt, http: Http) => {
  const { token, isKnown, hasKey } = attempt
  invariant(row !== null, 'an accepted code began a session')
  http.cookies.set(token, cookieSeconds)
  if (isKnown && !hasKey) http.cookies.endTypedCode()
  await inTenant(deps.db, row.tenantId, (tx) =>
    storeRequest(deps, tx, row, http, 'match_code', { input: typed.summary }),
  )
  const session = { ...row, language: pickLanguage([row.language]) }
  return { accepted: true, answer: await currentStep(deps, session) }
}

const answerTo = async (deps: PublicDeps, found: Found, body: Typed, http: Http, attempt: Attempt) => {
  const page = await usableLink(deps, found)
  if (page.triesLeft === 0) return { accepted: false, answer: whoAsks(deps, found.tenantId, page) }
  const inputId = await store(deps, found, body, attempt)
  const { returnsTo } = page
  const answer = valueOf(
    returnsTo === null
      ? await deps.verifications.submitMatchCode(found, inputId)
      : await deps.verifications.submitReturnCode(returnsTo, inputId),
  )
  if (answer === null) throw new Unavailable()
  if (answer.accepted)
    return begin(
      deps,
      await readPortalSession(deps.db, deps.keys, tokenHash(attempt.token)),
      body,
      attempt,
      http,
    )
  if (answer.reason !== 'code_wrong' && answer.reason !== 'code_exhausted') throw new Refused('link_unusable')
  return {
    accepted: false,
    answer: whoAsks(deps, found.tenantId, page, answer.reason === 'code_exhausted' ? 0 : answer.triesLeft),
  }
}

/**
 * The worker may die between its write and its answer, and so may this process. The link is spent then, and the session waits
 * for the one browser that typed the code: it repeats the code and gets in.
 */
const resumed = async (deps: PublicDeps, found: Found, typed: Typed, http: Http, attempt: Attempt) => {
  const row = attempt.isKnown ? await readPortalSession(deps.db, deps.keys, tokenHash(attempt.token)) : null
  return row?.isLive === true && row.verificationId === found.verificationId
    ? begin(deps, row, typed, attempt, http)
    : null
}

/**
 * Takes the match code. Right: the worker consumes the link and binds this browser in one guarded write, and only then
 * is the session's cookie set, with a token made here (F2). Wrong: the page stays with one try less.
 */
export const submitCode = (deps: PublicDeps) =>
  bind('public.submitCode', async ({ body, http }) => {
    const found = await findLink(deps, body.token)
    const attempt = attemptOf(deps, http, found, body)
    try {
      return await answerTo(deps, found, body, http, attempt)
    } catch (error) {
      if (error instanceof Unavailable && !attempt.hasKey) http.cookies.keepTypedCode(attempt.seed)
      const isSpent =
        error instanceof Refused && error.refusal.code === 'link_unusable' && attempt.breach === null
      const answer = isSpent ? await resumed(deps, found, body, http, attempt) : null
      if (answer === null) throw error
      return answer
    }
  })
