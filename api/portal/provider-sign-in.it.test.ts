/** The participant's way to the organisation's provider and back: whose browser, which sign-in, and what goes to the worker. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { participantCallbackPath } from '../auth/participant-routes.ts'
import type { Identity, SignIn, SignInHow } from '../auth/sign-in-port.ts'
import { approverSignInCookie, participantSignInCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest } from '../testing/http.ts'
import { usePortal } from '../testing/use-test-api.ts'
import type { Visit } from '../testing/visit.ts'

const portal = usePortal()
const { api, enter } = portal
const issuer = 'https://id.northwind.example'
const own: Identity = {
  ...{ issuer, subject: 'sub-ada', account: 'sub-ada', amr: ['pwd', 'otp'], acr: 'gold' },
  ...{ verifiedEmail: null, authenticatedAt: 1_790_000_000 },
}

let begun: { state: string; how: SignInHow | undefined }[] = []
let finished: { url: URL; expected: object }[] = []
let identity: Identity | null | Error = own
const signIn: Pick<SignIn, 'begin' | 'finish'> = {
  begin: (how) => {
    if (identity instanceof Error) return Promise.reject(identity)
    const n = String(begun.length)
    const state = `state-${randomUUID()}`
    begun.push({ state, how })
    return Promise.resolve({
      url: `${issuer}/auth`,
      state,
      nonce: `nonce-${n}`,
      codeVerifier: `verifier-${n}`,
    })
  },
  finish: (url, expected) => {
    finished.push({ url, expected })
    return identity instanceof Error ? Promise.reject(identity) : Promise.resolve(identity)
  },
}
beforeAll(() => {
  Object.assign(api.deps, { participantSignIn: signIn })
})
afterEach(() => {
  ;[begun, finished, identity] = [[], [], own]
})

/** A participant whose case asks for a sign-in. */
const ask = async (): Promise<Visit> => {
  const visit = await enter()
  await visit.checks()
  const { owner } = api
  await owner.run(
    `update plans set route = 'provider_sign_in', completed_at = null, completed_reason = null where verification_id = $1`,
    [visit.verificationId],
  )
  await owner.run('insert into provider_sign_ins (tenant_id, verification_id) values ($1, $2)', [
    portal.tenantId,
    visit.verificationId,
  ])
  return visit
}
const begin = async (visit: Visit) => {
  const answer = await visit.post('provider-sign-in/begin', {})
  return { answer, cookie: cookieOf(answer, participantSignInCookie) ?? '', state: begun.at(-1)?.state ?? '' }
}
const back = (cookie: string, state: string, more = 'code=abc', name = participantSignInCookie) =>
  rawRequest(api.ports.portal, {
    path: `${participantCallbackPath}?${more}&state=${state}`,
    headers: { host: new URL(api.portalUrl).host, cookie: `${name}=${cookie}` },
  })
/** The input that went to the worker of a case, opened with its key. */
const sent = async ({ verificationId }: Visit) => {
  const rows = await api.owner.query<{ id: string; sealed: Buffer }>(
    `select id, sealed from sealed_inputs where verification_id = $1 and kind = 'provider_sign_in' order by created_at`,
    [verificationId],
  )
  return rows.map(({ id, sealed }): Record<string, unknown> => {
    const place = { tenantId: portal.tenantId, verificationId, kind: 'provider_sign_in', row: id } as const
    return JSON.parse(openForWorker(api.keys.worker, place, sealed).toString('utf8')) as Record<
      string,
      unknown
    >
  })
}

describe('the way to the provider', () => {
  it('asks for a sign-in of this moment, at the level of the policy, and says where it leads', async () => {
    const visit = await ask()
    expect((await visit.step()).json.step).toMatchObject({
      ...{ kind: 'provider_sign_in', host: 'sign-in.example.org', problem: null, triesLeft: 5 },
    })
    const { answer, cookie } = await begin(visit)
    expect(answer.json).toEqual({ url: `${issuer}/auth` })
    expect(cookie).toHaveLength(43)
    expect(begun[0]?.how).toEqual({ now: true, acrValues: [] })
    expect(answer.cookies.join()).toMatch(/participant-sign-in=.*Secure; HttpOnly; SameSite=Lax/)
  })

  it('is closed for a case that asks for something else', async () => {
    const visit = await enter()
    expect((await visit.post('provider-sign-in/begin', {})).json.code).toBe('step_over')
    expect((await visit.post('provider-sign-in/none', {})).json.code).toBe('step_over')
    expect([begun, await sent(visit)]).toEqual([[], []])
  })

  it('a provider that is down is nobody’s fault: the page hears of it, and nothing is counted', async () => {
    const visit = await ask()
    identity = new TypeError('fetch failed')
    expect((await begin(visit)).answer.json).toEqual({ url: null })
    expect(await sent(visit)).toEqual([])
    expect((await visit.post('provider-sign-in/none', {})).status).toBe(200)
    expect(await sent(visit)).toEqual([{ kind: 'not_now' }])
  })
})

describe('the way back', () => {
  it('hands what the ID token says to the worker, and nothing else is kept or shown', async () => {
    const visit = await ask()
    const { cookie, state } = await begin(visit)
    const answer = await back(cookie, state)
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('url=/v"')])
    expect(answer.text).not.toMatch(/abc|state-|sub-ada/)
    expect(answer.cookies.join()).toContain(`${participantSignInCookie}=; Path=/; Max-Age=0`)
    expect(finished[0]?.expected).toMatchObject({ state, nonce: 'nonce-0', codeVerifier: 'verifier-0' })
    const [said, ...more] = await sent(visit)
    expect(more).toEqual([])
    expect(said).toEqual({
      ...{ kind: 'signed_in', sessionId: expect.any(String) as string, issuer, account: 'sub-ada' },
      ...{ amr: ['pwd', 'otp'], acr: 'gold', authenticatedAt: 1_790_000_000 },
      begunAt: expect.any(Number) as number,
    })
    expect(Math.abs(Number(said?.['begunAt']) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('F7: serves once: neither state nor code can be played again', async () => {
    const visit = await ask()
    const { cookie, state } = await begin(visit)
    await back(cookie, state)
    await back(cookie, state)
    expect([finished.length, (await sent(visit)).length]).toEqual([1, 1])
  })

  it('F7: in another browser it does nothing: a victim who follows an attacker’s link proves nothing for them', async () => {
    const attacker = await ask()
    const { cookie, state } = await begin(attacker)
    const victim = await ask()
    const other = await begin(victim)
    for (const [held, carried] of [
      ['', state],
      [other.cookie, state],
      [cookie, other.state],
      [cookie, 'state-unknown'],
    ] as const)
      expect((await back(held, carried)).status).toBe(200)
    expect([finished, await sent(attacker), await sent(victim)]).toEqual([[], [], []])
  })

  it('F7: a sign-in that began here is none of an approver or of staff, nor the other way round', async () => {
    const visit = await ask()
    const { cookie, state } = await begin(visit)
    await back(cookie, state, 'code=abc', approverSignInCookie)
    const elsewhere = await rawRequest(api.ports.portal, {
      path: `/auth/approver/callback?code=abc&state=${state}`,
      headers: { host: new URL(api.portalUrl).host, cookie: `${approverSignInCookie}=${cookie}` },
    })
    expect([elsewhere.status, finished]).toEqual([200, []])
    const console = await rawRequest(api.ports.console, {
      path: `/auth/callback?code=abc&state=${state}`,
      headers: { host: new URL(api.consoleUrl).host, cookie: `__Host-countersign-sign-in=${cookie}` },
    })
    expect([console.status, finished]).toEqual([302, []])
    await back(cookie, state)
    expect(finished).toHaveLength(1)
  })

  it('is over after ten minutes, and when the session has ended meanwhile', async () => {
    const visit = await ask()
    const late = await begin(visit)
    await api.owner.run(`update sign_in_transactions set expires_at = now() - interval '1 second'`)
    await back(late.cookie, late.state)
    const ended = await begin(visit)
    await api.owner.run('update portal_sessions set ended_at = now() where verification_id = $1', [
      visit.verificationId,
    ])
    await back(ended.cookie, ended.state)
    expect([finished, await sent(visit)]).toEqual([[], []])
  })

  it('a provider that is down, an answer that is not believed and a participant who turned back say nothing', async () => {
    for (const [answer, more] of [
      [new TypeError('fetch failed'), 'code=abc'],
      [null, 'code=abc'],
      [null, 'error=access_denied'],
    ] as const) {
      const visit = await ask()
      identity = own
      const { cookie, state } = await begin(visit)
      identity = answer
      expect((await back(cookie, state, more)).status).toBe(200)
      expect(await sent(visit)).toEqual([{ kind: 'unanswered' }])
    }
  })
})
