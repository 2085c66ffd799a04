import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '#platform/database/connect.ts'
import {
  addLinkVisit,
  isBeingSent,
  readLinkPage,
  resolveLink,
  type LinkPage,
  type Resolved,
} from '#services/verifications/link-page.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { notify } from '#platform/database/notify.ts'
import { rawDataDays } from '#services/risk/sightings.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { isTokenMarked } from '#platform/crypto/token-mark.ts'
import { phraseWordsOf } from '../phrase-words.ts'
import type { Http } from '../http/callers.ts'
import type { StepAnswer } from '../contract/portal.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import type { BackgroundQueue } from '../starts/background-queue.ts'
import { brandOf } from '../portal/current-step.ts'
import { digitsOf } from '../portal/digits.ts'

/** The page says that these will be looked at, as keys of the portal's copy. */
const looksAt = ['device', 'network', 'typing', 'work']

/** The dependencies of the public routes. */
export type PublicDeps = ApiDeps & {
  /** Tokens from one address that led nowhere. */
  readonly missedTokens: RateLimit
  /** Starts of people themselves, from one address. */
  readonly helpAsked: RateLimit
  /** Sign-ins that people without a session began, from one address. */
  readonly signInsBegun: RateLimit
  readonly backgroundQueue: BackgroundQueue
}

/** Where a token leads, and its hash: what is read behind it is held against the mark of the row. */
export type Found = Resolved & { readonly tokenHash: Buffer }

/** Where a token leads: one look by its hash, in an index. @throws Refused link_unusable */
export const findLink = async (
  { db }: Pick<PublicDeps, 'db'>,
  token: string,
  find: (db: Db, hash: Buffer) => Promise<Resolved | null> = resolveLink,
): Promise<Found> => {
  const hash = tokenHash(token)
  const found = await find(db, hash)
  if (found === null) throw new Refused('link_unusable')
  return { ...found, tokenHash: hash }
}

/** So long a link is waited for whose message was quicker than the record of its sending, and the time between two looks. */
const [patienceMs, lookMs] = [5_000, 200]

/** True if we sent this token for this case, person and contact. */
const isOurs = ({ keys }: PublicDeps, page: LinkPage, { tenantId, tokenHash }: Found): boolean =>
  isTokenMarked(keys, 'links', { ...page, tenantId, tokenHash }, page.tokenMark)

/**
 * Looks for a link that works: `soon` while its sending is not recorded yet, null where it is dead. The record may come
 * between two looks, so a link that is not being sent any more is looked at once more.
 */
export const lookFor = async <T>(
  read: () => Promise<T | null>,
  isSoon: () => Promise<boolean>,
): Promise<T | 'soon' | null> => (await read()) ?? ((await isSoon()) ? 'soon' : await read())

/** A link that still works. The true reason of a dead one goes to the case's telemetry, never to the caller (C17). */
export const usableLink = async (deps: PublicDeps, found: Found): Promise<LinkPage> => {
  const end = performance.now() + patienceMs
  for (;;) {
    const page = await inTenant(deps.db, found.tenantId, async (tx) => {
      const read = async () => {
        const one = await readLinkPage(tx, found.id)
        return one?.isUsable === true && isOurs(deps, one, found) ? one : null
      }
      const seen = await lookFor(read, async () => performance.now() < end && isBeingSent(tx, found.id))
      if (seen === null)
        await addLinkVisit(tx, {
          verificationId: found.verificationId,
          linkId: found.id,
          kind: 'dead_link',
        })
      return seen
    })
    if (page === null) throw new Refused('link_unusable')
    if (page !== 'soon') return page
    await pause(lookMs)
  }
}

/** A fetch ahead of a person's click, as browsers and scanners declare it. Telemetry only (C7). */
const looksLikeScanner = ({ headers }: Http): boolean => {
  const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers['purpose'] ?? '')}`
  return /prefetch|prerender|preview/i.test(purpose) || headers['accept-language'] === undefined
}

/** Notes that a page was seen; the first time of each kind is an event. */
export const noteVisit = async (tx: Tx, page: LinkPage, http: Http): Promise<void> => {
  const scannerLike = looksLikeScanner(http)
  const { verificationId, linkId, personId } = page
  const kind = scannerLike ? ('scanner_like' as const) : ('page_seen' as const)
  if (!(await addLinkVisit(tx, { verificationId, linkId, kind }))) return
  await notify(tx, 'verification', verificationId)
  await recordEvents(
    tx,
    { kind: 'participant', id: personId },
    verificationId,
    [
      {
        type: 'link.page_seen',
        object: { kind: 'verification', id: verificationId },
        payload: { scannerLike },
      },
    ],
    [uuidOf('page-seen', linkId, kind)],
  )
}

const answer = (page: LinkPage, step: StepAnswer['step']): StepAnswer => ({
  brand: brandOf(page.organisation, page.settings),
  step,
  reportDigits: null,
})

/** City-level origin of the request: the agent's office, else the country of their sign-in; never an address (B8). */
const originOf = ({ agentOffice, agentCountry, signInCountry }: LinkPage) => {
  if (agentOffice !== null) return { city: agentOffice, country: agentCountry }
  return signInCountry === null ? null : { city: null, country: signInCountry }
}

/** The page that says who asks, and for what (B8), and takes the match code; dead when no try is left. */
export const whoAsks = (
  deps: ApiDeps,
  tenantId: string,
  page: LinkPage,
  triesLeft = page.triesLeft,
): StepAnswer => {
  if (triesLeft === 0) return answer(page, { kind: 'ended', ending: 'code_dead', feedbackGiven: false })
  return answer(page, {
    kind: 'who_asks',
    agentName: page.agentName,
    purpose: page.purpose,
    ticket: page.ticket,
    startedAt: page.startedAt.toISOString(),
    origin: originOf(page),
    phrase: phraseWordsOf(page.verificationId),
    declineDigits: digitsOf(deps.keys, tenantId, 'decline', page.verificationId),
    approved: page.returnsTo !== null,
    sentTo: page.codeSentTo,
    triesLeft,
    looksAt,
    rawDays: rawDataDays,
  })
}

/** The end after a confirmed "No". */
export const reportedStep = (page: LinkPage): StepAnswer =>
  answer(page, { kind: 'ended', ending: 'reported', feedbackGiven: false })
