/** A worker process that is killed right after it took the right code, and the browser whose answer never came. */
import { input } from '#domain/risk/testing/facts.ts'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { startWorkers, useMortalScenes } from '#activities/testing/mortal-scene.ts'
import { until } from '#activities/testing/until.ts'
import type { PageProof } from '#domain/risk/device-proof.ts'
import { createDeviceKey, type DeviceKey } from '#platform/crypto/device-key.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { portalCookie } from '#api/http/cookies.ts'
import { cookieOf } from '#api/testing/http.ts'
import { callPortal, createTestApi } from '#api/testing/test-api.ts'

const openScene = useMortalScenes()

it(
  'F2, R1: the same browser repeats the code and gets its session; no other browser does',
  { timeout: 120_000 },
  async ({ onTestFinished }) => {
    const scene = await openScene('identity_check')
    const workers = startWorkers(scene.world, 'acceptMatchCode:after')
    onTestFinished(workers.end)
    // Shorter than a dead worker takes to be noticed: the API asks the browser to try again.
    const deps = { db: scene.api, keys: scene.keys.api, verifications: scene.portOf(2_000) }
    const api = await createTestApi({ deps })
    onTestFinished(api.stop)
    await scene.port.open(scene.input, { requestId: randomUUID() })
    const token = /#([\w-]{43})/.exec(scene.messages()[0]?.text ?? '')?.[1] ?? ''
    const code = matchCode(scene.keys.api, { ...scene.ref, ordinal: 1 })
    const pageOf = (key: DeviceKey) => key.page(token, new URL(api.portalUrl).origin)
    const submit = (page: PageProof) =>
      callPortal(api, null, '/api/public/links/code', {
        body: { token, code, language: 'en', page, summary: input() },
      })
    const browser = createDeviceKey()
    const lost = await submit(pageOf(browser))
    expect([lost.status, cookieOf(lost, portalCookie)]).toEqual([503, undefined])
    await until(() => Promise.resolve(workers.died()))
    expect(await scene.count('select count(*) as n from portal_sessions where verification_id = $1')).toBe(1)

    // The next worker is there at some point; another browser with the link and the code comes too late at any moment.
    await until(async () => (await submit(pageOf(createDeviceKey()))).status === 404)
    let repeated = await submit(pageOf(browser))
    await until(async () => {
      if (repeated.status === 503) repeated = await submit(pageOf(browser))
      return repeated.status !== 503
    })
    expect([repeated.status, repeated.json.accepted]).toEqual([200, true])
    const session = cookieOf(repeated, portalCookie) ?? ''
    expect((await callPortal(api, session, '/api/portal/step')).status).toBe(200)
    expect(await scene.count('select count(*) as n from portal_sessions where verification_id = $1')).toBe(1)
  },
)
