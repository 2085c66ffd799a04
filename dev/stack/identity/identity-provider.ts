/**
 * The demo organisation's identity provider: staff sign in to the console here by OpenID Connect, and a page lets an
 * employee try a password against the demo directory, so that a reset can be seen from outside.
 *
 * It asks for a password and nothing else, and says so in `amr`: the console therefore shows that such an install is
 * below the bar (F5).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import Provider from 'oidc-provider'
import { z } from 'zod'
import {
  identityPolicy,
  renderPage,
  renderSignInForm,
  renderStatus,
  type PageOptions,
} from './identity-pages.ts'
import { createSecondStep, SecondForm, type SecondStep } from './second-step.ts'
import { configure, DEMO_ACR, wordsOf } from './identity-configuration.ts'
import type { IdentityProviderOptions, StaffAccount } from './identity-options.ts'
import { closeServer, isCrossOrigin, listenOnLoopback, readText } from '../loopback-http.ts'

/** The way in which a person signed in (RFC 8176), which is the truth about this page; an app adds `otp`. */
const DEMO_AMR = ['pwd']

const SignIn = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1024) })

export type {
  DemoAccounts,
  IdentityProviderOptions,
  PasswordAnswer,
  StaffAccount,
} from './identity-options.ts'

export interface RunningIdentityProvider {
  issuer: string
  /** The page on which an employee tries a password. */
  employeePage: string
  stop(): Promise<void>
}

interface Context {
  /** The accounts that have signed in since the start, by `sub`. */
  signedIn: Map<string, StaffAccount>
  second: SecondStep | null
  options: IdentityProviderOptions
  provider: Provider
  policy: string
}

/** Starts the provider, on 127.0.0.1 unless TLS is given. Sign-ins in progress live in memory; keys are given, so tokens outlive a restart. */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<RunningIdentityProvider> {
  const { tls, port } = options
  const issuer = tls?.issuer ?? `http://127.0.0.1:${String(port)}`
  const signedIn = new Map<string, StaffAccount>()
  const provider = new Provider(issuer, configure(options, signedIn))
  const policy = identityPolicy(options.client.redirectUris.map((uri) => new URL(uri).origin))
  const second = options.factors === undefined ? null : createSecondStep(options.factors)
  const context = { options, provider, policy, signedIn, second }
  const handleProtocol = provider.callback()
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    route(context, message, response).then(
      async (isHandled) => {
        if (!isHandled) await handleProtocol(message, response)
      },
      () => {
        const words = wordsOf(message)
        send(context, response, 400, { title: words.problemTitle, body: renderStatus(words.over), words })
      },
    )
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  await (tls === undefined
    ? listenOnLoopback(server, port)
    : new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve)))
  return { issuer, employeePage: `${issuer}/employee`, stop: () => closeServer(server) }
}

/** Our own pages; everything else is the protocol's. */
async function route(context: Context, message: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = pathOf(message)
  const uid = /^\/interaction\/[\w-]+$/.test(path)
  if (!uid && path !== '/employee') return false
  const page = pageOf(context, message, uid)
  if (message.method === 'GET') {
    if (uid) await context.provider.interactionDetails(message, response)
    send(context, response, 200, page.form())
    return true
  }
  if (message.method !== 'POST' || isCrossOrigin(message)) {
    send(context, response, 405, page.status(page.words.notHere))
    return true
  }
  const fields = Object.fromEntries(new URLSearchParams(await readText(message)))
  const typed = 'ticket' in fields ? SecondForm.parse(fields) : SignIn.parse(fields)
  const answered = await firstOrSecond(context, message, response, typed)
  if (answered === null) return true
  if (uid) await signInStaff(context, message, response, answered)
  else showSignedIn(context, message, response, answered)
  return true
}

/** An account that has taken every step that there is, and how. */
interface SignedIn {
  login: string
  hasSecond: boolean
  isNew: boolean
}

/** Looks at a password or at a second step. Null: a page that asks for more, or says no, was sent. */
function firstOrSecond(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  typed: z.infer<typeof SignIn> | z.infer<typeof SecondForm>,
): Promise<SignedIn | null> {
  return 'ticket' in typed
    ? takeSecond(context, message, response, typed)
    : takePassword(context, message, response, typed)
}

async function takeSecond(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  typed: z.infer<typeof SecondForm>,
): Promise<SignedIn | null> {
  const page = pageOf(context, message, pathOf(message) !== '/employee')
  const answer = await context.second?.submit(typed, page.words, pathOf(message))
  if (answer?.kind === 'in') return { login: answer.login, hasSecond: true, isNew: answer.isNew }
  if (answer?.kind === 'form') send(context, response, answer.isRefused ? 401 : 200, page.more(answer.body))
  else send(context, response, 401, page.form({ alert: page.words.over }))
  return null
}

async function takePassword(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  { login, password }: z.infer<typeof SignIn>,
): Promise<SignedIn | null> {
  const page = pageOf(context, message, pathOf(message) !== '/employee')
  const answer = await context.options.accounts.checkPassword(login, password)
  if (answer !== 'ok') {
    send(context, response, 401, page.form({ alert: page.words.answers[answer], login }))
    return null
  }
  const next = await context.second?.after(login, page.words, pathOf(message))
  if (next?.kind !== 'form') return { login, hasSecond: false, isNew: false }
  send(context, response, 200, page.more(next.body))
  return null
}

async function signInStaff(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  { login, hasSecond }: SignedIn,
): Promise<void> {
  const { provider, options } = context
  const { params } = await provider.interactionDetails(message, response)
  const isForAll = options.client.employeeRedirectUris?.some((uri) => uri === params['redirect_uri']) === true
  const find = (): Promise<StaffAccount | undefined> =>
    isForAll ? options.accounts.findEmployeeAccount(login) : options.accounts.findStaffAccount(login)
  const account = await find()
  if (account) {
    context.signedIn.set(account.sub, account)
    const amr = hasSecond ? [...DEMO_AMR, 'otp'] : DEMO_AMR
    const result = { login: { accountId: account.sub, acr: DEMO_ACR, amr, remember: false } }
    await provider.interactionFinished(message, response, result, { mergeWithLastSubmission: false })
    return
  }
  const page = pageOf(context, message, true)
  send(context, response, 401, page.form({ alert: page.words.noStaff, login }))
}

/** The employee's page says what the steps were, and offers a first second step where there is none. */
function showSignedIn(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  { login, hasSecond, isNew }: SignedIn,
): void {
  const page = pageOf(context, message, false)
  const { answers, second } = page.words
  if (hasSecond) {
    send(context, response, 200, page.status(isNew ? second.enrolled : second.in))
    return
  }
  const offer = context.second?.offer(login, page.words, pathOf(message))
  const form = offer?.kind === 'form' ? `<h2>${second.offer}</h2>${offer.body}` : ''
  send(context, response, 200, page.more(`${renderStatus(answers.ok)}${form}`))
}

const pathOf = ({ url }: IncomingMessage): string => (url ?? '/').split('?')[0] ?? '/'

/** The page that answers, in the language of the browser that asks. */
function pageOf({ options }: Context, message: IncomingMessage, isStaff: boolean) {
  const words = wordsOf(message)
  const title = isStaff ? words.staffTitle : words.employeeTitle
  const hint = isStaff ? options.hint?.(words) : words.employeeHint
  const form = (more: { alert?: string; login?: string } = {}): PageOptions => {
    const body = renderSignInForm({
      action: pathOf(message),
      words,
      ...more,
      ...(hint === undefined ? {} : { hint }),
    })
    return { title, body, words }
  }
  const more = (body: string): PageOptions => ({ title, body, words })
  return {
    words,
    form,
    more,
    status: (text: string): PageOptions => ({ title, body: renderStatus(text), words }),
  }
}

function send({ policy }: Context, response: ServerResponse, status: number, page: PageOptions): void {
  if (response.headersSent) return
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .end(renderPage(page))
}
