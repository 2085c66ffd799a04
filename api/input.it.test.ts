import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { consoleCookie } from './http/cookies.ts'
import { csrfTokenOf } from './http/middleware/csrf.ts'
import { rawRequest, type Answer } from './testing/http.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  callPortal,
  createTestApi,
  sameOrigin,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'

let api: TestApi
let agent: SignedIn
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  agent = await signIn(api, tenantId)
})
afterAll(() => api.stop())

const onConsole = (path: string, more: Partial<Parameters<typeof rawRequest>[1]> = {}) =>
  rawRequest(api.ports.console, {
    path,
    ...more,
    headers: { host: new URL(api.consoleUrl).host, ...more.headers },
  })

describe('bad input', () => {
  const search = (body: string) =>
    onConsole('/api/console/people/search', {
      method: 'POST',
      headers: {
        ...sameOrigin(api.consoleUrl),
        cookie: `${consoleCookie}=${agent.token}`,
        'x-csrf-token': csrfTokenOf(agent.token),
      },
      body,
    })

  it('C14: a list, an object or a repeated key where one value belongs is a 400 that names it', async () => {
    for (const body of [
      '{"q":["abc","def"]}',
      '{"q":{"a":"abc"}}',
      '{"q":"abc","q":"def"}',
      '{"q":"abc","q[]":"def"}',
    ]) {
      const answer = await search(body)
      expect([body, answer.status]).toEqual([body, 400])
      expect(answer.json.issues[0].path).toMatch(/^q/)
    }
    const repeated = await callConsole(api, agent, '/api/console/verifications?q=abc&q=def')
    expect([repeated.status, repeated.json.issues[0].path]).toEqual([400, 'q'])
  })

  it('H9, I9: refuses what is too large, too deep or aims at prototypes, and stays as it was', async () => {
    expect((await search(JSON.stringify({ q: 'x'.repeat(70_000) }))).status).toBe(413)
    expect((await search(`{"q":${'['.repeat(30)}${']'.repeat(30)}}`)).status).toBe(400)
    expect((await search('{"q":"abc","__proto__":{"role":"admin"}}')).status).toBe(400)
    expect((await search('{"q":"abc","constructor":{"prototype":{"role":"admin"}}}')).status).toBe(400)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect((await onConsole(`/?${'x'.repeat(5_000)}`)).status).toBe(400)
  })

  it('K6: refuses a character that no table takes, before anything is asked of the database', async () => {
    for (const odd of ['abc\\u0000', '\\ud800abc']) {
      const answer = await search(`{"q":"${odd}"}`)
      expect([answer.status, answer.json.issues]).toMatchObject([
        422,
        [{ path: 'q', code: 'forbidden_character' }],
      ])
    }
  })

  it('K6: refuses NUL in a query, a path, a form and a way of signing in, and names the field', async () => {
    const named = ({ status, json }: Answer) => [status, json.issues[0].path, json.issues[0].code]
    const inConsole = async (path: string) => named(await callConsole(api, agent, path))
    const refusedAt = (path: string) => [422, path, 'forbidden_character']
    expect(await inConsole('/api/console/verifications?q=abc%00def')).toEqual(refusedAt('q'))
    expect(await inConsole('/api/console/verifications?state=opened&cursor=%00')).toEqual(refusedAt('cursor'))
    expect(await inConsole('/api/console/verifications?a%00b=abc')).toEqual(refusedAt('query'))
    expect(await inConsole('/api/console/people/%00')).toEqual(refusedAt('personId'))
    for (const path of ['/auth/sign-in?return_to=/a%00', '/auth/callback?return_to=x&return_to=%00'])
      expect(named(await onConsole(path))).toEqual(refusedAt('return_to'))
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = { method: 'POST', headers: form, body: 'logout_token=a%00b' }
    expect(named(await onConsole('/auth/back-channel-logout', posted))).toEqual(refusedAt('logout_token'))
  })

  it('refuses a time that no column holds', async () => {
    const answer = await callConsole(api, agent, '/api/console/verifications?from=0000-01-01T00:00:00Z')
    expect([answer.status, answer.json.issues[0].path]).toEqual([422, 'from'])
  })

  it('K12: repeats nothing of what was sent', async () => {
    const secret = '<script>hunter2</script>'
    for (const body of [
      JSON.stringify({ q: 1, x: secret }),
      `{"q":"${secret}`,
      JSON.stringify({ q: [secret] }),
    ])
      expect((await search(body)).text).not.toContain('hunter2')
  })

  it('K1: a search for SQL finds nobody and breaks nothing', async () => {
    await addPerson(api, tenantId, { display_name: 'Percy Underscore' })
    for (const q of ["' or 1=1 --", '%%%', '___', '\\\\\\', "'; drop table people; --"]) {
      const answer = await search(JSON.stringify({ q }))
      expect([q, answer.status, answer.json.people]).toEqual([q, 200, []])
    }
  })

  it('D9: needs three characters and shows twenty at most', async () => {
    const { id } = await addTenant(api)
    const other = await signIn(api, id)
    for (let n = 0; n < 23; n += 1) await addPerson(api, id, { display_name: `Common Name ${n}` })
    const find = (q: string) => callConsole(api, other, '/api/console/people/search', { body: { q } })
    expect((await find('co')).status).toBe(422)
    expect((await find('  co  ')).status).toBe(422)
    const found = await find('common')
    expect([found.json.people.length, found.json.more]).toEqual([20, true])
    expect(found.text).not.toMatch(/@mail\.example\.org|\+447/)
  })
})

describe('H8: whose requests are counted', () => {
  it('ignores X-Forwarded-For of a peer that is no proxy of ours', async () => {
    const unknown = 'A'.repeat(43)
    const open = (forwarded: string) =>
      callPortal(api, null, '/api/public/links/open', {
        body: { token: unknown },
        headers: { 'x-forwarded-for': forwarded },
      })
    const statuses = await Promise.all(
      Array.from({ length: 26 }, async (_, n) => (await open(`203.0.113.${n}`)).status),
    )
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5)
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(21)
    await api.owner.run('delete from rate_limits')
  })
})

describe('M2, C9: the access log', () => {
  it('holds route names and ids of requests, never a path, query, token, name or body', async () => {
    const person = await addPerson(api, tenantId, { display_name: 'Zacharias Quill' })
    const verification = await makeVerification(api.owner, person.phone)
    const token = 'secrettoken'.padEnd(43, 'x')
    await callPortal(api, null, '/api/public/links/open', { body: { token } })
    await callConsole(api, agent, `/api/console/verifications?q=zacharias&personId=${person.id}`)
    await callConsole(api, agent, `/api/console/verifications/${verification.id}`)
    await callConsole(api, agent, '/api/console/people/search', { body: { q: 'zacharias' } })
    const log = api.lines.join('')
    expect(log).toContain('"route":"public.openLink"')
    expect(log).toContain('"route":"console.verification"')
    for (const secret of [token, 'zacharias', 'Zacharias', person.id, verification.id, agent.token, '/api/'])
      expect(log).not.toContain(secret)
  })
})
