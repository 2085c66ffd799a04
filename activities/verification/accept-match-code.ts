import { randomBytes } from 'node:crypto'
import { bindingMismatch } from '#domain/link.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import {
  areCodesExhausted,
  countTry,
  lockChallenge,
  takeSealedInput,
  type Challenge,
} from '#services/verifications/codes.ts'
import { breachEvent } from '#services/reports/breaches.ts'
import { consumeLink, readBindings, voidLink } from '#services/sending/links.ts'
import { isReportedSince } from '#services/reports/freeze.ts'
import { readPlan, storePlan } from '#services/questions/plans.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { beginPortalSession, hasPortalSession } from '#services/verifications/portal-sessions.ts'
import {
  appendEvents,
  appendLastEvents,
  eventOf,
  uuidOf,
  type Event,
} from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { recordCase } from '#services/verifications/record-case.ts'
import { addCodeTry } from '#services/verifications/verifications.ts'
import type { BreachFound } from '#platform/crypto/device-proof.ts'
import { matchCode, sameCode } from '#platform/crypto/match-code.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { openTypedCode, type TypedCode } from '#services/verifications/typed-code.ts'
import type { AcceptMatchCodeAnswer, AcceptMatchCodeInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { choosePlan } from './choose-plan.ts'
import { movedTo } from './moved.ts'

/** An accepted code makes these moves. */
const moves = ['open', 'begin'] as const

/**
 * Judges a typed match code. Right: the link is consumed, this browser's session begins, the plan is fixed and the moves
 * are recorded, all in one transaction. Wrong: counted and recorded. The sealed input is used up either way, so a repeat
 * of this activity finds what the first run did.
 */
export const createAcceptMatchCode =
  (deps: ActivityDeps) =>
  (input: AcceptMatchCodeInput): Promise<AcceptMatchCodeAnswer> =>
    inTenant(deps.db, input.case.tenantId, (tx) =>
      judgeMatchCode(tx, deps, input, {
        right: (typed, policy, tries) => right(deps, tx, input, typed, policy, tries),
        repeated: () => repeated(deps, tx, input),
      }),
    )

const keyOf = ({ case: ref, snapshot }: AcceptMatchCodeInput) =>
  ({ verificationId: ref.verificationId, kind: 'match', ordinal: snapshot.linkOrdinal }) as const

type Refused = Extract<AcceptMatchCodeAnswer, { accepted: false }>

const no = (reason: RefusalCode, challenge: Challenge | undefined, used = 0): Refused => ({
  accepted: false,
  reason,
  triesLeft: challenge === undefined ? 0 : Math.max(0, challenge.maxTries - challenge.tries - used),
})

/** An input that is used up: counted before, or it came too late. */
const usedUp = (challenge: Challenge | undefined): Refused =>
  no(challenge && challenge.tries > 0 ? 'code_wrong' : 'step_over', challenge)

/** The work after a right code, and the answer where the first run of the activity did it all. */
export type Accepting<Answer> = {
  /**
   * The reason why this browser gets no session, beside what its page said; none where the code is all that it takes.
   */
  readonly breachOf?: (typed: TypedCode) => Promise<BreachFound | null>
  readonly right: (typed: TypedCode, policy: Policy, tries: number) => Promise<Answer>
  readonly repeated: () => Promise<Answer>
}

/** Judges a code and consumes its link; what a right one leads to is the caller's. */
export const judgeMatchCode = async <Answer>(
  tx: Tx,
  deps: ActivityDeps,
  input: AcceptMatchCodeInput,
  accepting: Accepting<Answer>,
): Promise<Answer | Refused> => {
  const { verificationId } = input.case
  const [sealed, challenge, policy] = await Promise.all([
    takeSealedInput(tx, input.inputId, verificationId, 'match_code'),
    lockChallenge(tx, keyOf(input)),
    readPolicy(tx, input.case.policyVersion),
  ])
  // Asked after the input: a repeat that runs beside the first attempt has just waited for its end.
  if (sealed === undefined && (await hasPortalSession(tx, input.inputId))) return accepting.repeated()
  if (sealed === undefined) return usedUp(challenge)
  const problem = await problemOf(tx, input, challenge, policy)
  if (problem !== null || challenge === undefined) return no(problem ?? 'link_unusable', challenge)
  return judgeTyped(tx, deps, input, accepting, { challenge, policy, sealed: sealed.sealed })
}

type Tried = { readonly challenge: Challenge; readonly policy: Policy; readonly sealed: Buffer }

/** Judges the typed code, if it may still be tried. */
const judgeTyped = async <Answer>(
  tx: Tx,
  deps: ActivityDeps,
  input: AcceptMatchCodeInput,
  accepting: Accepting<Answer>,
  { challenge, policy, sealed }: Tried,
): Promise<Answer | Refused> => {
  const { tenantId, verificationId } = input.case
  const typed = openTypedCode(deps.keys, { tenantId, verificationId, row: input.inputId }, sealed)
  const { linkId } = typed
  const breach = typed.breach ?? (await accepting.breachOf?.(typed)) ?? null
  if (breach !== null) return breached(tx, input, linkId, breach)
  if (!isRight(deps, input, typed)) return wrong(tx, input, challenge)
  if (!(await consumeLink(tx, linkId, verificationId, input.codeSeconds))) {
    await recordMismatch(tx, input, linkId)
    return no('link_unusable', challenge)
  }
  const [, answer] = await Promise.all([
    countTry(tx, keyOf(input), input.case.personId, true),
    accepting.right(typed, policy, challenge.tries),
  ])
  return answer
}

/** A dead challenge, or too many wrong codes of late (B6, H4); nothing is compared then. */
const problemOf = async (
  tx: Tx,
  input: AcceptMatchCodeInput,
  challenge: Challenge | undefined,
  policy: Policy,
): Promise<RefusalCode | null> => {
  if (challenge === undefined || challenge.isExpired || challenge.isAccepted) return 'link_unusable'
  if (challenge.tries >= challenge.maxTries) return 'code_exhausted'
  const caps = policy.limits.codeTriesPerParticipant
  const [isReported, isOver] = await Promise.all([
    isReportedSince(tx, input.case.personId, input.case.createdAt),
    areCodesExhausted(tx, input.case.personId, caps),
  ])
  // A link that was made while the report came in would outlive it (B9).
  if (isReported) return 'link_unusable'
  return isOver ? 'code_exhausted' : null
}

const isRight = ({ keys }: ActivityDeps, input: AcceptMatchCodeInput, { code }: TypedCode): boolean => {
  const { tenantId, verificationId } = input.case
  const ordinal = input.snapshot.linkOrdinal
  return sameCode(code, matchCode(keys, { tenantId, verificationId, ordinal }))
}

/** A typed code as an event. */
export const tryOf = (input: AcceptMatchCodeInput, accepted: boolean, tries: number): Event =>
  eventOf(
    { kind: 'participant', id: input.case.personId },
    {
      type: 'code.tried',
      object: { kind: 'verification', id: input.case.verificationId },
      payload: { accepted, tries, ordinal: input.snapshot.linkOrdinal },
      occurredAt: input.at,
    },
    uuidOf('code-tried', input.inputId),
  )

/** A link that is bound to something else is refused like every dead one; only the audit says which part differed (C10). */
const recordMismatch = async (tx: Tx, input: AcceptMatchCodeInput, linkId: string): Promise<void> => {
  const { verificationId, personId } = input.case
  const bindings = await readBindings(tx, linkId, verificationId)
  const part = bindings && bindingMismatch(bindings.sent, bindings.now)
  if (part === undefined) return
  const event = eventOf(
    { kind: 'participant', id: personId },
    {
      type: 'access.denied',
      object: { kind: 'verification', id: verificationId },
      payload: { route: 'public.submitCode', reason: 'binding_mismatch', part },
      occurredAt: input.at,
    },
    uuidOf('binding-mismatch', input.inputId),
  )
  await appendEvents(tx, verificationId, [event], 'to_consoles')
}

/** Right or wrong, this code has been in other hands: its link is void, and the case shows it to its readers (F15). */
const breached = async (
  tx: Tx,
  { case: { verificationId, personId }, inputId, at }: AcceptMatchCodeInput,
  linkId: string,
  breach: BreachFound,
): Promise<Refused> => {
  await voidLink(tx, linkId)
  const event = breachEvent({ verificationId, personId }, breach)
  const id = uuidOf('session-breached', inputId)
  await appendEvents(tx, verificationId, [{ ...event, id, occurredAt: at }], 'to_consoles')
  return no('link_unusable', undefined)
}

const wrong = async (tx: Tx, input: AcceptMatchCodeInput, challenge: Challenge): Promise<Refused> => {
  await countTry(tx, keyOf(input), input.case.personId, false)
  await addCodeTry(tx, input.case.verificationId)
  await appendEvents(tx, input.case.verificationId, [tryOf(input, false, challenge.tries + 1)], 'to_consoles')
  const isLast = challenge.tries + 1 >= challenge.maxTries
  return no(isLast ? 'code_exhausted' : 'code_wrong', challenge, 1)
}

/** Binds the browser that typed the code (F2). */
export const beginSession = (
  { keys }: ActivityDeps,
  tx: Tx,
  { inputId, case: { verificationId, personId } }: AcceptMatchCodeInput,
  { linkId, sessionHash, language, deviceKey }: TypedCode,
  policy: Policy,
): Promise<void> => {
  const about = { verificationId, personId, tokenHash: sessionHash, deviceKey }
  return beginPortalSession(tx, {
    ...about,
    id: inputId,
    linkId,
    tokenMark: tokenMark(keys, 'portal_sessions', { ...about, tenantId: tx.tenantId, sessionId: inputId }),
    probeNonce: randomBytes(24).toString('base64url'),
    language,
    seconds: policy.lifetimes.portalAbsolute,
  })
}

const right = async (
  deps: ActivityDeps,
  tx: Tx,
  input: AcceptMatchCodeInput,
  typed: TypedCode,
  policy: Policy,
  tries: number,
): Promise<AcceptMatchCodeAnswer> => {
  const { case: ref, snapshot } = input
  const plan = await choosePlan(deps, tx, ref, snapshot, policy)
  const actor = { kind: 'participant', id: ref.personId } as const
  const moved = movedTo(snapshot, moves, actor, input.at)
  const payloads = { [snapshot.seq + 1]: { route: plan.route } }
  // The code opened the case, so it comes first.
  const before = [tryOf(input, true, tries + 1)]
  const record = { case: ref, ...moved, payloads, codeTries: 1, before }
  await Promise.all([
    storePlan(tx, deps.keys, ref.verificationId, plan),
    beginSession(deps, tx, input, typed, policy),
    recordCase(tx, record, appendLastEvents),
  ])
  return { accepted: true, portalSessionId: input.inputId, route: plan.route, moves }
}

/** The first run of this activity did it all, and only its answer was lost. */
const repeated = async (
  deps: ActivityDeps,
  tx: Tx,
  input: AcceptMatchCodeInput,
): Promise<AcceptMatchCodeAnswer> => {
  const stored = await readPlan(tx, deps.keys, input.case.verificationId)
  return { accepted: true, portalSessionId: input.inputId, route: stored?.plan.route ?? 'none', moves }
}
