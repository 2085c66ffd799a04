import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIdentityProvider, type RunningIdentityProvider } from '#dev/stack/identity/identity-provider.ts'
import { createIdentityKeys } from '#dev/stack/keys.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { createOidcSignIn } from './oidc.ts'
import type { SignIn, SignInStart } from './sign-in-port.ts'

const consoleUrl = 'http://localhost:3700'
const clientSecret = 'client secret of the test'
let provider: RunningIdentityProvider
let signIn: SignIn
/** The provider's messages over its back channel. */
let backChannel: Server
let logoutForm: string | undefined
beforeAll(async () => {
  backChannel = createServer((request, response) => {
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      logoutForm = (logoutForm ?? '') + chunk
    })
    request.on('end', () => response.end())
  })
  await new Promise<void>((resolve) => {
    backChannel.listen(0, '127.0.0.1', resolve)
  })
  provider = await startIdentityProvider({
    port: await pickFreePort(),
    keys: createIdentityKeys(),
    accounts: {
      checkPassword: async (_, password) => (password === 'demo password' ? 'ok' : 'wrong'),
      findEmployeeAccount: async () => undefined,
      findStaffAccount: async (login) => ({
        sub: `staff-${login}`,
        name: 'Dana D.',
        email: 'dana@example.com',
      }),
    },
    client: {
      id: 'console',
      secret: clientSecret,
      redirectUris: [`${consoleUrl}/auth/callback`],
      postLogoutRedirectUris: [`${consoleUrl}/`],
      backChannelLogoutUri: `http://127.0.0.1:${String((backChannel.address() as AddressInfo).port)}/`,
    },
  })
  const issuer = provider.issuer
  signIn = createOidcSignIn({ issuer, clientId: 'console', clientSecret, consoleUrl, allowHttp: true })
})
afterAll(async () => {
  await provider.stop()
  backChannel.close()
})

/** A browser at the provider's pages: it keeps cookies, posts forms, and gives where it is sent and what it is shown. */
const createBrowser = () => {
  const cookies = new Map<string, string>()
  return async (to: string, form?: Record<string, string>): Promise<{ location: string; text: string }> => {
    const response = await fetch(new URL(to, provider.issuer), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    return { location: response.headers.get('location') ?? '', text: await response.text() }
  }
}

/** Signs in as a person would, and gives the address that the provider sends the browser back to. */
const returned = async ({ url }: SignInStart, browse = createBrowser()): Promise<URL> => {
  const form = await browse(url)
  let { location } = await browse(form.location, { login: 'dana', password: 'demo password' })
  while (!location.startsWith(consoleUrl)) ({ location } = await browse(location))
  return new URL(location)
}

describe('F7: sign-in with a real provider', () => {
  it('asks with PKCE S256, state and nonce, for the one registered address', async () => {
    const { url } = await signIn.begin()
    const asked = new URL(url).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('redirect_uri')).toBe(`${consoleUrl}/auth/callback`)
    expect(asked.get('state')?.length).toBeGreaterThanOrEqual(22)
    expect(asked.get('nonce')?.length).toBeGreaterThanOrEqual(22)
  })

  it('gives issuer, subject and methods; a code serves once', async () => {
    const start = await signIn.begin()
    const back = await returned(start)
    const identity = await signIn.finish(back, start)
    expect(identity).toMatchObject({
      issuer: provider.issuer,
      subject: 'staff-dana',
      amr: expect.arrayContaining(['pwd']),
    })
    expect(await signIn.finish(back, start)).toBeNull()
  })

  it('F4: a sign-out at the provider needs no ID token, returns to the console, and reaches us over its back channel', async () => {
    const start = await signIn.begin()
    const browse = createBrowser()
    await signIn.finish(await returned(start, browse), start)
    const out = new URL((await signIn.signOutUrl()) ?? '')
    expect(Object.fromEntries(out.searchParams)).toEqual({
      client_id: 'console',
      post_logout_redirect_uri: `${consoleUrl}/`,
    })
    const asked = await browse(out.href)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? ''
    const done = await browse('/session/end/confirm', { xsrf, logout: 'yes' })
    expect(done.location).toBe(`${consoleUrl}/`)
    const token = new URLSearchParams(logoutForm).get('logout_token') ?? ''
    expect(await signIn.readLogout(token)).toEqual({ issuer: provider.issuer, subject: 'staff-dana' })
  })

  it.each(['state', 'nonce', 'codeVerifier'] as const)('refuses another %s', async (part) => {
    const start = await signIn.begin()
    const other = await signIn.begin()
    expect(await signIn.finish(await returned(start), { ...start, [part]: other[part] })).toBeNull()
  })

  it('refuses an answer of another issuer, an error and a code of nobody', async () => {
    const start = await signIn.begin()
    const back = await returned(start)
    const change = (name: string, value: string): URL => {
      const url = new URL(back)
      url.searchParams.set(name, value)
      return url
    }
    expect(await signIn.finish(change('iss', 'https://evil.example'), start)).toBeNull()
    expect(await signIn.finish(change('code', 'made-up'), start)).toBeNull()
    expect(
      await signIn.finish(
        new URL(`${consoleUrl}/auth/callback?error=access_denied&state=${start.state}`),
        start,
      ),
    ).toBeNull()
  })

  it('a provider that is away is an error, and is asked again when it is back', async () => {
    const away = createOidcSignIn({
      issuer: 'http://127.0.0.1:9',
      clientId: 'console',
      clientSecret,
      consoleUrl,
      allowHttp: true,
    })
    await expect(away.begin()).rejects.toThrow()
    await expect(away.begin()).rejects.toThrow()
  })

  it('http is refused unless the configuration allows it', async () => {
    const strict = createOidcSignIn({
      issuer: provider.issuer,
      clientId: 'console',
      clientSecret,
      consoleUrl,
      allowHttp: false,
    })
    await expect(strict.begin()).rejects.toThrow()
  })
})
