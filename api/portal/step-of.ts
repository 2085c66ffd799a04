import type { z } from 'zod'
import { boundedRules, contextWords, passwordRules } from '#domain/password.ts'
import { breaches } from '#domain/risk/device-proof.ts'
import { nextStep } from '#domain/questions/next-step.ts'
import { questionAt, shownQuestion, type AskingPlan, type QuestionPlan } from '#domain/questions/plan.ts'
import { codeAskRestSeconds, mostCodeAsks } from '#domain/verification/code-asks.ts'
import {
  actingPurposes,
  actions,
  isActing,
  isFinishedByParticipant,
} from '#domain/verification/verification.ts'
import { notDelivered } from '#services/sending/refused-codes.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { endings, Step as StepSchema } from '../contract/portal.ts'
import { invariant } from '../http/errors.ts'
import { phraseWordsOf } from '../phrase-words.ts'
import type { PortalCase } from './portal-case.ts'
import { shownAction } from './shown-action.ts'

type Step = z.input<typeof StepSchema>
type Ending = (typeof endings)[number]

/** Most tries that a directory's own policy may refuse (N4). */
const mostPasswordTries = 4

/** Steps as the participant counts them: code, questions, result, and what they do at the end, if anything. */
const stations = { checking: 2, questions: 2, waiting: 3, last: 4 } as const

const progress = (found: PortalCase, station: keyof typeof stations) => ({
  at: stations[station],
  of: isFinishedByParticipant(found.verification.purpose) ? 4 : 3,
})

const ended = (found: PortalCase, ending: Ending): Step => ({
  kind: 'ended',
  ending,
  feedbackGiven: found.feedbackGiven,
  ...(ending === 'password_changed' && found.passkey.enrolment !== null
    ? { passkey: found.passkey.enrolment }
    : {}),
  ...(found.sheet.end === null ? {} : { sheet: found.sheet.end }),
  ...(ending === 'mfa_reset' ? { enrolment: found.enrolment ?? 'lost' } : {}),
})

type Awaited = Extract<Step, { kind: 'waiting' }>['for']

/** True if the page waits for something that follows the participant's own last step. */
const isLast = (what: Awaited): boolean =>
  actingPurposes.some((purpose) => actions[purpose].awaited === what && isFinishedByParticipant(purpose))

const waiting = (found: PortalCase, what: Awaited): Step => ({
  kind: 'waiting',
  isAlone: found.verification.referrer_kind === 'self_service',
  for: what,
  progress: progress(found, isLast(what) ? 'last' : 'waiting'),
})

/** An approver was asked to vouch: the two digits to read to them, once they call. */
const vouching = (found: PortalCase): Step | null =>
  found.approver && {
    kind: 'vouching',
    ...found.approver,
    progress: progress(found, 'waiting'),
  }

/** Words that may not be in the new password: the person's own and the organisation's. */
export const wordsOf = ({ person, tenant }: PortalCase): readonly string[] =>
  contextWords([
    person.displayName,
    person.givenName,
    person.familyName,
    person.login,
    person.workEmail?.split('@')[0] ?? '',
    tenant.name,
  ])

const secondsLeft = (found: PortalCase): number => Math.max(0, Math.floor(found.grantSecondsLeft ?? 0))

const newPassword = (found: PortalCase, refusedBy: readonly string[]): Step => {
  const { minLength, maxLength } = boundedRules(passwordRules)
  const tries = found.action?.tries ?? 0
  return {
    kind: 'new_password',
    minLength,
    maxLength,
    contextWords: [...wordsOf(found)],
    refusedBy: refusedBy.length > 0 ? [...refusedBy] : tries > 0 ? ['directory'] : [],
    triesLeft: Math.max(0, mostPasswordTries - tries),
    secondsLeft: secondsLeft(found),
    progress: progress(found, 'last'),
  }
}

/** The page may be closed; a fresh link comes once the time is over. */
const scheduled = (found: PortalCase): Step => ({
  kind: 'scheduled',
  until: new Date(found.action?.not_before ?? Date.now()).toISOString(),
  progress: progress(found, 'waiting'),
})

const isBreach = (reason: string | null): boolean => breaches.some((breach) => breach === reason)

/** The ending of a session that is over. It never shows which signature was missing. */
const overBecause = ({ endReason }: PortalCaller): Ending => {
  if (endReason === 'reported') return 'stopped_by_report'
  return isBreach(endReason) ? 'not_this_browser' : 'session_over'
}

/**
 * Only the participant who reported on this page gets thanks; everybody else reads that a report stopped it, and what to do.
 */
const ofReporter = ({ hasReported }: PortalCase, ending: Ending): Ending =>
  ending === 'stopped_by_report' && hasReported ? 'reported' : ending

/** After an approval: the action decides what the participant sees. */
const afterApproval = (found: PortalCase, caller: PortalCaller, refusedBy: readonly string[]): Step => {
  const { purpose } = found.verification
  if (!isActing(purpose)) return found.isOnHold ? waiting(found, 'decision') : ended(found, 'confirmed')
  const shown = shownAction(purpose, found.action)
  if (shown.kind === 'ended') return ended(found, ofReporter(found, shown.ending))
  if (shown.kind === 'scheduled') return scheduled(found)
  if (shown.kind === 'waiting') return waiting(found, shown.for)
  // They come back by the link that was sent to them.
  if (shown.kind === 'awaited')
    return caller.isLive ? waiting(found, shown.for) : ended(found, overBecause(caller))
  return ownTurn(found, caller, refusedBy)
}

const ownTurn = (found: PortalCase, caller: PortalCaller, refusedBy: readonly string[]): Step => {
  if ((found.grantSecondsLeft ?? 0) <= 0) return ended(found, 'timed_out')
  if (!caller.isLive) return ended(found, overBecause(caller))
  if (found.verification.purpose === 'mfa_reset') return resetMfa(found)
  // Until the directory has answered, nobody knows whether it takes the one that was typed.
  if (found.sentPassword !== null && refusedBy.length === 0) return waiting(found, 'password')
  return newPassword(found, refusedBy)
}

const resetMfa = (found: PortalCase): Step => ({
  kind: 'reset_mfa',
  secondsLeft: secondsLeft(found),
  progress: progress(found, 'last'),
})

const endingOf: Readonly<
  Record<Exclude<NonNullable<PortalCase['verification']['outcome']>, 'passed'>, Ending>
> = {
  // One word for every refusal: nothing reveals which check or answer mattered.
  failed: 'not_confirmed',
  not_enough_questions: 'not_confirmed',
  timed_out: 'timed_out',
  undelivered: 'timed_out',
  cancelled: 'cancelled',
  reported: 'stopped_by_report',
}

const closed = (found: PortalCase, caller: PortalCaller, refusedBy: readonly string[]): Step => {
  const { outcome } = found.verification
  if (outcome === null) return waiting(found, 'decision')
  return outcome === 'passed'
    ? afterApproval(found, caller, refusedBy)
    : ended(found, ofReporter(found, endingOf[outcome]))
}

/** The answers as the domain's `nextStep` takes them; replies stay sealed, since the order does not depend on them. */
export const storedAnswers = (found: PortalCase) =>
  found.answers.map((answer) => ({
    position: answer.position,
    optionId: null,
    text: null,
    verdict: answer.verdict,
    ms: 0,
    extensions: answer.extensions,
    timedOut: answer.timed_out,
  }))

const question = (found: PortalCase, plan: AskingPlan, position: number): Step => {
  const planned = questionAt(plan, position)
  invariant(planned !== undefined, 'the current position is in the plan')
  const next = nextStep(plan, storedAnswers(found))
  const { text, ask } = shownQuestion(planned)
  return {
    kind: 'question',
    position,
    number: next.kind === 'question' ? next.number : found.answers.length + 1,
    askedOf: plan.rule.maxAsked,
    text,
    ask:
      ask.form === 'choice'
        ? { form: 'choice', options: ask.options.map((option) => ({ ...option })) }
        : { ...ask },
    secondsLeft: Math.max(0, Math.ceil(found.secondsLeft ?? 0)),
    progress: progress(found, 'questions'),
  }
}

const becauseOf = (refusal: string | null): Extract<Step, { kind: 'second_code_refused' }>['because'] => {
  if (refusal === notDelivered) return 'delivery'
  return refusal === 'send_limit_reached' ? 'limit' : 'contact'
}

/** Milliseconds since 1970; never for null. */
const momentOf = (instant: string | null): number => (instant === null ? Infinity : Date.parse(instant))

/** A code that was not sent: when it may be sent, and the other ways; never later than the case itself ends. */
const refusedCode = (found: PortalCase, plan: NonNullable<PortalCase['plan']>): Step => {
  const because = becauseOf(plan.code_refusal)
  const nextMs = momentOf(plan.code_next_at)
  const isInTime = nextMs < Date.parse(found.verification.expires_at)
  return {
    kind: 'second_code_refused',
    because,
    contactMasked: because === 'delivery' ? (found.secondCode?.contact_masked ?? null) : null,
    sendAt: isInTime ? new Date(nextMs).toISOString() : null,
    secondsLeft: isInTime ? Math.max(0, Math.ceil((nextMs - Date.now()) / 1000)) : null,
    asksLeft: Math.max(0, mostCodeAsks - plan.code_asks),
    otherWay: plan.code_other_way ?? 'agent',
    progress: progress(found, 'questions'),
  }
}

/** A code that was sent can be sent once more, then and to these contacts; null: not any more. */
const codeAgain = (found: PortalCase, code: SentCode, triesLeft: number) => {
  const { plan } = found
  if (triesLeft === 0 || plan === null || plan.code_asks >= mostCodeAsks) return null
  const isHeld = plan.code_refusal !== null
  const restedMs = Date.parse(code.created_at) + codeAskRestSeconds * 1000
  const readyMs = isHeld ? Math.max(restedMs, momentOf(plan.code_next_at)) : restedMs
  if (readyMs >= Date.parse(found.verification.expires_at)) return null
  return {
    secondsLeft: Math.max(0, Math.ceil((readyMs - Date.now()) / 1000)),
    isHeld,
    choices: found.codeChoices.map((choice) => ({ ...choice })),
  }
}

/** The code of a message that was sent: a limit that holds the next one back leaves it as it is. */
const isStillGood = (found: PortalCase, code: PortalCase['secondCode']): boolean =>
  found.plan?.code_refusal === 'send_limit_reached' &&
  code?.channel != null &&
  code.delivery_status !== 'refused' &&
  code.delivery_status !== 'undelivered' &&
  !isExpired(code)

type SentCode = NonNullable<PortalCase['secondCode']>
const isExpired = ({ expires_at }: SentCode): boolean => Date.parse(expires_at) <= Date.now()

const secondCode = (found: PortalCase, wrong: boolean): Step => {
  const code = found.secondCode
  if (found.plan !== null && found.plan.code_refusal !== null && !isStillGood(found, code))
    return refusedCode(found, found.plan)
  return code === null || code.accepted_at !== null || code.channel === null
    ? waiting(found, 'score')
    : sentCode(found, { ...code, channel: code.channel }, wrong)
}

const sentCode = (found: PortalCase, code: SentCode & { channel: 'sms' | 'email' }, wrong: boolean): Step => {
  const triesLeft = Math.max(0, code.max_tries - code.tries)
  const again = codeAgain(found, code, triesLeft)
  if (triesLeft === 0 || (isExpired(code) && again === null)) return ended(found, 'code_dead')
  return {
    kind: 'second_code',
    channel: code.channel,
    contactMasked: code.contact_masked ?? '',
    triesLeft,
    wrong,
    isExpired: isExpired(code),
    again,
    progress: progress(found, 'questions'),
  }
}

const passkey = (found: PortalCase, refused: boolean): Step => ({
  kind: 'passkey',
  refused,
  triesLeft: found.passkey.triesLeft,
  progress: progress(found, 'questions'),
})

const providerSignIn = (found: PortalCase): Step =>
  found.signIn === null
    ? waiting(found, 'score')
    : { kind: 'provider_sign_in', ...found.signIn, progress: progress(found, 'questions') }

const push = (found: PortalCase): Step =>
  found.push === null
    ? waiting(found, 'score')
    : {
        kind: 'push',
        ...found.push,
        phrase: phraseWordsOf(found.verification.id),
        progress: progress(found, 'questions'),
      }

const recoverySheet = (found: PortalCase, problem: 'mistyped' | 'wrong' | null): Step => ({
  kind: 'recovery_sheet',
  problem,
  triesLeft: found.sheet.triesLeft,
  progress: progress(found, 'questions'),
})

const asked = (
  found: PortalCase,
  plan: QuestionPlan,
  route: NonNullable<PortalCase['plan']>['route'],
  position: number,
  { wrongCode = false, refusedPasskey = false, recoveryCode }: StepContext,
): Step => {
  if (route === 'passkey') return passkey(found, refusedPasskey)
  if (route === 'provider_sign_in') return providerSignIn(found)
  if (route === 'push') return push(found)
  if (route === 'recovery_sheet') return recoverySheet(found, recoveryCode ?? null)
  if (route === 'second_contact' || plan.route !== 'questions') return secondCode(found, wrongCode)
  return question(found, plan, position)
}

const answering = (
  found: PortalCase,
  caller: PortalCaller,
  plan: QuestionPlan | null,
  context: StepContext,
): Step => {
  if (found.plan === null || plan === null) return waiting(found, 'score')
  // The row's route: after questions that did not suffice it turns to a second contact, whatever was planned.
  const { route, gate, completed_at: completedAt, current_position: position } = found.plan
  if (gate === null && completedAt === null)
    return { kind: 'checking', nonce: caller.probeNonce, progress: progress(found, 'checking') }
  if (completedAt !== null || route === 'none') return vouching(found) ?? waiting(found, 'score')
  return asked(found, plan, route, position, context)
}

/** The page remembers this of the call that led here. */
export type StepContext = {
  /** Rules that the last password broke, or `directory`. */
  readonly refusedBy?: readonly string[]
  /** The last second code was wrong. */
  readonly wrongCode?: boolean
  /** The last answer of a passkey was not taken. */
  readonly refusedPasskey?: boolean
  /** The last code of a printed sheet was mistyped, or does not count. */
  readonly recoveryCode?: 'mistyped' | 'wrong'
}

/** The step to render: a pure function of the case, so that a reload resumes where it was. */
export const stepOf = (
  found: PortalCase,
  caller: PortalCaller,
  plan: QuestionPlan | null,
  context: StepContext = {},
): Step => {
  const { state } = found.verification
  if (state === 'closed') return closed(found, caller, context.refusedBy ?? [])
  if (!caller.isLive) return ended(found, ofReporter(found, overBecause(caller)))
  if (state === 'scored' || state === 'awaiting_decision')
    return vouching(found) ?? waiting(found, 'decision')
  return answering(found, caller, plan, context)
}
