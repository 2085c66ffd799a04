import { input } from '#domain/risk/testing/facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf } from '../testing/http.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  callPortal,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
  keylessPage,
} from '../testing/test-api.ts'
import { portalCookie } from '../http/cookies.ts'

let api: TestApi
let tenantId: string
let agent: SignedIn
let person: Awaited<ReturnType<typeof addPerson>>
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  agent = await signIn(api, tenantId)
  person = await addPerson(api, tenantId, { display_name: 'Ada Lindt' })
})
afterAll(() => api.stop())

const start = (key: string, contactId = person.phone.id) =>
  callConsole(api, agent, '/api/console/verifications', {
    key,
    body: { personId: person.id, purpose: 'password_reset', contactId, ticket: 'INC-1' },
  })

describe('the main job over HTTP', () => {
  it('signs in, finds the person, sends, reads the code, opens the link, types the code', async () => {
    const session = await callConsole(api, agent, '/api/console/session')
    expect(session.json).toMatchObject({
      staff: { role: 'agent' },
      tenant: { name: 'Northwind' },
      banners: [],
    })

    const found = await callConsole(api, agent, '/api/console/people/search', { body: { q: 'ada l' } })
    expect(found.json).toMatchObject({ people: [{ id: person.id, name: 'Ada Lindt' }], more: false })

    const card = await callConsole(api, agent, `/api/console/people/${person.id}`)
    expect(card.status).toBe(200)
    expect(card.json.contacts).toHaveLength(2)

    const options = await callConsole(
      api,
      agent,
      `/api/console/people/${person.id}/send-options?purpose=password_reset`,
    )
    expect(options.json.options.map((option: { allowed: boolean }) => option.allowed)).toEqual([true, true])
    expect(options.json.options[0].preview.text).toContain(`${api.portalUrl}/v#`)

    const started = await start('start-key-1')
    expect(started.status).toBe(201)
    const { verificationId } = started.json
    const again = await start('start-key-1')
    expect([again.status, again.json]).toEqual([201, started.json])
    expect(api.verifications.calls.filter(({ name }) => name === 'open')).toHaveLength(1)
    expect((await start('start-key-1', person.email.id)).json.code).toBe('idempotency_key_reused')
    expect((await start('start-key-2')).json.code).toBe('open_verification_exists')

    const list = await callConsole(api, agent, '/api/console/verifications')
    expect(list.json.rows[0]).toMatchObject({ id: verificationId, participant: { name: 'Ada Lindt' } })
    const panel = await callConsole(api, agent, `/api/console/verifications/${verificationId}`)
    expect(panel.json).toMatchObject({
      row: { id: verificationId, state: 'link_sent' },
      canReadMatchCode: true,
    })

    const code = await callConsole(api, agent, `/api/console/verifications/${verificationId}/match-code`)
    expect(code.json.code).toMatch(/^\d{6}$/)

    const token = api.verifications.tokenOf(verificationId)
    const opened = await callPortal(api, null, '/api/public/links/open', {
      body: { token },
    })
    expect(opened.json.step).toMatchObject({ kind: 'who_asks', agentName: 'Alex Agent', ticket: 'INC-1' })
    expect(opened.json.step.phrase).toEqual(code.json.phrase)
    expect(opened.cookies).toEqual([])

    const accepted = await callPortal(api, null, '/api/public/links/code', {
      body: { token, code: code.json.code, language: 'en', page: keylessPage(api), summary: input() },
    })
    expect(accepted.json).toMatchObject({ accepted: true, answer: { step: { kind: 'checking' } } })
    const cookie = cookieOf(accepted, portalCookie) ?? ''
    const step = await callPortal(api, cookie, '/api/portal/step')
    expect(step.json).toEqual(accepted.json.answer)
  })
})
