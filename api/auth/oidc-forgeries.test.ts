import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOidcSignIn } from './oidc.ts'
import type { SignIn, SignInStart } from './sign-in-port.ts'

const consoleUrl = 'http://localhost:3700'
const clientSecret = 'a client secret that is long enough to sign with'
const keys = { own: await generateKeyPair('RS256'), other: await generateKeyPair('RS256') }

let server: Server
let issuer: string
let signIn: SignIn
/** The provider answers with this next. */
let idToken = ''

/** A provider that hands out any token that the test sets. */
const answers: Readonly<Record<string, () => unknown>> = {
  '/.well-known/openid-configuration': () => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    authorization_response_iss_parameter_supported: true,
  }),
  '/jwks': async () => ({ keys: [{ ...(await exportJWK(keys.own.publicKey)), kid: 'own', alg: 'RS256' }] }),
  '/token': () => ({ access_token: 'x', token_type: 'bearer', id_token: idToken }),
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void Promise.resolve(answers[request.url ?? '']?.() ?? {}).then((body) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  signIn = createOidcSignIn({ issuer, clientId: 'console', clientSecret, consoleUrl, allowHttp: true })
})
afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
    }),
)

const now = () => Math.floor(Date.now() / 1_000)
const claimsFor = (start: SignInStart): JWTPayload => ({
  iss: issuer,
  sub: 'staff-dana',
  aud: 'console',
  nonce: start.nonce,
  iat: now(),
  exp: now() + 300,
  amr: ['pwd', 'otp'],
})
const sign = (claims: JWTPayload, key = keys.own.privateKey, header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'own', ...header }).sign(key)

/** Signs in with a token that was made from the claims that would be right. */
const enter = async (make: (claims: JWTPayload) => Promise<string> | string) => {
  const start = await signIn.begin()
  idToken = await make(claimsFor(start))
  const back = new URL(`${consoleUrl}/auth/callback`)
  back.search = new URLSearchParams({ code: 'one', state: start.state, iss: issuer }).toString()
  return signIn.finish(back, start)
}
const changed = (change: () => JWTPayload) => (claims: JWTPayload) => sign({ ...claims, ...change() })
const without = (name: string) => (claims: JWTPayload) =>
  sign(Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)))

const forgeries: Readonly<Record<string, (claims: JWTPayload) => Promise<string> | string>> = {
  'signed with a key that the provider does not have': (claims) => sign(claims, keys.other.privateKey),
  'with its own key in the header (jwk)': async (claims) =>
    sign(claims, keys.other.privateKey, { kid: undefined, jwk: await exportJWK(keys.other.publicKey) }),
  'with the address of its key in the header (jku)': (claims) =>
    sign(claims, keys.other.privateKey, { jku: 'https://evil.example/jwks' }),
  'with the address of its certificate in the header (x5u)': (claims) =>
    sign(claims, keys.other.privateKey, { x5u: 'https://evil.example/cert' }),
  'without a signature (alg none)': (claims) => new UnsecuredJWT(claims).encode(),
  'signed with the client’s secret (HS256)': (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret)),
  'with its payload replaced': async (claims) => {
    const [header, , signature] = (await sign(claims)).split('.')
    const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'staff-admin' })).toString('base64url')
    return [header, payload, signature].join('.')
  },
  'of another issuer': changed(() => ({ iss: 'https://evil.example' })),
  'for another client': changed(() => ({ aud: 'another' })),
  'for two clients, presented by the other one': changed(() => ({ aud: ['console', 'x'], azp: 'x' })),
  'that ended an hour ago': changed(() => ({ iat: now() - 7_200, exp: now() - 3_600 })),
  'that begins in an hour (nbf)': changed(() => ({ nbf: now() + 3_600 })),
  'with the nonce of another sign-in': changed(() => ({ nonce: 'x'.repeat(43) })),
  'without a nonce': without('nonce'),
  'without an end': without('exp'),
  'without a subject': without('sub'),
  'that is none': () => 'not.a.token',
}

describe('F7: an ID token is believed only as it must be', () => {
  it('a right one is taken', async () => {
    const identity = await enter((claims) => sign(claims))
    expect(identity).toMatchObject({ issuer, subject: 'staff-dana' })
    expect(Object.values(identity ?? {}), 'nothing carries the token on').not.toContain(idToken)
  })

  it('F4: one is no logout token, with any signature', async () => {
    await enter((claims) => sign(claims))
    expect(await signIn.readLogout(idToken)).toBeNull()
  })

  it('D1: a mail address is taken only where the provider says that it verified it', async () => {
    const email = 'dana@northwind.example'
    const emailWith = async (more: JWTPayload) =>
      (await enter(changed(() => ({ email, ...more }))))?.verifiedEmail
    expect(await emailWith({ email_verified: true })).toBe(email)
    for (const said of [{}, { email_verified: false }, { email_verified: 'true' }, { email_verified: 1 }])
      expect(await emailWith(said)).toBeNull()
    expect(await emailWith({ email: [email], email_verified: true })).toBeNull()
  })

  it.each(Object.entries(forgeries))('F7: one %s is refused', async (_name, make) => {
    expect(await enter(make)).toBeNull()
  })
})
