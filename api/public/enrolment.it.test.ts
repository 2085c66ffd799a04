/** People who set up a passkey while they can still sign in: whose browser, whose account, and nothing but a passkey. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendNotices } from '#activities/messaging/notice-loop.ts'
import type { Message } from '#activities/ports.ts'
import { readLockBasis } from '#services/actions/account-locks.ts'
import { usablePasskeys } from '#services/passkeys/passkeys.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { createAuthenticator } from '#platform/testing/authenticator.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { participantCallbackPath } from '../auth/participant-routes.ts'
import type { Identity, SignIn, SignInHow } from '../auth/sign-in-port.ts'
import {
  approverCookie,
  approverSignInCookie,
  enrolmentCookie,
  participantSignInCookie,
  portalCookie,
} from '../http/cookies.ts'
import { cookieOf, rawRequest, type Answer } from '../testing/http.ts'
import { addPerson, addTenant, callPortal } from '../testing/test-api.ts'
import { useTestApi } from '../testing/use-test-api.ts'
import { enterAs } from '../testing/visit.ts'

const issuer = 'https://sign-in.example.org'
const now = () => Math.floor(Date.now() / 1000)

let begun: { state: string; how: SignInHow | undefined }[] = []
let finished = 0
let isDown = false
let identity: Identity | null = null
const signIn: Pick<SignIn, 'begin' | 'finish'> = {
  begin: (how) => {
    if (isDown) return Promise.reject(new TypeError('fetch failed'))
    const state = `state-${randomUUID()}`
    begun.push({ state, how })
    return Promise.resolve({ url: `${issuer}/auth`, state, nonce: 'nonce', codeVerifier: 'verifier' })
  },
  finish: () => {
    finished += 1
    return isDown ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(identity)
  },
}

const api = useTestApi({ deps: { participantSignIn: signIn } })
let tenantId = ''

const setPolicy = (of: string, signInRules: object = {}) =>
  api.owner.run(
    `update policies set document = jsonb_set(document, '{signIn}', document -> 'signIn' || $2) where tenant_id = $1`,
    [of, JSON.stringify({ enrolPasskeys: true, acrValues: [], ...signInRules })],
  )
const setLocking = (when: string) =>
  api.owner.run(
    `update policies set document = jsonb_set(document, '{reports,lockAccount}', $2) where tenant_id = $1`,
    [tenantId, JSON.stringify(when)],
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
  ;[begun, finished, isDown, identity] = [[], 0, false, null]
})

type Person = Awaited<ReturnType<typeof addPerson>> & { readonly account: string }
const addAda = async (row: object = {}, of = tenantId): Promise<Person> => {
  const account = `sub-${randomUUID()}`
  return {
    ...(await addPerson(api, of, { display_name: 'Ada Lindt', sign_in_subject: account, ...row })),
    account,
  }
}
const identityOf = (account: string, more: Partial<Identity> = {}): Identity => ({
  ...{ issuer, subject: account, account, amr: ['pwd', 'otp'], acr: null, verifiedEmail: null },
  authenticatedAt: now(),
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
  return { answer, cookie: cookieOf(answer, participantSignInCookie) ?? '', state: begun.at(-1)?.state ?? '' }
}
const back = (cookie: string, state: string, name = participantSignInCookie): Promise<Answer> =>
  rawRequest(api.ports.portal, {
    path: `${participantCallbackPath}?code=abc&state=${state}`,
    headers: { host: new URL(api.portalUrl).host, cookie: `${name}=${cookie}` },
  })
/** The whole way to the provider and back; gives the session's cookie, or '' and why there is none. */
const enter = async (as: Identity | null) => {
  identity = as
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
const passkeysOf = ({ id }: Pick<Person, 'id'>) =>
  api.owner.query<Record<string, unknown>>('select * from passkeys where person_id = $1', [id])
const eventsOf = async ({ id }: Pick<Person, 'id'>) =>
  (await api.owner.query<{ type: string }>('select type from audit where object_id = $1', [id])).map(
    ({ type }) => type,
  )
/** The messages that the worker sends now. */
const drain = async (): Promise<Message[]> => {
  const sent: Message[] = []
  const { log, portalUrl } = { ...api.deps, portalUrl: api.portalUrl }
  const messenger = {
    send: (message: Message) => {
      sent.push(message)
      return Promise.resolve({ kind: 'accepted' as const, providerId: randomUUID() })
    },
  }
  const deps = { db: api.worker, keys: api.keys.worker, messenger, portalUrl, log }
  while ((await sendNotices(deps, tenantId)) > 0);
  return sent
}
const usable = (person: Person) =>
  inTenant(api.worker, tenantId, (tx) => usablePasskeys(tx, api.keys.worker, person.id))

describe('the way in', () => {
  it('is closed where no organisation opened it, and then asks no provider', async () => {
    await setPolicy(tenantId, { enrolPasskeys: false })
    expect((await call('read')).json).toEqual({
      ...{ kind: 'start', isOffered: false, host: 'sign-in.example.org' },
    })
    expect((await begin()).answer.json.code).toBe('link_unusable')
    expect(begun).toEqual([])
  })

  it('asks for a sign-in of this moment, at the levels that organisations ask for, and says where it leads', async () => {
    await setPolicy(tenantId, { acrValues: ['gold'] })
    expect((await call('read')).json).toMatchObject({ isOffered: true })
    const { answer, cookie } = await begin()
    expect(answer.json).toEqual({ url: `${issuer}/auth` })
    expect(cookie).toHaveLength(43)
    expect(begun[0]?.how).toEqual({ now: true, acrValues: ['gold'] })
  })

  it('a provider that is down is said, and so is a sign-in that did not finish', async () => {
    isDown = true
    expect((await begin()).answer.json).toEqual({ url: null })
    isDown = false
    const { cookie, state } = await begin()
    isDown = true
    expect((await back(cookie, state)).text).toContain('url=/enrol?said=unanswered"')
    isDown = false
    expect((await enter(null)).said).toBe('unanswered')
  })

  it('H5: begins no more sign-ins from one address than a minute allows', async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => call('sign-in')))
    expect(answers.map(({ status }) => status)).toContain(429)
  })
})

describe('a passkey set up in advance', () => {
  it('is kept for the person who signed in; it rests, every contact is told, and the session is over with it', async () => {
    const ada = await addAda()
    const { session, answer } = await enter(identityOf(ada.account))
    expect(answer.text).toContain('url=/enrol"')
    expect(answer.cookies.join()).toMatch(
      /enrolment=[\w-]{43}; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Strict/,
    )
    expect((await call('read', {}, own(session))).json).toMatchObject({
      ...{ kind: 'signed_in', name: 'Ada Lindt', passkeys: [], isFull: false, brand: { name: 'Northwind' } },
    })
    const { answer: added, key } = await add(session)
    expect(added.json).toMatchObject({ kind: 'done', passkeys: [{ state: 'waiting' }] })
    expect(added.cookies.join()).toContain(`${enrolmentCookie}=; Path=/; Max-Age=0`)
    const [row] = await passkeysOf(ada)
    expect(JSON.stringify(row)).not.toContain(key.id)
    expect(await usable(ada)).toEqual([])
    expect((await call('read', {}, own(session))).json.kind).toBe('start')
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
    expect(await eventsOf(ada)).toEqual(['enrolment.begun', 'passkey.enrolled'])
    expect((await drain()).map(({ channel }) => channel).sort()).toEqual(['email', 'sms'])
    await api.owner.run(`update passkeys set created_at = now() - interval '73 hours' where person_id = $1`, [
      ada.id,
    ])
    expect(await usable(ada)).toHaveLength(1)
  })

  it('B12, B13: "this was not me" from its notice voids it for good, freezes the person, and asks for the lock', async () => {
    await setLocking('if_used')
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await add(session)
    const [message] = await drain()
    const token = /not-me#([\w-]{43})/.exec(message?.text ?? '')?.[1] ?? ''
    const page = await callPortal(api, null, '/api/public/reports/open', { body: { token } })
    expect(page.json).toMatchObject({ kind: 'passkey_added', purpose: null })
    const digits = page.json.digits as string
    const done = await callPortal(api, null, '/api/public/reports/confirm', { body: { token, digits } })
    expect(done.status).toBe(200)
    await api.owner.run(`update passkeys set created_at = now() - interval '73 hours' where person_id = $1`, [
      ada.id,
    ])
    expect(await usable(ada)).toEqual([])
    expect(await eventsOf(ada)).toEqual(
      expect.arrayContaining(['participant.reported', 'account.lock_asked', 'notice.sent']),
    )
    expect((await drain()).map(({ text }) => text).join()).toContain('was not you')
    expect((await enter(identityOf(ada.account))).said).toBe('not_possible')
    const { id } = (await api.owner.one<{ id: string }>('select id from reports where person_id = $1', [
      ada.id,
    ])) ?? { id: '' }
    const basis = await inTenant(api.worker, tenantId, (tx) => readLockBasis(tx, id))
    expect(basis).toEqual({ personId: ada.id, policyVersion: 1 })
    await setLocking('never')
  })

  it('a report ends a session that is open, and the person’s sessions of cases end as ever', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await insertRow(api.owner, 'reports', {
      ...{ tenant_id: tenantId, id: randomUUID(), verification_id: randomUUID() },
      ...{ person_id: ada.id, source: 'message' },
    })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
  })

  it('ends with five of one person, and tells the authenticator which it must not make again', async () => {
    const ada = await addAda()
    for (let n = 0; n < 5; n += 1) {
      const { session } = await enter(identityOf(ada.account))
      const { creation, answer } = await add(session)
      expect([creation.exclude.length, answer.status]).toEqual([n, 200])
    }
    const { session } = await enter(identityOf(ada.account))
    expect((await call('read', {}, own(session))).json).toMatchObject({ isFull: true })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
  })

  it('R1: of two tabs with one session one keeps its passkey', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    const creation = (await call('passkey/begin', {}, own(session))).json
    const made = [1, 2].map(() => createAuthenticator(party()).register(creation.challenge))
    const answers = await Promise.all(made.map((body) => call('passkey', body, own(session))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await passkeysOf(ada)).toHaveLength(1)
  })

  it('is none where the answer is for another challenge, origin, or nobody proved to own the key', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    for (const twist of [
      { origin: 'https://evil.example' },
      { challenge: 'A'.repeat(43) },
      { isVerified: false },
    ]) {
      const { challenge } = (await call('passkey/begin', {}, own(session))).json
      const answer = await call(
        'passkey',
        createAuthenticator(party()).register(challenge, twist),
        own(session),
      )
      expect(answer.json.code).toBe('link_unusable')
    }
    expect(await passkeysOf(ada)).toEqual([])
  })

  it('leaving ends the session, and says the same without one', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    expect((await call('leave', {}, own(session))).status).toBe(204)
    expect((await call('read', {}, own(session))).json.kind).toBe('start')
    expect((await call('leave')).status).toBe(204)
  })
})

describe('B23: nobody gains a lasting key', () => {
  it.each<[string, Partial<Identity>, string]>([
    ['with a password alone', { amr: ['pwd'] }, 'weak'],
    ['with methods that the provider does not name', { amr: [] }, 'weak'],
    ['with a sign-in from before', { authenticatedAt: now() - 3600 }, 'stale'],
    ['with a sign-in of no time', { authenticatedAt: null }, 'stale'],
    ['of another provider', { issuer: 'https://evil.example' }, 'not_possible'],
    ['with an account that nobody has', { account: 'sub-nobody' }, 'not_possible'],
    ['with no account', { account: '' }, 'not_possible'],
  ])('%s', async (_name, claims, said) => {
    const ada = await addAda()
    const entered = await enter(identityOf(ada.account, claims))
    expect([entered.session, entered.said]).toEqual(['', said])
    expect(await api.owner.query('select from enrolments where person_id = $1', [ada.id])).toEqual([])
  })

  it('below the level that the policy asks for', async () => {
    await setPolicy(tenantId, { acrValues: ['gold'] })
    const ada = await addAda()
    expect((await enter(identityOf(ada.account, { acr: 'silver' }))).said).toBe('weak')
    expect((await enter(identityOf(ada.account, { acr: 'gold' }))).session).not.toBe('')
  })

  it.each<[string, object]>([
    ['whose account is disabled', { account_state: 'disabled' }],
    ['whose account is locked', { account_state: 'locked' }],
    ['who was reported', { blocked_until: new Date(Date.now() + 600_000) }],
    ['whom the help desk never handles', { never_via_help_desk: true }],
  ])('a person %s, neither before nor within a session', async (_name, change) => {
    const before = await addAda(change)
    expect((await enter(identityOf(before.account))).said).toBe('not_possible')
    expect(await eventsOf(before)).toEqual(['enrolment.refused'])
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    const { challenge } = (await call('passkey/begin', {}, own(session))).json
    for (const [column, value] of Object.entries(change))
      await api.owner.run(`update people set ${column} = $2 where id = $1`, [ada.id, value])
    const made = createAuthenticator(party()).register(challenge)
    expect((await call('passkey', made, own(session))).json.code).toBe('link_unusable')
    expect(await passkeysOf(ada)).toEqual([])
  })

  it('an account that became another person’s, and a policy that was closed, end the session', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await api.owner.run('update people set sign_in_subject = $2 where id = $1', [ada.id, 'sub-new'])
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
    const bob = await addAda()
    const other = await enter(identityOf(bob.account))
    await setPolicy(tenantId, { enrolPasskeys: false })
    expect((await call('passkey/begin', {}, own(other.session))).json.code).toBe('link_unusable')
  })

  it('while the threat is elevated', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await insertRow(api.owner, 'elevated_threats', {
      ...{ tenant_id: tenantId, id: randomUUID(), reason: 'x', raised_by: randomUUID(), raised_by_name: 'x' },
    })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
    expect((await enter(identityOf(ada.account))).said).toBe('not_possible')
    await api.owner.run('delete from elevated_threats')
  })
})

describe('F7: the sign-in belongs to one browser and to this page', () => {
  it('is used up: neither state nor code can be played again', async () => {
    const ada = await addAda()
    identity = identityOf(ada.account)
    const { cookie, state } = await begin()
    await back(cookie, state)
    const again = await back(cookie, state)
    expect([finished, cookieOf(again, enrolmentCookie)]).toEqual([1, undefined])
  })

  it('opens nothing in another browser, and none of an approver, of staff or of a case', async () => {
    const ada = await addAda()
    identity = identityOf(ada.account)
    const { cookie, state } = await begin()
    const other = await begin()
    for (const [held, carried] of [
      ['', state],
      [other.cookie, state],
      [cookie, other.state],
      [cookie, 'state-unknown'],
    ] as const)
      expect(cookieOf(await back(held, carried), enrolmentCookie)).toBeUndefined()
    await rawRequest(api.ports.portal, {
      path: `/auth/approver/callback?code=abc&state=${state}`,
      headers: { host: new URL(api.portalUrl).host, cookie: `${approverSignInCookie}=${cookie}` },
    })
    await rawRequest(api.ports.console, {
      path: `/auth/callback?code=abc&state=${state}`,
      headers: { host: new URL(api.consoleUrl).host, cookie: `__Host-countersign-sign-in=${cookie}` },
    })
    expect(finished).toBe(0)
  })

  it('F10: its session is none of a case or an approver, nor the other way round', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    const asCase = await callPortal(api, session, '/api/portal/step')
    expect(asCase.json.code).toBe('session_ended')
    const asApprover = await callPortal(api, null, '/api/public/approvals/read', {
      body: {},
      headers: { cookie: `${approverCookie}=${session}` },
    })
    expect(asApprover.json.code).toBe('link_unusable')
    const visit = await enterAs(api, tenantId, {})
    for (const stolen of [`${enrolmentCookie}=${visit.session}`, `${portalCookie}=${visit.session}`]) {
      expect((await call('read', {}, stolen)).json.kind).toBe('start')
      expect((await call('passkey/begin', {}, stolen)).json.code).toBe('link_unusable')
    }
  })

  it('is over after ten minutes, and an older session of the person when a newer one begins', async () => {
    const ada = await addAda()
    const first = await enter(identityOf(ada.account))
    const second = await enter(identityOf(ada.account))
    expect((await call('passkey/begin', {}, own(first.session))).status).toBe(404)
    await api.owner.run(`update enrolments set expires_at = now() where person_id = $1`, [ada.id])
    expect((await call('passkey/begin', {}, own(second.session))).status).toBe(404)
  })

  it('T11, E4: a row that was put there, or moved to another person, opens nothing', async () => {
    const ada = await addAda()
    const bob = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await api.owner.run('update enrolments set person_id = $2, sign_in_subject = $3 where person_id = $1', [
      ...[ada.id, bob.id, bob.account],
    ])
    expect((await call('passkey/begin', {}, own(session))).status).toBe(404)
  })

  it('F8: takes no post of another page', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    const answer = await callPortal(api, null, '/api/public/enrolment/passkey/begin', {
      body: {},
      headers: { cookie: own(session), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.status).toBe(403)
  })
})

describe('I2: organisations stay apart', () => {
  it('an account of two organisations opens neither, and each has a policy of its own', async () => {
    const closed = await addTenant(api)
    await withProvider(closed.id)
    const there = await addAda({}, closed.id)
    expect((await enter(identityOf(there.account))).said).toBe('not_possible')
    const ada = await addAda()
    await addAda({ sign_in_subject: ada.account }, closed.id)
    expect((await enter(identityOf(ada.account))).said).toBe('not_possible')
    expect(await api.owner.query('select from enrolments where person_id = $1', [there.id])).toEqual([])
  })
})
