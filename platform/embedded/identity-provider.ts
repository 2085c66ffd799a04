/**
 * The demo organisation's identity provider: staff sign in to the console here by OpenID Connect, and a page lets an
 * employee try a password against the demo directory, so that a reset can be seen from outside.
 *
 * It asks for a password and nothing else, and says so in `amr`: the console therefore shows that such an install is
 * below the bar (security.md F5).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Provider, { type Configuration } from 'oidc-provider'
import { z } from 'zod'
import {
  identityPolicy,
  renderPage,
  renderSignInForm,
  renderStatus,
  type PageOptions,
} from './identity-pages.ts'
import { identityWords, type IdentityWords } from './identity-words.ts'
import { createIdentityStore } from './identity-store.ts'
import type { IdentityKeys } from './keys.ts'
import { closeServer, isCrossOrigin, listenOnLoopback, readText } from './loopback-http.ts'

/** How staff signed in: by password (RFC 8176), which is the truth about this page. */
const DEMO_ACR = 'urn:countersign:demo:password'
const DEMO_AMR = ['pwd']

const HOURS = 3600
const SignIn = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1024) })

export type PasswordAnswer = 'ok' | 'wrong' | 'locked' | 'disabled'

export interface StaffAccount {
  sub: string
  name: string
  email: string
}

/** What the provider needs to know about people; the demo directory answers. */
export interface DemoAccounts {
  checkPassword(login: string, password: string): Promise<PasswordAnswer>
  /** The member of staff with this login, or undefined for everybody else. */
  findStaffAccount(login: string): Promise<StaffAccount | undefined>
  /** Anybody with this login, as the directory knows them. */
  findEmployeeAccount(login: string): Promise<StaffAccount | undefined>
}

export interface IdentityProviderOptions {
  port: number
  keys: IdentityKeys
  accounts: DemoAccounts
  client: {
    id: string
    secret: string
    redirectUris: readonly string[]
    /** The one of them to which everybody may sign in, not staff alone. */
    employeeRedirectUri?: string
    postLogoutRedirectUris: readonly string[]
    /** Where the console hears that somebody has signed out here. */
    backChannelLogoutUri: string
  }
  /** Shown below the staff sign-in form: the demo accounts. */
  hint?: (words: IdentityWords) => string
}

export interface RunningIdentityProvider {
  issuer: string
  /** Where an employee tries a password. */
  employeePage: string
  stop(): Promise<void>
}

interface Context {
  /** Who has signed in since the start, by `sub`. */
  signedIn: Map<string, StaffAccount>
  options: IdentityProviderOptions
  provider: Provider
  policy: string
}

/** Starts the provider on 127.0.0.1. Sign-ins in progress live in memory; keys are given, so tokens outlive a restart. */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<RunningIdentityProvider> {
  const issuer = `http://127.0.0.1:${String(options.port)}`
  const signedIn = new Map<string, StaffAccount>()
  const provider = new Provider(issuer, configure(options, signedIn))
  const policy = identityPolicy(options.client.redirectUris.map((uri) => new URL(uri).origin))
  const context = { options, provider, policy, signedIn }
  const handleProtocol = provider.callback()
  const server = createServer((message, response) => {
    route(context, message, response).then(
      async (isHandled) => {
        if (!isHandled) await handleProtocol(message, response)
      },
      () => {
        const words = wordsOf(message)
        send(context, response, 400, { title: words.problemTitle, body: renderStatus(words.over), words })
      },
    )
  })
  await listenOnLoopback(server, options.port)
  return { issuer, employeePage: `${issuer}/employee`, stop: () => closeServer(server) }
}

function configure(
  { keys, client }: IdentityProviderOptions,
  signedIn: Map<string, StaffAccount>,
): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...client.postLogoutRedirectUris],
        backchannel_logout_uri: client.backChannelLogoutUri,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    adapter: createIdentityStore(),
    jwks: { keys: keys.jwks.keys },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: {
      keys: [...keys.cookieKeys],
      names: { interaction: 'idp_interaction', resume: 'idp_resume', session: 'idp_session' },
    },
    acrValues: [DEMO_ACR],
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource },
      backchannelLogout: { enabled: true },
    },
    // The library keeps requests from addresses like this machine's own. The one that is made here is the sign-out to the
    // console, whose address is no input.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { Interaction: HOURS, Session: 12 * HOURS, Grant: 12 * HOURS, IdToken: HOURS, AccessToken: HOURS },
    loadExistingGrant: grantWithoutAsking,
    findAccount: (_ctx, sub) => {
      const found = signedIn.get(sub)
      return found && { accountId: sub, claims: () => ({ ...found, email_verified: true }) }
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      const words = wordsOf(ctx.req)
      ctx.body = renderPage({
        title: words.problemTitle,
        body: renderStatus(words.notServed(out.error)),
        words,
      })
    },
  }
}

/** The console is the organisation's own: nobody is asked whether it may know their name. */
const grantWithoutAsking: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider, params } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  const scope = params?.['scope']
  grant.addOIDCScope(typeof scope === 'string' ? scope : 'openid')
  await grant.save()
  return grant
}

type LogoutSource = NonNullable<
  NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>['logoutSource']
>

const logoutSource: LogoutSource = (ctx, form) => {
  const words = wordsOf(ctx.req)
  const button = `<button form="op.logoutForm" name="logout" value="yes">${words.signOut}</button>`
  ctx.body = renderPage({ title: words.signOutTitle, body: form + button, words })
}

const wordsOf = ({ headers }: IncomingMessage): IdentityWords => identityWords(headers['accept-language'])

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
  const typed = SignIn.parse(Object.fromEntries(new URLSearchParams(await readText(message))))
  if (uid) await signInStaff(context, message, response, typed)
  else await tryPassword(context, message, response, typed)
  return true
}

async function signInStaff(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  { login, password }: z.infer<typeof SignIn>,
): Promise<void> {
  const { provider, options } = context
  const { params } = await provider.interactionDetails(message, response)
  const answer = await options.accounts.checkPassword(login, password)
  const isForAll = params['redirect_uri'] === options.client.employeeRedirectUri
  const find = (): Promise<StaffAccount | undefined> =>
    isForAll ? options.accounts.findEmployeeAccount(login) : options.accounts.findStaffAccount(login)
  const account = answer === 'ok' ? await find() : undefined
  if (account) {
    context.signedIn.set(account.sub, account)
    const result = { login: { accountId: account.sub, acr: DEMO_ACR, amr: DEMO_AMR, remember: false } }
    await provider.interactionFinished(message, response, result, { mergeWithLastSubmission: false })
    return
  }
  const page = pageOf(context, message, true)
  const alert = answer === 'ok' ? page.words.noStaff : page.words.answers[answer]
  send(context, response, 401, page.form({ alert, login }))
}

async function tryPassword(
  context: Context,
  message: IncomingMessage,
  response: ServerResponse,
  { login, password }: z.infer<typeof SignIn>,
): Promise<void> {
  const answer = await context.options.accounts.checkPassword(login, password)
  const page = pageOf(context, message, false)
  const { answers } = page.words
  if (answer === 'ok') send(context, response, 200, page.status(answers.ok))
  else send(context, response, 401, page.form({ alert: answers[answer], login }))
}

const pathOf = ({ url }: IncomingMessage): string => (url ?? '/').split('?')[0] ?? '/'

/** What a page can be answered with, in the language of the browser that asks. */
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
  return { words, form, status: (text: string): PageOptions => ({ title, body: renderStatus(text), words }) }
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
