/** The participant in `smoke`: opens the link and plays whatever step the portal's API shows next. */
import { z } from 'zod'
import { proofHeader } from '#domain/risk/device-proof.ts'
import { createDeviceKey, type DeviceKey } from '#platform/crypto/device-key.ts'
import { CommandError } from '#cli/command.ts'
import { type Knowledge, Question, replyTo } from './answers.ts'
import { createBrowser, type PageAnswer } from './http.ts'
import type { Inbox } from './inbox.ts'
import { until } from './staff.ts'

const Step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('who_asks'), phrase: z.array(z.string()) }),
  z.object({ kind: z.literal('match_code'), phrase: z.array(z.string()) }),
  z.object({ kind: z.literal('checking'), nonce: z.string() }),
  Question,
  z.object({ kind: z.literal('second_code') }),
  z.object({ kind: z.literal('waiting'), for: z.string() }),
  z.object({ kind: z.literal('new_password') }),
  z.object({ kind: z.literal('ended'), ending: z.string() }),
])
type Step = z.infer<typeof Step>
const Answer = z.object({ step: Step, nonce: z.string().optional() })
const Coded = z.object({ accepted: z.boolean(), answer: Answer })

/** Counts of an answer that was typed: as a person with a keyboard leaves them. */
const summary = {
  keydowns: 4,
  inputs: 4,
  untrusted: [],
  pastes: 0,
  assisted: 0,
  visibleMs: 6_000,
  blurs: 0,
  accessibility: false,
  rhythm: null,
  mouse: { presses: 0, centred: 0 },
}

/** The participant, and the place where their messages go. */
export type Participant = {
  readonly known: Knowledge
  readonly addresses: readonly string[]
  readonly inbox: Inbox
  /** The collector's report; without it none runs. */
  readonly report?: (nonce: string) => unknown
}

type Own = { readonly headers?: Readonly<Record<string, string>>; readonly key?: DeviceKey }

/**
 * Opens the link in a browser of its own, which sends these headers and signs with this key. @throws CommandError when it
 * leads elsewhere
 */
export const openPortal = async (
  portal: URL,
  link: URL,
  { headers = {}, key = createDeviceKey() }: Own = {},
) => {
  if (link.origin !== portal.origin)
    throw new CommandError(`The link leads to ${link.origin}, not to ${portal.origin}: check PORTAL_URL.`)
  const token = link.hash.slice(1)
  const browser = createBrowser(headers)
  const page = await browser.visit(new URL(link.pathname, portal))
  if (page.status !== 200) throw new CommandError(`The portal answers ${String(page.status)}.`)
  let nonce = ''
  const noted = <T extends z.infer<typeof Answer>>(answer: T): T => {
    nonce = answer.nonce ?? nonce
    return answer
  }
  const post = <T>(shape: z.ZodType<T>, path: string, json: unknown): Promise<T> => {
    const act = { method: 'POST', path, nonce, body: JSON.stringify(json) }
    const proof = nonce === '' ? {} : { [proofHeader]: key.act(act, portal.origin) }
    return browser.call(shape, new URL(path, portal), { json, headers: proof })
  }
  const step = async (): Promise<Step> =>
    noted(await browser.call(Answer, new URL('/api/portal/step', portal))).step
  return {
    open: async () => (await post(Answer, '/api/public/links/open', { token })).step,
    /** Any browser may ask again, so an honest participant is never locked out by a scanner. */
    matchCode: async (code: string) => {
      const { accepted, answer } = await post(Coded, '/api/public/links/code', {
        token,
        code,
        language: 'en',
        page: key.page(token, portal.origin),
        summary,
      })
      if (!accepted) throw new CommandError('The right match code was refused.')
      return noted(answer).step
    },
    act: (path: string, json: unknown) =>
      post(Answer, `/api/portal/${path}`, json).then((answer) => noted(answer).step),
    step,
    feedback: () => post(z.unknown(), '/api/portal/feedback', { rating: 'easy', comment: null }),
  }
}

/** A visit of the portal. */
export type PortalVisit = Awaited<ReturnType<typeof openPortal>>

/** Does the participant's part of a step; null where there is nothing to do but wait. */
const play = async (visit: PortalVisit, step: Step, who: Participant): Promise<Step | null> => {
  // No browser, no collector: the same report as from one in which it cannot run.
  if (step.kind === 'checking') return visit.act('checks', { report: who.report?.(step.nonce) ?? null })
  if (step.kind === 'question')
    return visit.act('answer', { position: step.position, reply: replyTo(step, who.known), summary })
  if (step.kind === 'second_code')
    return visit.act('second-code', { code: await who.inbox.code(who.addresses), summary })
  return null
}

/** Far more than any case has. */
const mostSteps = 30

/** Plays checks, questions and second code until a person decides. Returns the route taken, in words. */
export const answerEverything = async (
  visit: PortalVisit,
  first: Step,
  who: Participant,
): Promise<string> => {
  const seen: string[] = []
  let step: Step | null = first
  for (let turn = 0; turn < mostSteps && step !== null; turn += 1) {
    seen.push(step.kind)
    if (step.kind === 'ended') throw new CommandError(`The portal ended early: ${step.ending}.`)
    step = await play(visit, step, who)
  }
  const questions = seen.filter((kind) => kind === 'question').length
  return seen.includes('second_code') ? 'second code' : `${String(questions)} questions`
}

/** Waits for the password page, sets the password, and waits until the directory has it. */
export const setPassword = async (visit: PortalVisit, password: string): Promise<void> => {
  await until(30, 'The page for the new password did not come after the approval.', async () =>
    (await visit.step()).kind === 'new_password' ? true : null,
  )
  await visit.act('password', { password })
  await until(60, 'The portal did not say that the password was changed.', async () => {
    const step = await visit.step()
    if (step.kind === 'new_password') throw new CommandError('The new password was refused.')
    if (step.kind !== 'ended') return null
    if (step.ending !== 'password_changed') throw new CommandError(`The portal ended with ${step.ending}.`)
    return true
  })
}

/** True if the employee's sign-in page takes a password. */
export const takesPassword = async (employee: URL, login: string, password: string): Promise<boolean> => {
  const answer: PageAnswer = await createBrowser().send(employee, { form: { login, password } })
  if (answer.status !== 200 && answer.status !== 401)
    throw new CommandError(`The employee's sign-in page answers ${String(answer.status)}.`)
  return answer.status === 200
}
