/** Sign-in as proof at a real Keycloak, set up as docs/runbook.md says; its pages are filled in like a browser does. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustomFetch } from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSignInFresh, signInStrength } from '#domain/risk/sign-in-strength.ts'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { realmNames } from '#dev/stack/directories/keycloak-realm.ts'
import { startKeycloak, type Keycloak } from '#dev/stack/directories/keycloak.ts'
import { codeAt, stepAt } from '#dev/stack/identity/totp.ts'
import { createOidcSignIn } from './oidc.ts'
import type { SignIn } from './sign-in-port.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-sign-in-'))
const password = 'First-Harbour-1-first'
const secret = 'twenty bytes, exactly'.slice(0, 20)
const redirectUri = 'https://verify.example.org/auth/participant/callback'
const anyLevel = { now: true, acrValues: [] } as const

let keycloak: Keycloak
let signIn: SignIn
let ca: Buffer

type Sent = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}
const ask = (url: string, { method = 'GET', headers = {}, body }: Sent = {}) =>
  new Promise<{ status: number; headers: Record<string, string[] | string | undefined>; text: string }>(
    (resolve, reject) => {
      const sent = request(url, { method, ca, agent: false, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      })
      sent.on('error', reject).end(body)
    },
  )

/** A browser with the cookies that the provider gave it. */
const openBrowser = () => {
  const cookies = new Map<string, string>()
  const go = async (url: string, form?: Readonly<Record<string, string>>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const typed = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await ask(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie, ...typed },
      body: form && new URLSearchParams(form).toString(),
    })
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = set.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }
  const formOf = (html: string): string =>
    (/<form[^>]* action="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
  /** Types a password, then the code of the app where one is given; the address that the provider sends back to. */
  return async (url: string, username: string, code?: string): Promise<URL | null> => {
    const page = await go(url)
    expect(page.text).toContain('name="password"')
    let answer = await go(formOf(page.text), { username, password, credentialId: '' })
    if (code !== undefined) answer = await go(formOf(answer.text), { otp: code })
    const { location } = answer.headers
    return typeof location === 'string' ? new URL(location) : null
  }
}

/** The library asks with this: it alone knows the test's authority. */
const overOwnAuthority: CustomFetch = async (url, { method, headers, body }) => {
  const sent = body instanceof URLSearchParams ? body.toString() : undefined
  const answer = await ask(url, { method, headers, body: sent })
  const type = answer.headers['content-type']
  return new Response(answer.text, { status: answer.status, headers: { 'content-type': String(type) } })
}

const credential = (type: 'password' | 'totp') =>
  type === 'password'
    ? { type: 'password', value: password, temporary: false }
    : {
        type: 'otp',
        secretData: JSON.stringify({ value: secret }),
        credentialData: JSON.stringify({
          ...{ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' },
        }),
      }

const addPerson = async (...types: readonly ('password' | 'totp')[]) => {
  const username = `p-${randomUUID()}`
  await keycloak.admin.must('POST', '/users', {
    ...{ username, enabled: true, emailVerified: true, email: `${username}@example.org` },
    ...{ firstName: 'Ada', lastName: 'Lindt', credentials: types.map(credential) },
  })
  const [user] = await keycloak.admin.must<readonly { id: string }[]>('GET', `/users?username=${username}`)
  return { username, id: user?.id ?? '' }
}

/** The reference value of a step of the browser flow, which the mapper writes into `amr`. */
const nameMethod = async (provider: string, method: string) => {
  const steps = await keycloak.admin.must<readonly { id: string; providerId?: string }[]>(
    'GET',
    '/authentication/flows/browser%20with%20locks/executions',
  )
  const step = steps.find(({ providerId }) => providerId === provider)
  await keycloak.admin.must('POST', `/authentication/executions/${step?.id ?? ''}/config`, {
    alias: method,
    config: { 'default.reference.value': method, 'default.reference.maxAge': '300' },
  })
}

beforeAll(async () => {
  const cache = cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA']))
  keycloak = await startKeycloak({ folder, cache, isKept: false })
  ca = readFileSync(keycloak.caFile)
  await keycloak.admin.must('POST', '/clients', {
    ...{ clientId: 'portal', secret: 'portal-secret-1', publicClient: false, standardFlowEnabled: true },
    ...{ redirectUris: [redirectUri], attributes: { 'pkce.code.challenge.method': 'S256' } },
    protocolMappers: [
      {
        ...{ name: 'amr', protocol: 'openid-connect', protocolMapper: 'oidc-amr-mapper' },
        config: { 'id.token.claim': 'true', 'access.token.claim': 'true' },
      },
    ],
  })
  await nameMethod('auth-username-password-form', 'pwd')
  await nameMethod('auth-otp-form', 'otp')
  signIn = createOidcSignIn({
    ...{ issuer: `${keycloak.url}/realms/${realmNames.realm}`, clientId: 'portal' },
    ...{ clientSecret: 'portal-secret-1', consoleUrl: 'https://desk.example.org', redirectUri },
    ...{ allowHttp: false, fetch: overOwnAuthority },
  })
}, 400_000)
afterAll(async () => {
  await keycloak.stop()
  rmSync(folder, { recursive: true, force: true })
})

const rules = { acrValues: [], phishingResistant: [] }
const now = () => Date.now() / 1000
const code = () => codeAt(Buffer.from(secret), stepAt(Date.now()))

describe('a sign-in at Keycloak as proof', () => {
  it('names the person of the directory, and is weak with the password alone', async () => {
    const person = await addPerson('password')
    const started = await signIn.begin(anyLevel)
    const back = await openBrowser()(started.url, person.username)
    const identity = await signIn.finish(back ?? new URL(redirectUri), started)
    expect(identity).toMatchObject({ subject: person.id, account: person.id, amr: ['pwd'] })
    expect(signInStrength({ acr: null, amr: [], ...identity }, rules)).toBe('weak')
  })

  it('is strong with the code of the app, and of this moment', async () => {
    const person = await addPerson('password', 'totp')
    const begunAt = now()
    const started = await signIn.begin(anyLevel)
    const back = await openBrowser()(started.url, person.username, code())
    const identity = await signIn.finish(back ?? new URL(redirectUri), started)
    expect(identity?.account).toBe(person.id)
    expect([...(identity?.amr ?? [])].sort()).toEqual(['otp', 'pwd'])
    expect(signInStrength({ acr: null, amr: [], ...identity }, rules)).toBe('strong')
    expect(isSignInFresh(identity?.authenticatedAt ?? null, begunAt, now())).toBe(true)
  })

  it('is asked for again in a browser that is signed in', async () => {
    const person = await addPerson('password')
    const browse = openBrowser()
    const first = await signIn.begin(anyLevel)
    expect(
      await signIn.finish((await browse(first.url, person.username)) ?? new URL(redirectUri), first),
    ).not.toBeNull()
    // The page with the password comes again, or `browse` fails.
    const second = await signIn.begin(anyLevel)
    expect(await browse(second.url, person.username)).not.toBeNull()
  })

  it('F7: serves once, and only the browser step that began it', async () => {
    const person = await addPerson('password')
    const started = await signIn.begin(anyLevel)
    const other = await signIn.begin(anyLevel)
    const back = (await openBrowser()(started.url, person.username)) ?? new URL(redirectUri)
    expect(await signIn.finish(back, { ...started, state: other.state })).toBeNull()
    expect(await signIn.finish(back, { ...started, codeVerifier: other.codeVerifier })).toBeNull()
    expect(await signIn.finish(back, started)).toBeNull()
  })
})
