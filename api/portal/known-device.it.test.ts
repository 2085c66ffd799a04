import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ip } from '#domain/risk/testing/facts.ts'
import { openProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { deviceCookie, portalCookie } from '../http/cookies.ts'
import { cookieOf } from '../testing/http.ts'
import { testPlan } from '../testing/plan.ts'
import { addTenant, callPortal, createTestApi, type TestApi } from '../testing/test-api.ts'
import { enterAs, report, type Visit } from '../testing/visit.ts'

let api: TestApi
let tenantId: string
let address = '86.128.0.1'
beforeAll(async () => {
  api = await createTestApi({
    deps: {
      clientAddress: () => ({ address, hops: 1, problem: null }),
      factTools: { ...createFactTools(null), lookUp: (text) => ip({ address: text }) },
    },
  })
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())
beforeEach(() => {
  api.verifications.answers = {}
  api.verifications.plan = testPlan()
})
const enter = (from: string) => {
  address = from
  return enterAs(api, tenantId)
}

describe('where a case comes from', () => {
  it('is remembered as digests, with the device once its beacon came, and never as an address', async () => {
    const visit = await enter('86.128.0.9')
    const rows = () =>
      api.owner.query<{ asn: number; country: string; device: boolean }>(
        `select asn, country, device_digest is not null as device from sightings where verification_id = $1`,
        [visit.verificationId],
      )
    expect(await rows()).toEqual([{ asn: 2856, country: 'GB', device: false }])
    await visit.checks()
    await visit.skip(1)
    expect(await rows()).toEqual([{ asn: 2856, country: 'GB', device: true }])
    const text = JSON.stringify(await api.owner.query('select s::text as text from sightings s'))
    expect(text).not.toContain('86.128')
  })

  it('closes the gate to the fifth person on one address, not to the first', async () => {
    const steps: string[] = []
    for (let person = 1; person <= 5; person += 1) {
      const visit = await enter('86.128.5.5')
      steps.push((await visit.checks()).json.step.kind)
    }
    expect([steps[0], steps[4]]).toEqual(['question', 'waiting'])
  })

  it('is not counted where the address is one that many networks share', async () => {
    const visit = await enter('10.0.0.7')
    await visit.checks()
    expect(
      await api.owner.query('select from sightings where verification_id = $1', [visit.verificationId]),
    ).toEqual([])
  })
})

describe('the cookie of a known device', () => {
  const close = (visit: Visit, outcome: string) =>
    api.owner.run(
      `update verifications set state = 'closed', outcome = $2, purpose = 'identity_check', closed_at = now() where id = $1`,
      [visit.verificationId, outcome],
    )
  /** The API kept this of a request that sent this cookie. */
  const keptOf = async (visit: Visit, cookie: string, tenant = tenantId) => {
    await callPortal(api, visit.session, '/api/portal/checks', {
      body: { report: report(api, visit.nonce) },
      headers: { cookie: `${portalCookie}=${visit.session}; ${deviceCookie}=${cookie}` },
    })
    const row = await api.owner.one<{ id: string; sealed: Buffer }>(
      `select id, report_sealed as sealed from probe_facts where verification_id = $1 and kind = 'request'
       order by received_at desc limit 1`,
      [visit.verificationId],
    )
    if (row === undefined) throw new Error('the request was kept')
    return openProbe<StoredRequest>(api.keys.api, tenant, row.id, row.sealed).deviceCookie
  }

  it('F1: is set when the case has passed, with every attribute, and only then', async () => {
    const visit = await enter('86.128.0.11')
    expect((await visit.checks()).cookies).toEqual([])
    await close(visit, 'passed')
    const ended = await visit.step()
    expect(ended.json.step).toMatchObject({ kind: 'ended', ending: 'confirmed' })
    const [set] = ended.cookies
    expect(set).toMatch(
      /^__Host-countersign-device=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=15552000; Secure; HttpOnly; SameSite=Strict$/,
    )
    const refused = await enter('86.128.0.12')
    await close(refused, 'failed')
    expect((await refused.step()).cookies).toEqual([])
  })

  it('names the session it was made for; what is made up, or another organisation’s, is foreign', async () => {
    const before = await enter('86.128.0.13')
    await close(before, 'passed')
    const cookie = cookieOf(await before.step(), deviceCookie) ?? ''
    const sessionId = (
      await api.owner.one<{ id: string }>('select id from portal_sessions where verification_id = $1', [
        before.verificationId,
      ])
    )?.id
    expect(await keptOf(await enter('86.128.0.14'), cookie)).toEqual({ sessionId })
    expect(await keptOf(await enter('86.128.0.15'), 'A'.repeat(43))).toBe('foreign')
    expect(await keptOf(await enter('86.128.0.16'), 'short')).toBeNull()
    const other = (await addTenant(api)).id
    expect(await keptOf(await enterAs(api, other), cookie, other)).toBe('foreign')
  })
})
