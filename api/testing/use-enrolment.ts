/** The page where people set up a passkey in advance, for the tests of one file: its provider is a double. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import { createAuthenticator } from '#platform/testing/authenticator.ts'
import { participantCallbackPath } from '../auth/participant-routes.ts'
import type { Identity, SignIn, SignInHow } from '../auth/sign-in-port.ts'
import { enrolmentCookie, participantSignInCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest, type Answer } from './http.ts'
import { addPerson, addTenant, callPortal } from './test-api.ts'
import { useTestApi } from './use-test-api.ts'

const issuer = 'https://sign-in.example.org'

/** The provider of the test: whom it says it saw, and what it was asked. */
type Provider = {
  begun: { state: string; how: SignInHow | undefined }[]
  finished: number
  isDown: boolean
  identity: Identity | null
}

/** A person whom the provider knows by an account. */
export type Enrolling = Awaited<ReturnType<typeof addPerson>> & { readonly account: string }

/** Call at the top level: an organisation that lets its people set up a passkey, and the calls of their browsers. */
export const useEnrolment = () => {
  const provider: Provider = { begun: [], finished: 0, isDown: false, identity: null }
  const signIn: Pick<SignIn, 'begin' | 'finish'> = {
    begin: (how) => {
      if (provider.isDown) return Promise.reject(new TypeError('fetch failed'))
      const state = `state-${randomUUID()}`
      provider.begun.push({ state, how })
      return Promise.resolve({ url: `${issuer}/auth`, state, nonce: 'nonce', codeVerifier: 'verifier' })
    },
    finish: () => {
      provider.finished += 1
      return provider.isDown
        ? Promise.reject(new TypeError('fetch failed'))
        : Promise.resolve(provider.identity)
    },
  }

  const api = useTestApi({ deps: { participantSignIn: signIn } })
  let tenantId = ''

  const setPolicy = (of: string, signInRules: object = {}) =>
    api.owner.run(
      `update policies set document = jsonb_set(document, '{signIn}', document -> 'signIn' || $2) where tenant_id = $1`,
      [of, JSON.stringify({ enrolPasskeys: true, acrValues: [], ...signInRules })],
    )
  const withProvider = (of: string) =>
    api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [of, issuer])

  beforeAll(async () => {
    tenantId = (await addTenant(api)).id
    await withProvider(tenantId)
  })
  beforeEach(async () => {
    await setPolicy(tenantId)
    await api.owner.run('delete from rate_limits')
  })
  afterEach(() => {
    Object.assign(provider, { begun: [], finished: 0, isDown: false, identity: null })
  })

  const addAda = async (row: object = {}, of = tenantId): Promise<Enrolling> => {
    const account = `sub-${randomUUID()}`
    return {
      ...(await addPerson(api, of, { display_name: 'Ada Lindt', sign_in_subject: account, ...row })),
      account,
    }
  }
  const identityOf = (account: string, more: Partial<Identity> = {}): Identity => ({
    ...{ issuer, subject: account, account, amr: ['pwd', 'otp'], acr: null, verifiedEmail: null },
    authenticatedAt: Math.floor(Date.now() / 1000),
    ...more,
  })

  const call = (path: string, body: object = {}, cookie?: string) =>
    callPortal(api, null, `/api/public/enrolment/${path}`, {
      body,
      ...(cookie === undefined ? {} : { headers: { cookie } }),
    })
  const own = (session: string) => `${enrolmentCookie}=${session}`
  const begin = async () => {
    const answer = await call('sign-in')
    return {
      answer,
      cookie: cookieOf(answer, participantSignInCookie) ?? '',
      state: provider.begun.at(-1)?.state ?? '',
    }
  }
  const back = (cookie: string, state: string, name = participantSignInCookie): Promise<Answer> =>
    rawRequest(api.ports.portal, {
      path: `${participantCallbackPath}?code=abc&state=${state}`,
      headers: { host: new URL(api.portalUrl).host, cookie: `${name}=${cookie}` },
    })
  /** The whole way to the provider and back; gives the session's cookie, or '' and why there is none. */
  const enter = async (as: Identity | null) => {
    provider.identity = as
    const { cookie, state } = await begin()
    const answer = await back(cookie, state)
    return {
      session: cookieOf(answer, enrolmentCookie) ?? '',
      said: /\?said=(\w+)"/.exec(answer.text)?.[1] ?? null,
      answer,
    }
  }
  const party = () => ({ id: 'portal.localhost', origin: api.portalUrl })
  const add = async (session: string) => {
    const creation = (await call('passkey/begin', {}, own(session))).json
    const key = createAuthenticator(party())
    return { key, creation, answer: await call('passkey', key.register(creation.challenge), own(session)) }
  }
  const passkeysOf = ({ id }: Pick<Enrolling, 'id'>) =>
    api.owner.query<Record<string, unknown>>('select * from passkeys where person_id = $1', [id])
  const eventsOf = async ({ id }: Pick<Enrolling, 'id'>) =>
    (await api.owner.query<{ type: string }>('select type from audit where object_id = $1', [id])).map(
      ({ type }) => type,
    )

  return {
    ...{
      api,
      provider,
      setPolicy,
      withProvider,
      addAda,
      identityOf,
      call,
      own,
      begin,
      back,
      enter,
      party,
      add,
    },
    ...{ passkeysOf, eventsOf },
    get tenantId() {
      return tenantId
    },
  }
}
