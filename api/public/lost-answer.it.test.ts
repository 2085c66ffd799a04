import { input } from '#domain/risk/testing/facts.ts'
import { describe, expect, it } from 'vitest'
import type { PageProof } from '#domain/risk/device-proof.ts'
import { createDeviceKey, type DeviceKey } from '#platform/crypto/device-key.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { portalCookie, typedCodeCookie } from '../http/cookies.ts'
import { cookieOf } from '../testing/http.ts'
import { callPortal, keylessPage } from '../testing/test-api.ts'
import { usePortal } from '../testing/use-test-api.ts'

const { api, links } = usePortal()

describe('an answer that was lost right after the right code', () => {
  it('F2: the browser whose answer was lost repeats the code and gets its session; no other browser does', async () => {
    const { token, code, verificationId } = await links.makeCase()
    const submit = (cookie = '') =>
      callPortal(api, null, '/api/public/links/code', {
        body: { token, code, language: 'en', page: keylessPage(api), summary: input() },
        headers: { cookie },
      })
    // The worker writes everything and dies before it answers.
    const { submitMatchCode } = api.verifications
    api.verifications.submitMatchCode = async (ref, inputId) => {
      await submitMatchCode(ref, inputId)
      return { kind: 'pending' }
    }
    const lost = await submit()
    api.verifications.submitMatchCode = submitMatchCode
    expect([lost.status, cookieOf(lost, portalCookie)]).toEqual([503, undefined])
    const seed = cookieOf(lost, typedCodeCookie) ?? ''
    expect(lost.cookies).toEqual([expect.stringMatching(/; Secure; HttpOnly; SameSite=Strict$/)])
    for (const other of ['', `${typedCodeCookie}=${newToken()}`, `${portalCookie}=${seed}`])
      expect((await submit(other)).status).toBe(404)
    expect((await callPortal(api, seed, '/api/portal/step')).status).toBe(401)
    const repeated = await submit(`${typedCodeCookie}=${seed}`)
    expect([repeated.status, repeated.json.accepted]).toEqual([200, true])
    const session = cookieOf(repeated, portalCookie) ?? ''
    expect((await callPortal(api, session, '/api/portal/step')).status).toBe(200)
    const rows = 'select token_hash from portal_sessions where verification_id = $1'
    expect(await api.owner.query(rows, [verificationId])).toEqual([{ token_hash: tokenHash(session) }])
    // The session ended: what is left of the typed code opens nothing.
    await api.owner.run('update portal_sessions set ended_at = now() where verification_id = $1', [
      verificationId,
    ])
    expect((await submit(`${typedCodeCookie}=${seed}`)).status).toBe(404)
  })

  it('F2: a browser with a key needs no cookie for it, whichever process died; another key gets nothing', async () => {
    const { token, code, verificationId } = await links.makeCase()
    const submit = (page: PageProof) =>
      callPortal(api, null, '/api/public/links/code', {
        body: { token, code, language: 'en', page, summary: input() },
      })
    const pageOf = (key: DeviceKey) => key.page(token, new URL(api.portalUrl).origin)
    const [own, foreign] = [createDeviceKey(), createDeviceKey()]
    // Its answer reaches nobody.
    expect((await submit(pageOf(own))).status).toBe(200)
    const forged = { ...pageOf(foreign), device: { ...pageOf(foreign).device, publicKey: own.publicKey } }
    for (const page of [pageOf(foreign), keylessPage(api), forged as PageProof])
      expect((await submit(page)).status).toBe(404)
    const repeated = await submit(pageOf(own))
    expect([repeated.status, repeated.json.accepted]).toEqual([200, true])
    const session = cookieOf(repeated, portalCookie) ?? ''
    const rows = 'select token_hash from portal_sessions where verification_id = $1'
    expect(await api.owner.query(rows, [verificationId])).toEqual([{ token_hash: tokenHash(session) }])
  })
})
