import { input } from '#domain/risk/testing/facts.ts'
import { describe, expect, it } from 'vitest'
import { proofHeader, type ProvenAct } from '#domain/risk/device-proof.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import { portalCookie } from '../http/cookies.ts'
import { cookieOf } from '../testing/http.ts'
import { callPortal, keylessPage } from '../testing/test-api.ts'
import { usePortal } from '../testing/use-test-api.ts'
import { report } from '../testing/visit.ts'

const { api, links } = usePortal()
const elsewhere = 'https://portal-example.com'

/** A participant whose code was just accepted, in a browser that made a key. */
const enter = async (key = createDeviceKey()) => {
  const made = await links.makeCase()
  const { token, code, verificationId } = made
  const page = key.page(token, api.portalUrl)
  const entered = await callPortal(api, null, '/api/public/links/code', {
    body: { token, code, language: 'en', page, summary: input() },
  })
  const session = cookieOf(entered, portalCookie) ?? ''
  const nonce = entered.json.answer.nonce as string
  const actOf = (path: string, body: unknown): ProvenAct => ({
    ...{ method: 'POST', path: `/api/portal/${path}`, nonce },
    body: JSON.stringify(body),
  })
  const post = (path: string, body: unknown, proof: string | null) =>
    callPortal(api, session, `/api/portal/${path}`, {
      body,
      headers: proof === null ? {} : { [proofHeader]: proof },
    })
  const signed = (path: string, body: unknown) => key.act(actOf(path, body), api.portalUrl)
  return {
    ...{ ...made, verificationId, key, session, nonce, actOf, post, signed },
    act: (path: string, body: unknown) => post(path, body, signed(path, body)),
    step: () => callPortal(api, session, '/api/portal/step'),
    checks: () => ({
      report: report(api, nonce, { device: key.report(nonce, api.portalUrl) }),
    }),
  }
}
type Visit = Awaited<ReturnType<typeof enter>>

const breaches = (verificationId: string) =>
  api.owner.query<{ payload: unknown }>(
    `select payload from audit where object_id = $1 and type = 'session.breached' order by seq`,
    [verificationId],
  )
const isOver = async (visit: Visit) => (await visit.step()).json.step
const over = { kind: 'ended', ending: 'not_this_browser' }

describe('F15: a session of a browser that made a key', () => {
  it('continues where each act is signed by it, also when a request is sent again', async () => {
    const visit = await enter()
    const body = visit.checks()
    const proof = visit.signed('checks', body)
    for (let sent = 0; sent < 2; sent += 1) expect((await visit.post('checks', body, proof)).status).toBe(200)
    expect(await breaches(visit.verificationId)).toEqual([])
    expect((await visit.step()).json.nonce).toBe(visit.nonce)
  })

  it.each<[string, object, (visit: Visit) => string | null]>([
    ['by a plain script that has the cookie', { breach: 'no_proof' }, () => null],
    [
      'signed by another key',
      { breach: 'wrong_key' },
      ({ actOf }) => createDeviceKey().act(actOf('more-time', { position: 1 }), api.portalUrl),
    ],
    [
      'signed by its key on a page of another address',
      { breach: 'foreign_page', origin: elsewhere },
      ({ key, actOf }) => key.act(actOf('more-time', { position: 1 }), elsewhere),
    ],
    [
      'signed on another address that claims to be ours',
      { breach: 'wrong_key' },
      ({ key, actOf }) =>
        key.act(actOf('more-time', { position: 1 }), elsewhere).replace(elsewhere, api.portalUrl),
    ],
    [
      'signed for another request',
      { breach: 'wrong_key' },
      ({ signed }) => signed('more-time', { position: 2 }),
    ],
    ['signed for another route', { breach: 'wrong_key' }, ({ signed }) => signed('answer', { position: 1 })],
    [
      'signed in another session of the same browser',
      { breach: 'wrong_key' },
      ({ key, actOf }) =>
        key.act({ ...actOf('more-time', { position: 1 }), nonce: newToken() }, api.portalUrl),
    ],
    ['signed with rubbish', { breach: 'wrong_key' }, () => `${api.portalUrl} ${'x'.repeat(86)}`],
    ['with an address that is none', { breach: 'foreign_page' }, () => `<img> ${'x'.repeat(86)}`],
  ])('ends with an act %s, once, and says so', async (_name, payload, proofOf) => {
    const visit = await enter()
    const proof = proofOf(visit)
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await visit.post('more-time', { position: 1 }, proof)
      expect([answer.status, answer.json.code]).toEqual([401, 'session_ended'])
    }
    expect(await breaches(visit.verificationId)).toEqual([{ payload }])
    expect(await isOver(visit)).toMatchObject(over)
    // The right browser has lost it as well: nobody knows which of the two is the participant.
    expect((await visit.act('more-time', { position: 1 })).status).toBe(401)
  })

  it.each([
    'checks',
    'answer',
    'more-time',
    'second-code',
    'password',
    'password/check',
    'mfa',
    'mfa/code',
    'passkey',
    'passkey/begin',
    'passkey/none',
    'passkey/enrolment',
    'passkey/enrolment/begin',
  ])('is asked for a signature at %s', async (path) => {
    const visit = await enter()
    expect((await visit.post(path, {}, null)).status).toBe(401)
    expect(await isOver(visit)).toMatchObject(over)
  })

  it('takes "this was not me" from any holder of the session', async () => {
    const visit = await enter()
    const digits = (await visit.step()).json.reportDigits as string
    const reported = await visit.post('report', { digits }, null)
    expect(reported.json.step).toMatchObject({ kind: 'ended', ending: 'reported' })
    expect(await breaches(visit.verificationId)).toEqual([])
  })

  it('ends when the report comes from another page, or names another key', async () => {
    const foreign = await enter()
    const told = report(api, foreign.nonce, { origin: elsewhere })
    expect((await foreign.act('checks', { report: told })).status).toBe(401)
    expect(await breaches(foreign.verificationId)).toEqual([
      { payload: { breach: 'foreign_page', origin: elsewhere } },
    ])
    const other = await enter()
    const device = createDeviceKey().report(other.nonce, api.portalUrl)
    const named = { report: report(api, other.nonce, { device }) }
    expect((await other.act('checks', named)).status).toBe(401)
    expect(await isOver(other)).toMatchObject(over)
  })

  it('T11: opens nothing once its key was exchanged or removed in the database', async () => {
    for (const key of [createDeviceKey().publicKey, null]) {
      const visit = await enter()
      await api.owner.run('update portal_sessions set device_key = $2 where verification_id = $1', [
        visit.verificationId,
        key,
      ])
      expect((await visit.step()).status).toBe(401)
    }
  })
})

describe('F15: a code', () => {
  const submit = (token: string, code: string, page: unknown) =>
    callPortal(api, null, '/api/public/links/code', {
      body: { token, code, language: 'en', page, summary: input() },
    })

  it.each<[string, (token: string) => unknown]>([
    ['on a page of another address', () => ({ origin: elsewhere, device: null })],
    ['signed on a page of another address', (token) => createDeviceKey().page(token, elsewhere)],
    [
      'signed there, on a page that claims to be ours',
      (token) => ({ ...createDeviceKey().page(token, elsewhere), origin: api.portalUrl }),
    ],
    ['signed for another link', () => createDeviceKey().page(newToken(), api.portalUrl)],
  ])('typed %s begins no session, and its link is dead', async (_name, pageOf) => {
    const { token, code, verificationId } = await links.makeCase()
    const refused = await submit(token, code, pageOf(token))
    expect([refused.status, refused.json.code, refused.cookies]).toEqual([404, 'link_unusable', []])
    expect((await submit(token, code, keylessPage(api))).status).toBe(404)
    const sessions = await api.owner.query('select from portal_sessions where verification_id = $1', [
      verificationId,
    ])
    expect(sessions).toHaveLength(0)
  })

  it.each<[string, unknown, string]>([
    ['no page', undefined, 'page'],
    ['an origin of two lines', { origin: 'https://a.example\nb', device: null }, 'page.origin'],
    [
      'half a key',
      { origin: 'https://a.example', device: { publicKey: 'x', signature: 'y' } },
      'page.device.publicKey',
    ],
  ])('with %s is refused, naming the field', async (_name, page, field) => {
    const { token, code } = await links.makeCase()
    const refused = await submit(token, code, page)
    expect(refused.status).toBe(422)
    expect(refused.json.issues.map(({ path }: { path: string }) => path)).toContain(field)
  })
})
