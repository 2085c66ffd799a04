/** Attacks on the page for passkeys: another browser, another account, another session. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow } from '#platform/database/testing/factories.ts'
import { createAuthenticator } from '#platform/testing/authenticator.ts'
import type { Identity } from '../auth/sign-in-port.ts'
import { approverCookie, approverSignInCookie, enrolmentCookie, portalCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest } from '../testing/http.ts'
import { addTenant, callPortal } from '../testing/test-api.ts'
import { useEnrolment } from '../testing/use-enrolment.ts'
import { enterAs } from '../testing/visit.ts'

const page = useEnrolment()
const { api, provider, setPolicy, withProvider, addAda, identityOf, call, own, begin, back, enter, party } =
  page
const { passkeysOf, eventsOf } = page
const now = () => Math.floor(Date.now() / 1000)

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
    await setPolicy(page.tenantId, { acrValues: ['gold'] })
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
    await setPolicy(page.tenantId, { enrolPasskeys: false })
    expect((await call('passkey/begin', {}, own(other.session))).json.code).toBe('link_unusable')
  })

  it('while the threat is elevated', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await insertRow(api.owner, 'elevated_threats', {
      ...{
        tenant_id: page.tenantId,
        id: randomUUID(),
        reason: 'x',
        raised_by: randomUUID(),
        raised_by_name: 'x',
      },
    })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
    expect((await enter(identityOf(ada.account))).said).toBe('not_possible')
    await api.owner.run('delete from elevated_threats')
  })
})

describe('F7: the sign-in belongs to one browser and to this page', () => {
  it('is used up: neither state nor code can be played again', async () => {
    const ada = await addAda()
    provider.identity = identityOf(ada.account)
    const { cookie, state } = await begin()
    await back(cookie, state)
    const again = await back(cookie, state)
    expect([provider.finished, cookieOf(again, enrolmentCookie)]).toEqual([1, undefined])
  })

  it('opens nothing in another browser, and none of an approver, of staff or of a case', async () => {
    const ada = await addAda()
    provider.identity = identityOf(ada.account)
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
    expect(provider.finished).toBe(0)
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
    const visit = await enterAs(api, page.tenantId, {})
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
