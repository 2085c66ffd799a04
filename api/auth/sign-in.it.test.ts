import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ip } from '#domain/risk/testing/facts.ts'
import { makePerson, makeStaff } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import { consoleCookie, signInCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest, type Answer } from '../testing/http.ts'
import { addTenant, callConsole, createTestApi, signIn, type TestApi } from '../testing/test-api.ts'
import type { Identity } from './sign-in-port.ts'

const issuer = 'https://sign-in.example.org'
let identity: Identity | null = null
let state = ''
let api: TestApi
let tenantId: string

beforeAll(async () => {
  api = await createTestApi({
    deps: {
      factTools: { ...createFactTools(null), lookUp: () => ip({ country: 'NO' }) },
      signIn: {
        begin: async () => {
          state = newToken()
          return { url: `${issuer}/auth?state=${state}`, state, nonce: newToken(), codeVerifier: newToken() }
        },
        finish: async () => identity,
        readLogout: async (token) => (token === 'a good token' ? identity : null),
        signOutUrl: async () => `${issuer}/session/end`,
      },
    },
  })
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())
beforeEach(() => {
  identity = null
})

/** An identity of no member of staff. */
const nobody = {
  ...{ issuer, subject: 'nobody', account: 'nobody', amr: [], acr: null },
  ...{ authenticatedAt: null, verifiedEmail: null },
}
const get = (path: string, cookie = ''): Promise<Answer> =>
  rawRequest(api.ports.console, { path, headers: { host: new URL(api.consoleUrl).host, cookie } })
const known = async (row: Readonly<Record<string, unknown>> = {}) => {
  const staff = await makeStaff(api.owner, tenantId, { issuer, subject: randomUUID(), ...row })
  identity = {
    issuer,
    subject: staff.subject,
    account: staff.subject,
    acr: null,
    amr: ['pwd', 'otp'],
    authenticatedAt: null,
    verifiedEmail: null,
  }
  return staff
}
const begin = async (returnTo = '/people') => {
  const started = await get(`/auth/sign-in?return_to=${encodeURIComponent(returnTo)}`)
  return { started, cookie: cookieOf(started, signInCookie) ?? '', state }
}
const finish = (cookie: string, withState: string, more = '') =>
  get(`/auth/callback?code=abc&state=${withState}`, `${signInCookie}=${cookie}${more}`)

describe('signing in', () => {
  it('keeps the country of the address by the offline data, for the page behind a link (B8), never the address', async () => {
    const staff = await known()
    const { cookie } = await begin()
    await finish(cookie, state)
    const row = await api.owner.one('select * from staff_sessions where staff_id = $1', [staff.id])
    expect(row).toMatchObject({ country: 'NO' })
    // The place of the sign-in, as digests (F4).
    expect(row).toMatchObject({
      browser_digest: expect.any(Buffer),
      network_digest: expect.any(Buffer),
      moved_to: null,
    })
    expect(JSON.stringify(row)).not.toContain('127.0.0.1')
  })

  it('D1: keeps the mail address that the provider verified, and forgets it where it verifies none any more', async () => {
    const staff = await known()
    const person = await makePerson(api.owner, tenantId)
    await api.owner.run('update staff set person_id = null where id = $1', [staff.id])
    const personOf = async (verifiedEmail: string | null) => {
      if (identity !== null) identity = { ...identity, verifiedEmail }
      await finish((await begin()).cookie, state)
      return (
        await inTenant(api.db, tenantId, (tx) =>
          tx.one<{ id: string | null }>('select person_of_staff($1, $2) as id', [tenantId, staff.id]),
        )
      )?.id
    }
    expect(await personOf(person.work_email.toUpperCase())).toBe(person.id)
    expect(await personOf(null)).toBeNull()
    await makePerson(api.owner, tenantId, { work_email: person.work_email })
    expect(await personOf(person.work_email)).toBeNull()
  })

  it('F1: cookies carry __Host-, Secure, HttpOnly, Path=/ and no Domain; only the transaction’s is Lax', async () => {
    await known()
    const { started, cookie } = await begin()
    expect(started.cookies[0]).toMatch(
      /^__Host-countersign-sign-in=[\w-]{43}; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$/,
    )
    const entered = await finish(cookie, state)
    const session = entered.cookies.find((text) => text.startsWith(consoleCookie)) ?? ''
    expect(session).toMatch(
      /^__Host-countersign-console=[\w-]{43}; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/,
    )
    expect(session).not.toContain('Domain')
    for (const cookie of [...started.cookies, ...entered.cookies])
      expect(Buffer.byteLength(cookie)).toBeLessThanOrEqual(4_096)
    expect(entered.text).toContain(`url=${api.consoleUrl}/people`)
  })

  it('F2: every sign-in has a session id of its own, made here; the old one lives on and a chosen one is nothing', async () => {
    await known()
    const chosen = newToken()
    const { cookie } = await begin()
    const first = await finish(cookie, state, `; ${consoleCookie}=${chosen}`)
    const token = cookieOf(first, consoleCookie) ?? ''
    expect(token).not.toBe(chosen)
    const second = await begin()
    expect(cookieOf(await finish(second.cookie, state), consoleCookie)).not.toBe(token)
    const session = (value: string) =>
      callConsole(api, { token: value, staffId: '', tenantId }, '/api/console/session')
    expect((await session(token)).status).toBe(200)
    expect((await session(chosen)).status).toBe(401)
  })

  it('F2: signing in anew from the same browser ends the session that it had', async () => {
    await known()
    const { cookie } = await begin()
    const token = cookieOf(await finish(cookie, state), consoleCookie) ?? ''
    const session = () => callConsole(api, { token, staffId: '', tenantId }, '/api/console/session')
    expect((await session()).status).toBe(200)
    const again = await get('/auth/sign-in', `${consoleCookie}=${token}`)
    expect((await session()).status).toBe(401)
    const next = cookieOf(await finish(cookieOf(again, signInCookie) ?? '', state), consoleCookie)
    expect(next).toBeDefined()
    expect(next).not.toBe(token)
  })

  it('F7: state and browser belong together, once', async () => {
    await known()
    const one = await begin()
    const oneState = state
    const two = await begin()
    expect(cookieOf(await finish(two.cookie, oneState), consoleCookie)).toBeUndefined()
    expect(cookieOf(await finish(newToken(), oneState), consoleCookie)).toBeUndefined()
    expect(cookieOf(await finish(one.cookie, oneState), consoleCookie)).toBeDefined()
    expect(cookieOf(await finish(one.cookie, oneState), consoleCookie)).toBeUndefined()
  })

  it('F7: refuses a wrong code, an unknown identity, another issuer with the same subject, and disabled staff', async () => {
    const attempt = async () => {
      const { cookie } = await begin()
      const answer = await finish(cookie, state)
      expect([answer.status, answer.headers.location]).toEqual([302, '/?sign-in=failed'])
      return cookieOf(answer, consoleCookie)
    }
    expect(await attempt()).toBeUndefined()
    const staff = await known()
    identity = {
      issuer: 'https://other.example',
      subject: staff.subject,
      account: staff.subject,
      acr: null,
      amr: [],
      authenticatedAt: null,
      verifiedEmail: null,
    }
    expect(await attempt()).toBeUndefined()
    await known({ disabled_at: new Date() })
    expect(await attempt()).toBeUndefined()
  })

  it('refuses a transaction that is older than ten minutes', async () => {
    await known()
    const { cookie } = await begin()
    await api.owner.run(`update sign_in_transactions set expires_at = now() - interval '1 second'`)
    expect(cookieOf(await finish(cookie, state), consoleCookie)).toBeUndefined()
  })
})

describe('a staff session', () => {
  const session = (as: Awaited<ReturnType<typeof signIn>>) => callConsole(api, as, '/api/console/session')
  const age = (token: string, column: string, ago: string) =>
    api.owner.run(`update staff_sessions set ${column} = now() - $2::interval where staff_id = $1`, [
      token,
      ago,
    ])

  it('F3: ends after 15 minutes idle, an admin’s after 10, all after 8 hours', async () => {
    const agent = await signIn(api, tenantId)
    await age(agent.staffId, 'last_used_at', '14 minutes')
    expect((await session(agent)).status).toBe(200)
    await age(agent.staffId, 'last_used_at', '15 minutes 1 second')
    expect((await session(agent)).status).toBe(401)
    const admin = await signIn(api, tenantId, 'admin')
    await age(admin.staffId, 'last_used_at', '10 minutes 1 second')
    expect((await session(admin)).status).toBe(401)
    const old = await signIn(api, tenantId)
    await age(old.staffId, 'absolute_expires_at', '1 second')
    expect((await session(old)).status).toBe(401)
  })

  const change = (who: { readonly staffId: string }, set: string) =>
    api.owner.run(`update staff set ${set} where id = $1`, [who.staffId])

  it('F2, F4: ends at once with the role and the identity that it was given for', async () => {
    for (const set of [`role = 'agent'`, `role = 'admin'`, `subject = 'somebody else'`]) {
      const one = await signIn(api, tenantId, 'supervisor')
      await change(one, `display_name = 'Another Name'`)
      expect((await session(one)).status).toBe(200)
      await change(one, set)
      expect((await session(one)).status, set).toBe(401)
      expect((await callConsole(api, one, '/api/console/verifications.csv')).status, set).toBe(401)
    }
  })

  it('F4: ends with the account for good: enabled again, it begins with none', async () => {
    const gone = await signIn(api, tenantId)
    await change(gone, 'disabled_at = now()')
    expect((await session(gone)).status).toBe(401)
    await change(gone, 'disabled_at = null')
    expect((await session(gone)).status).toBe(401)
  })

  it('F4: ends at once with sign-out', async () => {
    const agent = await signIn(api, tenantId, 'supervisor')
    const out = await callConsole(api, agent, '/api/console/session/sign-out', { body: {} })
    expect(out.json).toEqual({ done: true, providerUrl: `${issuer}/session/end` })
    expect(out.headers['clear-site-data']).toBe('"cache", "storage"')
    expect(out.cookies[0]).toContain('Max-Age=0')
    expect((await session(agent)).status).toBe(401)
  })

  it('F2: no table keeps a token in the clear: each has its hash or its mark only', async () => {
    const columns = await api.owner.query<{ at: string }>(
      `select table_name || '.' || column_name as at from information_schema.columns
       where table_schema = 'public' and column_name ~ 'token' order by at`,
    )
    expect(columns.map(({ at }) => at)).toContain('staff_sessions.token_hash')
    expect(columns.map(({ at }) => at).filter((at) => !/_(hash|mark)$/.test(at))).toEqual([])
  })

  const logOut = (body: string, type = 'application/x-www-form-urlencoded') =>
    rawRequest(api.ports.console, {
      method: 'POST',
      path: '/auth/back-channel-logout',
      headers: { host: new URL(api.consoleUrl).host, 'content-type': type },
      body,
    })

  it('F4: the identity provider’s sign-out ends every session of the person it names, and no other', async () => {
    const subject = randomUUID()
    const here = await signIn(api, tenantId, 'agent', { issuer, subject })
    const other = await signIn(api, tenantId)
    identity = { ...nobody, subject, account: subject }
    await api.owner.run('delete from rate_limits')
    for (const body of ['', 'logout_token=', 'logout_token=forged', 'token=a+good+token'])
      expect((await logOut(body)).status, body).toBe(400)
    expect((await logOut('logout_token=a+good+token&logout_token=a+good+token')).status).toBe(400)
    expect((await logOut('{"logout_token":"a good token"}', 'application/json')).status).toBe(400)
    expect((await session(here)).status).toBe(200)
    const said = await logOut('logout_token=a+good+token')
    expect([said.status, said.text, said.headers['cache-control']]).toEqual([200, '', 'no-store'])
    expect([(await session(here)).status, (await session(other)).status]).toEqual([401, 200])
    const events = await api.owner.query(
      `select actor_kind from audit where type = 'staff.signed_out' and object_id = $1`,
      [here.staffId],
    )
    expect(events).toEqual([{ actor_kind: 'provider' }])
    // Again, and for an unknown person: the same answer, and nothing happens.
    identity = nobody
    expect((await logOut('logout_token=a+good+token')).status).toBe(200)
  })

  it('F5: a sign-in by password alone shows that the install is below the bar', async () => {
    const agent = await signIn(api, tenantId)
    expect((await session(agent)).json.banners).toEqual([])
    await api.owner.run(`update staff_sessions set amr = '{pwd}' where staff_id = $1`, [agent.staffId])
    expect((await session(agent)).json.banners).toEqual(['password_only_sign_in'])
  })

  it('E5: only hashes of its tokens are stored', async () => {
    const agent = await signIn(api, tenantId)
    const rows = await api.owner.query('select s::text as text from staff_sessions s')
    expect(JSON.stringify(rows)).not.toContain(agent.token)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(agent.token).toString('hex'))
  })
})
