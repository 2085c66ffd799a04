/**
 * The part of privacyIDEA's documented contract that Countersign uses, answered from memory: sign-in of the service account,
 * trigger, poll and the last word. One suite of cases runs against this and against a real server (activities/push/testing).
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Challenge, PushStore } from './push-store.ts'

/** A request as it came in. */
export type ServerRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The fields of a form. */
  readonly body: unknown
}

/** The answer to it. */
export type ServerAnswer = { readonly status: number; readonly body: object }

/** The one account that may trigger pushes. */
export type ServiceAccount = { readonly user: string; readonly password: string }

const SignIn = z.strictObject({ username: z.string().max(200), password: z.string().max(1_000) })
const Trigger = z.strictObject({
  user: z.string().max(200),
  realm: z.string().max(200),
  type: z.literal('push'),
})
const Poll = z.strictObject({ transaction_id: z.string().max(100) })
const Check = z.strictObject({
  user: z.string().max(200),
  realm: z.string().max(200),
  transaction_id: z.string().max(100),
  pass: z.literal(''),
})

const ok = (value: unknown, detail: object | null = null, more: object = {}): ServerAnswer => ({
  status: 200,
  body: { jsonrpc: '2.0', id: 1, detail, result: { status: true, value, ...more } },
})
const refused = (status: number, code: number, message: string): ServerAnswer => ({
  status,
  body: { jsonrpc: '2.0', id: 1, detail: null, result: { status: false, error: { code, message } } },
})
const noUser = refused(400, 904, 'ERR904: The user can not be found in any resolver in this realm!')

const described = ({ transaction, phone, number }: Challenge): object => ({
  ...{ client_mode: 'poll', type: 'push', serial: phone.serial, transaction_id: transaction },
  message: 'Please confirm the authentication on your mobile device!',
  ...(number === null ? {} : { presence_answer: number }),
})

/** The agent that asks is the text that the phone shows, as the policy of docs/pushes.md has it (`{ua_string}`). */
const textOf = ({ headers }: ServerRequest): string => String(headers['user-agent'] ?? '').slice(0, 300)

const pollOf = (store: PushStore, request: ServerRequest): ServerAnswer => {
  const { transaction_id } = Poll.parse(Object.fromEntries(request.url.searchParams))
  const answers = store.ofTransaction(transaction_id).map(({ answer }) => answer)
  if (answers.includes('accept')) return ok(true, { challenge_status: 'accept' })
  const refusal = answers.find((answer) => answer !== null)
  return ok(false, { challenge_status: refusal ?? 'pending' })
}

const checkOf = (store: PushStore, { body }: ServerRequest): ServerAnswer => {
  const { user, realm, transaction_id } = Check.parse(body)
  if (store.realm(realm)?.isAccount(user) !== true) return noUser
  const approved = store
    .ofTransaction(transaction_id)
    .find(({ answer, phone }) => answer === 'accept' && phone.realm === realm && phone.user === user)
  if (approved === undefined) return ok(false, { message: 'wrong otp value' }, { authentication: 'REJECT' })
  store.forget(transaction_id)
  const { serial } = approved.phone
  return ok(true, { serial, type: 'push', message: 'Found matching challenge' }, { authentication: 'ACCEPT' })
}

const triggerOf = (store: PushStore, request: ServerRequest): ServerAnswer => {
  const { user, realm } = Trigger.parse(request.body)
  const found = store.realm(realm)
  if (found?.isAccount(user) !== true) return noUser
  const sent = store.push(found, user, textOf(request))
  return ok(sent.length, sent.length === 0 ? {} : { multi_challenge: sent.map(described) })
}

/** Makes a server of a store: the function answers each request. */
export const createPushAnswers = (store: PushStore, account: ServiceAccount) => {
  const tokens = new Set<string>()
  const signIn = ({ body }: ServerRequest): ServerAnswer => {
    const { username, password } = SignIn.parse(body)
    if (username !== account.user || password !== account.password)
      return refused(401, 4031, 'Authentication failure. Wrong credentials')
    const token = randomBytes(24).toString('base64url')
    tokens.add(token)
    return ok({ token, role: 'admin', username })
  }
  const trigger = (request: ServerRequest): ServerAnswer =>
    tokens.has(String(request.headers['pi-authorization'] ?? ''))
      ? triggerOf(store, request)
      : refused(401, 4033, 'Authentication failure. Error during decoding your token')
  const routes: Readonly<Record<string, (request: ServerRequest) => ServerAnswer>> = {
    'POST /auth': signIn,
    'POST /validate/triggerchallenge': trigger,
    'GET /validate/polltransaction': (request) => pollOf(store, request),
    'POST /validate/check': (request) => checkOf(store, request),
  }
  return (request: ServerRequest): ServerAnswer => {
    const route = routes[`${request.method} ${request.url.pathname}`]
    if (route === undefined) return refused(404, 4044, 'The requested URL was not found on the server.')
    try {
      return route(request)
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      return refused(400, 905, 'ERR905: Missing or unknown parameter')
    }
  }
}
