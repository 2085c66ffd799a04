import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tlsClient } from '#domain/risk/checks/endpoint/tls-client.ts'
import { facts, windowsChrome } from '#domain/risk/testing/facts.ts'
import { resultOf } from '#domain/risk/testing/findings.ts'
import { makeCertificates } from '#dev/stack/directories/certificates.ts'
import { openProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { startTlsFront } from '#platform/testing/tls-front.ts'
import { portalCookie } from '../http/cookies.ts'
import { addTenant, callPortal, createTestApi, sameOrigin, type TestApi } from '../testing/test-api.ts'
import { enterAs, report, type Visit } from '../testing/visit.ts'

const secret = 'a secret between the proxy and this test'
const folder = mkdtempSync(join(tmpdir(), 'tls-client-'))
let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi({ settings: { ja4: { header: 'x-ja4', secret } } })
  tenantId = (await addTenant(api)).id
})
afterAll(async () => {
  await api.stop()
  rmSync(folder, { recursive: true })
})

/** The newest request that the API kept of a visit. */
const keptOf = async ({ verificationId }: Visit): Promise<StoredRequest> => {
  const row = await api.owner.one<{ id: string; sealed: Buffer }>(
    `select id, report_sealed as sealed from probe_facts where verification_id = $1 and kind = 'request'
     order by received_at desc limit 1`,
    [verificationId],
  )
  if (row === undefined) throw new Error('the request was kept')
  return openProbe<StoredRequest>(api.keys.api, tenantId, row.id, row.sealed)
}
const ja4 = 't13d1517h2_8daaf6152771_cb7bf5808d99'
/** The fingerprint that is kept of a beacon with these headers. */
const toldBy = async (headers: Readonly<Record<string, string>>) => {
  const visit = await enterAs(api, tenantId)
  const body = { report: report(api, visit.nonce) }
  expect((await callPortal(api, visit.session, '/api/portal/checks', { body, headers })).status).toBe(200)
  return (await keptOf(visit)).request?.ja4
}

describe('the TLS of the client', () => {
  it('is taken from the proxy, which names itself by its secret', async () => {
    expect(await toldBy({ 'x-ja4': ja4, 'x-countersign-proxy': secret })).toBe(ja4)
  })

  it('H8: is not taken from a client, who does not know the secret, nor where two values came', async () => {
    expect(await toldBy({ 'x-ja4': ja4 })).toBeNull()
    expect(await toldBy({ 'x-ja4': ja4, 'x-countersign-proxy': 'a guess' })).toBeNull()
    expect(await toldBy({ 'x-ja4': `${ja4}, ${ja4}`, 'x-countersign-proxy': secret })).toBeNull()
    expect(await toldBy({ 'x-ja4': 'x'.repeat(4_000), 'x-countersign-proxy': secret })).toBeNull()
    expect(await toldBy({ 'x-countersign-proxy': secret })).toBeNull()
  })

  it('of a program that sends every header of Chrome is still that of the program', async () => {
    const visit = await enterAs(api, tenantId)
    const names = makeCertificates(folder, ['localhost'])
    const front = await startTlsFront(api.ports.portal, names, { 'x-countersign-proxy': secret }, 'x-ja4')
    const body = JSON.stringify({ report: report(api, visit.nonce) })
    const status = await new Promise((resolve, reject) => {
      const headers = {
        ...sameOrigin(api.portalUrl),
        ...{ host: new URL(api.portalUrl).host, 'user-agent': windowsChrome, 'x-ja4': ja4 },
        ...{ cookie: `${portalCookie}=${visit.session}`, 'content-length': Buffer.byteLength(body) },
      }
      const path = '/api/portal/checks'
      request(
        { host: '127.0.0.1', port: front.port, path, method: 'POST', headers, rejectUnauthorized: false },
        (answer) => {
          answer.resume().on('end', () => {
            resolve(answer.statusCode)
          })
        },
      )
        .on('error', reject)
        .end(body)
    })
    front.stop()
    expect(status).toBe(200)
    const kept = await keptOf(visit)
    expect(kept.userAgent).toBe(windowsChrome)
    expect(kept.request?.ja4).toMatch(/^t13[di]\d{4}\w\w_a33745022dd6_/)
    const seen = facts({ network: { request: kept.request } })
    expect(resultOf(tlsClient, seen)).toMatchObject({ status: 'flag', text: { key: 'tls_client.hit' } })
  })
})
