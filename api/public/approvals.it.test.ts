import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addApproverRequest } from '#services/approvals/approver-requests.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { beginPortalSession } from '#services/verifications/portal-sessions.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import type { Identity } from '../auth/sign-in-port.ts'
import { approverCookie, approverSignInCookie, portalCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest } from '../testing/http.ts'
import { addPerson, addTenant, callPortal, createTestApi, type TestApi } from '../testing/test-api.ts'

const issuer = 'https://sign-in.example.org'
let identity: Identity | null = null
let state = ''
let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi({
    deps: {
      approverSignIn: {
        begin: async () => {
          state = newToken()
          return { url: `${issuer}/auth?state=${state}`, state, nonce: newToken(), codeVerifier: newToken() }
        },
        finish: async () => identity,
      },
    },
  })
  tenantId = (await addTenant(api)).id
  await api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [tenantId, issuer])
})
afterAll(() => api.stop())

/** A case, its participant and the approver who was asked. */
const ask = async () => {
  const person = await addPerson(api, tenantId)
  const subject = `sub-${randomUUID()}`
  const approver = await addPerson(api, tenantId, { sign_in_subject: subject })
  const { id: verificationId } = await makeVerification(api.owner, person.phone, { state: 'answering' })
  const token = newToken()
  const id = randomUUID()
  const to = { verificationId, ordinal: 1, personId: person.id, approverId: approver.id }
  const about = { ...to, tokenHash: tokenHash(token) }
  await inTenant(api.ownerDb, tenantId, (tx) =>
    addApproverRequest(tx, {
      ...about,
      id,
      relation: 'manager',
      policyVersion: 1,
      askedBy: { kind: 'system', id: 'policy' },
      tokenMark: tokenMark(api.keys.worker, 'approver_requests', { ...about, tenantId }),
      seconds: 600,
    }),
  )
  return { person, approver, verificationId, token, id, subject }
}
const call = (path: string, body: unknown, cookie = '') =>
  callPortal(api, null, `/api/public/approvals/${path}`, { body, headers: { cookie } })
const back = (cookie: string, withState = state) =>
  rawRequest(api.ports.portal, {
    path: `/auth/approver/callback?code=abc&state=${withState}`,
    headers: { host: new URL(api.portalUrl).host, cookie: `${approverSignInCookie}=${cookie}` },
  })
const as = (subject: string, of = issuer) => {
  identity = {
    issuer: of,
    subject,
    account: subject,
    acr: null,
    amr: ['pwd'],
    authenticatedAt: null,
    verifiedEmail: null,
  }
}
const begin = async (token: string) => {
  const started = await call('sign-in', { token })
  return cookieOf(started, approverSignInCookie) ?? ''
}
const enter = async (token: string) => cookieOf(await back(await begin(token)), approverCookie) ?? ''

describe('an approver’s link', () => {
  it('H5: opens behind an address that made up tokens', async () => {
    const { token } = await ask()
    const missed = await Promise.all(Array.from({ length: 21 }, () => call('open', { token: newToken() })))
    expect(missed.map(({ status }) => status)).toContain(429)
    expect((await call('open', { token })).status).toBe(200)
    await api.owner.run('delete from rate_limits')
  })

  it('C5, B10: says nothing about anybody and sets no cookie until a sign-in is asked for', async () => {
    const { token, person } = await ask()
    const opened = await call('open', { token })
    expect([opened.status, opened.cookies]).toEqual([200, []])
    expect(opened.text).not.toContain(person.display_name)
    expect((await call('read', {})).json.code).toBe('link_unusable')
    const unknown = await call('open', { token: newToken() })
    expect(unknown.json.code).toBe('link_unusable')
  })

  it('F1, F7: shows who asks for what to the approver alone, after their own sign-in', async () => {
    const { token, subject, person, approver } = await ask()
    as(subject)
    const cookie = await enter(token)
    expect(cookie).toHaveLength(43)
    const shown = await call('read', {}, `${approverCookie}=${cookie}`)
    expect(shown.json).toMatchObject({
      participant: { name: person.display_name },
      approverName: approver.display_name,
      purpose: 'password_reset',
    })
  })

  it('F7: a wrong subject, a foreign issuer, or an address that matches begin no session, and the case says so', async () => {
    const { token, subject, verificationId, person, approver } = await ask()
    await api.owner.run('update people set sign_in_subject = $2 where id = $1', [person.id, `p-${subject}`])
    for (const [who, of] of [
      [`p-${subject}`, issuer],
      [approver.work_email, issuer],
      [subject, 'https://evil.example.org'],
    ] as const) {
      as(who, of)
      expect(await enter(token)).toBe('')
    }
    const events = await api.owner.query<{ reason: string }>(
      `select payload ->> 'reason' as reason from audit where object_id = $1::text and type = 'approver.sign_in_refused' order by seq`,
      [verificationId],
    )
    expect(events.map(({ reason }) => reason)).toEqual(['wrong_person', 'unknown_person', 'unknown_person'])
  })

  it('F7: state and browser belong together, once; a sign-in of staff is none', async () => {
    const { token, subject } = await ask()
    as(subject)
    const first = await begin(token)
    const firstState = state
    expect(cookieOf(await back(newToken(), firstState), approverCookie) ?? '').toBe('')
    expect(cookieOf(await back(first, firstState), approverCookie)).toHaveLength(43)
    expect(cookieOf(await back(first, firstState), approverCookie) ?? '').toBe('')
  })

  it('opens nothing in the participant’s own browser, also after an approver signs in there', async () => {
    const { token, subject, verificationId, person } = await ask()
    const session = newToken()
    const tokens = { tokenHash: tokenHash(session), deviceKey: null }
    const about = { verificationId, personId: person.id, ...tokens }
    const id = randomUUID()
    await inTenant(api.worker, tenantId, (tx) =>
      beginPortalSession(tx, {
        ...{ ...about, id, linkId: randomUUID(), probeNonce: 'nonce', language: 'en', seconds: 600 },
        tokenMark: tokenMark(api.keys.worker, 'portal_sessions', { ...about, tenantId, sessionId: id }),
      }),
    )
    const own = `${portalCookie}=${session}`
    expect((await call('open', { token }, own)).json.code).toBe('link_unusable')
    as(subject)
    const cookie = await enter(token)
    expect((await call('read', {}, `${approverCookie}=${cookie}; ${own}`)).json.code).toBe('link_unusable')
  })

  it('refuses a yes without digits, a no with them, and unknown fields, naming the field', async () => {
    const { token, subject } = await ask()
    as(subject)
    const cookie = `${approverCookie}=${await enter(token)}`
    const screenHash = '0'.repeat(64)
    for (const body of [
      { answer: 'yes', screenHash },
      { answer: 'no', digits: '12', screenHash },
      { answer: 'perhaps', screenHash },
    ]) {
      const answer = await call('answer', body, cookie)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }
    expect(api.verifications.calls.filter(({ name }) => name === 'answerApprover')).toEqual([])
    expect((await call('answer', { answer: 'yes', digits: '12', screenHash }, cookie)).json).toEqual({
      accepted: true,
      triesLeft: 0,
    })
  })
})
