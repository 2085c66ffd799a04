import type { Refusal, RefusalCode } from '#domain/refusal.ts'
import type { Logger } from '#platform/process/log.ts'
import { InvalidInput, Refused, Unavailable } from '../errors.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Ctx, Step } from '../state.ts'

/** Status and title of each refusal; a new code does not compile until it is here. */
export const refusalAnswers: Readonly<Record<RefusalCode, readonly [status: number, title: string]>> = {
  not_found: [404, 'There is nothing here'],
  not_permitted: [403, 'Your role does not allow this'],
  sign_in_required: [401, 'Sign in first'],
  api_key_required: [401, 'A key of an API client is needed'],
  scope_missing: [403, 'This key is not good for that'],
  session_ended: [401, 'The session has ended'],
  state_does_not_allow: [409, 'The verification is not in a state that allows this'],
  verification_closed: [409, 'The verification is closed'],
  already_decided: [409, 'The verification is already decided'],
  evidence_missing: [409, 'Evidence that the policy demands is missing'],
  second_approval_required: [409, 'A second person has to approve'],
  not_second_approver: [403, 'You may not give second approvals'],
  first_approver: [403, 'You gave the first approval: somebody else gives the second'],
  started_by_you: [403, 'You started this case: somebody else gives the second approval'],
  in_starters_line: [403, 'Not for a manager or report of who started the case'],
  first_approval_over: [409, 'The first approval no longer stands'],
  policy_and_cases: [403, 'Not by who did the other within a day'],
  privilege_differs: [409, 'The directory says something else of the account now'],
  passkey_required: [403, 'Set up a passkey first'],
  supervisor_required: [403, 'A supervisor has to do this'],
  own_case: [403, 'Not for yourself, your manager or your reports'],
  own_part: [403, 'Whoever started or decided what was reported does not do this'],
  asked_to_vouch: [403, 'Whoever was asked to vouch in this case does not handle it'],
  contact_not_on_file: [409, 'This contact is not on file'],
  contact_not_allowed: [409, 'The policy does not allow this contact'],
  contact_changed: [409, 'The contact has changed'],
  never_via_help_desk: [403, 'This account is never handled by the help desk'],
  account_disabled: [409, 'The account is disabled in its directory'],
  purpose_not_offered: [409, 'The directory of this person does not offer this purpose'],
  send_limit_reached: [429, 'Too many messages were sent'],
  agent_limit_reached: [429, 'Your limit is reached'],
  view_limit_reached: [409, 'There are as many saved views as there may be'],
  participant_blocked: [409, 'Nothing can be started for this person at the moment'],
  open_verification_exists: [409, 'This person already has an open verification'],
  link_unusable: [404, 'This link cannot be used'],
  code_wrong: [409, 'The code is not right'],
  approver_unavailable: [409, 'Nobody can be asked to vouch'],
  approver_named_already: [409, 'This person is named for it already'],
  code_exhausted: [409, 'The code can no longer be used'],
  question_over: [409, 'This question is over'],
  step_over: [409, 'This step is over'],
  passkey_refused: [409, 'This passkey is not accepted'],
  step_up_required: [403, 'Confirm with your passkey first'],
  sign_in_again_required: [403, 'Sign in again first'],
  password_refused: [409, 'This password is not accepted'],
  grant_unusable: [409, 'The permission can no longer be used'],
  directory_refused: [409, 'The directory refused'],
  directory_cannot: [409, 'The directory cannot do this'],
  account_not_locked: [409, 'The account is not locked'],
  idempotency_key_reused: [409, 'This key was used for another request'],
  policy_changed: [409, 'The policy has changed since'],
  proposal_over: [409, 'The proposal is decided, expired or out of date'],
  second_person_required: [409, 'Another person has to do this'],
  account_not_linked: [403, 'Your account is not linked to a person'],
  other_not_linked: [409, 'The other account is not linked to a person'],
  protection_unchanged: [409, 'The list stands there already'],
  threat_unchanged: [409, 'The switch stands there already'],
  import_over: [409, 'The import is not waiting for this'],
  imports_open: [409, 'Too many imports are not over yet'],
  drop_not_confirmed: [409, 'Say that so many facts may go'],
  too_many_requests: [429, 'Too many requests'],
}

/** Codes that a participant's browser has to distinguish in order to continue; all others look alike there (C17, H1). */
const portalCodes: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'session_ended',
  'sign_in_required',
  'question_over',
  'passkey_refused',
  'password_refused',
  'too_many_requests',
])

/** The code for a caller outside the console: on public routes, one answer for every state of a link. */
export const collapsed = (code: RefusalCode, surface: 'portal' | 'public'): RefusalCode => {
  if (surface === 'public') return code === 'too_many_requests' ? code : 'link_unusable'
  return portalCodes.has(code) ? code : 'step_over'
}

const inputTitles: Readonly<Record<number, string>> = {
  400: 'The request has the wrong shape',
  403: 'The request did not come from our own page',
  404: 'There is nothing here',
  405: 'This method is not offered here',
  413: 'The request is too large',
  415: 'Only application/json is accepted',
  422: 'Some fields are not right',
}

type Part = Omit<Problem, 'type' | 'requestId'> & { readonly retryAfter?: number }

const isPublic = (ctx: Ctx): boolean => ctx.path.startsWith('/api/public/')

/** Seconds until it may be tried again, where the refusal says when. */
const retryAfter = ({ slots }: Refusal): number =>
  typeof slots?.again === 'string'
    ? Math.max(1, Math.ceil((Date.parse(slots.again) - Date.now()) / 1_000))
    : 60

const ofRefusal = (ctx: Ctx, error: Refused, isConsole: boolean): Part => {
  ctx.state.refusal = error.refusal.code
  const code = isConsole
    ? error.refusal.code
    : collapsed(error.refusal.code, isPublic(ctx) ? 'public' : 'portal')
  const [status, title] = refusalAnswers[code]
  const slots = isConsole && error.refusal.slots !== undefined ? { slots: { ...error.refusal.slots } } : {}
  return {
    status,
    title,
    code,
    ...slots,
    ...(status === 429 ? { retryAfter: retryAfter(error.refusal) } : {}),
  }
}

const ofError = (ctx: Ctx, error: unknown, isConsole: boolean): Part | null => {
  if (error instanceof Refused) return ofRefusal(ctx, error, isConsole)
  if (error instanceof InvalidInput) {
    const { status, code, issues } = error
    ctx.state.refusal = code
    return { status, code, title: inputTitles[status] ?? 'Not accepted', issues: [...issues] }
  }
  if (error instanceof Unavailable) {
    const title = 'A part of the service does not answer; try again'
    return { status: 503, code: 'unavailable', title, retryAfter: error.retryAfterSeconds }
  }
  return null
}

/** Writes a problem document. On public routes it carries no request id: equal refusals are equal bytes (C17). */
export const writeProblem = (ctx: Ctx, part: Part): void => {
  const { retryAfter, ...rest } = part
  const problem: Problem = {
    type: 'about:blank',
    ...rest,
    requestId: isPublic(ctx) ? '' : ctx.state.requestId,
  }
  ctx.status = part.status
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8')
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter))
  ctx.body = JSON.stringify(problem)
}

/** Answers a request that no route takes: nothing is there, or the path offers another method. */
const writeMissing = (ctx: Ctx): void => {
  if (ctx.body != null || ctx.respond === false) return
  if (ctx.status === 404)
    writeProblem(ctx, { status: 404, code: 'not_found', title: 'There is nothing here' })
  if (ctx.status === 405 || ctx.status === 501)
    writeProblem(ctx, { status: 405, code: 'method_not_allowed', title: inputTitles[405] ?? '' })
}

/**
 * The one place where an error becomes an answer. What it does not know is a bug: 500 with the request's id, and the
 * detail in the log only.
 */
export const problemResponder =
  (options: { readonly log: Logger; readonly isConsole: boolean }): Step =>
  async (ctx, next) => {
    try {
      await next()
      writeMissing(ctx)
    } catch (error) {
      if (ctx.res.headersSent) {
        ctx.res.destroy()
        return
      }
      const known = ofError(ctx, error, options.isConsole)
      if (known === null)
        options.log.error('request failed', {
          requestId: ctx.state.requestId,
          route: ctx.state.routeName,
          error,
        })
      writeProblem(ctx, known ?? { status: 500, code: 'internal', title: 'Something went wrong on our side' })
    }
  }
