import { decodeProtectedHeader } from 'jose'
import * as oidc from 'openid-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type PasswordAnswer,
  type RunningIdentityProvider,
  startIdentityProvider,
} from './identity-provider.ts'
import { createIdentityKeys } from '../keys.ts'
import { pickFreePort } from '../ports.ts'

const redirectUri = 'http://localhost:3700/auth/callback'
const employeeRedirectUri = 'http://127.0.0.1:3710/auth/approver/callback'
const keys = createIdentityKeys()
const people: Record<string, { password: string; staff: boolean; state?: PasswordAnswer }> = {
  dana: { password: 'demo password', staff: true },
  eve: { password: 'employee password', staff: false },
  lou: { password: 'x', staff: true, state: 'locked' },
}

let provider: RunningIdentityProvider
let config: oidc.Configuration

beforeEach(async () => {
  const port = await pickFreePort()
  provider = await startIdentityProvider({
    port,
    keys,
    accounts: {
      checkPassword: (login, password) =>
        Promise.resolve(people[login]?.state ?? (people[login]?.password === password ? 'ok' : 'wrong')),
      findEmployeeAccount: (login) =>
        Promise.resolve(
          people[login] && { sub: `person-${login}`, name: login, email: `${login}@example.com` },
        ),
      findStaffAccount: (login) =>
        Promise.resolve(
          people[login]?.staff
            ? { sub: `staff-${login}`, name: 'Dana D.', email: 'dana@example.com' }
            : undefined,
        ),
    },
    client: {
      id: 'console',
      secret: 'client secret of the test',
      redirectUris: [redirectUri, employeeRedirectUri],
      employeeRedirectUris: [employeeRedirectUri],
      postLogoutRedirectUris: ['http://localhost:3700/'],
      backChannelLogoutUri: 'http://localhost:3700/auth/back-channel-logout',
    },
  })
  config = await oidc.discovery(new URL(provider.issuer), 'console', 'client secret of the test', undefined, {
    execute: [oidc.allowInsecureRequests],
  })
})
afterEach(() => provider.stop())

/** A browser as far as this flow needs one: cookies, redirects by hand. */
function createBrowser(): (url: string, form?: Record<string, string>) => Promise<Response> {
  const cookies = new Map<string, string>()
  return async (url, form) => {
    const response = await fetch(new URL(url, provider.issuer), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    return response
  }
}

async function begin(browse = createBrowser()) {
  const verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const asked = await browse(address.href)
  const form = asked.headers.get('location') ?? ''
  return { browse, form, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } }
}

async function follow(browse: ReturnType<typeof createBrowser>, response: Response): Promise<string> {
  const location = response.headers.get('location') ?? ''
  if (location === '' || location.startsWith(redirectUri)) return location
  return follow(browse, await browse(location))
}

describe('staff sign-in', () => {
  it('ends in an ES256 ID token with name, address and method; its code works once (F7)', async () => {
    const { browse, form, checks } = await begin()
    expect(await (await browse(form)).text()).toContain('<form method="post"')
    const back = await follow(browse, await browse(form, { login: 'dana', password: 'demo password' }))
    const tokens = await oidc.authorizationCodeGrant(config, new URL(back), checks)
    expect(tokens.claims()).toMatchObject({
      iss: provider.issuer,
      sub: 'staff-dana',
      name: 'Dana D.',
      email: 'dana@example.com',
      acr: 'urn:countersign:demo:password',
      amr: ['pwd'],
    })
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('ES256')
    await expect(oidc.authorizationCodeGrant(config, new URL(back), checks)).rejects.toThrow()
  })

  it.each([
    ['dana', 'wrong', 'do not belong together'],
    ['nobody', 'wrong', 'do not belong together'],
    ['lou', 'x', 'locked'],
    ['eve', 'employee password', 'may not use the console'],
  ])('refuses %s with %s', async (login, password, words) => {
    const { browse, form } = await begin()
    const answer = await browse(form, { login, password })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain(words)
  })

  it('refuses another redirect address and a request without PKCE (F7)', async () => {
    const browse = createBrowser()
    const base = { client_id: 'console', response_type: 'code', scope: 'openid', state: 's', nonce: 'n' }
    const foreign = new URLSearchParams({ ...base, redirect_uri: 'http://localhost:3700/elsewhere' })
    expect((await browse(`/auth?${foreign.toString()}`)).status).toBe(400)
    const bare = new URLSearchParams({ ...base, redirect_uri: redirectUri })
    expect((await browse(`/auth?${bare.toString()}`)).headers.get('location')).toContain(
      'error=invalid_request',
    )
  })

  it('refuses a form that another browser was given', async () => {
    const { form } = await begin()
    const answer = await createBrowser()(form, { login: 'dana', password: 'demo password' })
    expect(answer.status).toBe(400)
  })

  it('signs out when the console asks for it', async () => {
    const { browse, form, checks } = await begin()
    const back = await follow(browse, await browse(form, { login: 'dana', password: 'demo password' }))
    const { id_token = '' } = await oidc.authorizationCodeGrant(config, new URL(back), checks)
    const address = oidc.buildEndSessionUrl(config, {
      id_token_hint: id_token,
      post_logout_redirect_uri: 'http://localhost:3700/',
    })
    const page = await (await browse(address.href)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const done = await browse('/session/end/confirm', { xsrf, logout: 'yes' })
    expect(done.headers.get('location')).toMatch(/^http:\/\/localhost:3700\//)
  })
})

describe('the employee page', () => {
  it('tells the current password from any other', async () => {
    const browse = createBrowser()
    const right = await browse('/employee', { login: 'eve', password: 'employee password' })
    expect(await right.text()).toContain('Signed in')
    const wrong = await browse('/employee', { login: 'eve', password: 'old password' })
    expect(wrong.status).toBe(401)
    expect(await wrong.text()).not.toContain('old password')
  })

  it('speaks German to a browser that asks for it first, English to every other', async () => {
    const read = async (accepted: string, form?: Record<string, string>) => {
      const body = form && { method: 'POST', body: new URLSearchParams(form) }
      const headers = { 'accept-language': accepted }
      return (await fetch(new URL('/employee', provider.issuer), { headers, ...body })).text()
    }
    expect(await read('fr,de-AT;q=0.8,en;q=0.5')).toMatch(
      /lang="de"[^]*Anmeldung für Beschäftigte[^]*Passwort/,
    )
    expect(await read('de', { login: 'eve', password: 'x' })).toContain('passen nicht zusammen')
    expect(await read('en-GB,de;q=0.5')).toMatch(/lang="en"[^]*Employee sign-in/)
    expect(await read('fr')).toMatch(/lang="en"[^]*Employee sign-in/)
  })

  it('escapes what was typed', async () => {
    const page = await createBrowser()('/employee', { login: '"><script>', password: 'x' })
    expect(await page.text()).not.toContain('<script>')
  })
})
