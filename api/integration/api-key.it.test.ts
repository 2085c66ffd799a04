import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newApiKey } from '#platform/crypto/api-key.ts'
import { consoleCookie } from '../http/cookies.ts'
import { csrfTokenOf } from '../http/middleware/csrf.ts'
import { addClient, callIntegration, type KeyHolder } from '../testing/integration.ts'
import { addImport } from '../testing/open-objects.ts'
import {
  addTenant,
  callConsole,
  createTestApi,
  sameOrigin,
  signIn,
  type SignedIn,
  type TestApi,
} from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
let admin: SignedIn
let client: KeyHolder
beforeAll(async () => {
  api = await createTestApi()
  ;({ id: tenantId } = await addTenant(api))
  admin = await signIn(api, tenantId, 'admin')
  client = await addClient(api, tenantId, { name: 'Ticket system' })
})
afterAll(() => api.stop())

const all = 'person,ticket_id,category,opened\nperson1,T1,Printing,2026-10-01'
const csv = { 'content-type': 'text/csv' }
const uploads = '/api/v1/sources/tickets/imports'

const upload = (body: string | Buffer, as: Pick<KeyHolder, 'key'> | null = client, query = '') =>
  callIntegration(api, as, `${uploads}${query}`, { body, headers: csv })
const look = (id: string, as: Pick<KeyHolder, 'key'> | null = client) =>
  callIntegration(api, as, `/api/v1/imports/${id}`)
const confirm = (id: string, isDropConfirmed = false, once: string = randomUUID()) =>
  callIntegration(api, client, `/api/v1/imports/${id}/confirm`, { body: { isDropConfirmed }, once })
const cancel = (id: string) =>
  callIntegration(api, client, `/api/v1/imports/${id}/cancel`, { body: {}, once: randomUUID() })

const audit = (type: string) =>
  api.owner.query<{ actor_kind: string; actor_id: string; payload: object }>(
    `select actor_kind, actor_id, payload from audit where tenant_id = $1 and type = $2 order by seq`,
    [tenantId, type],
  )

describe('the key', () => {
  const importId = async (of = client) => addImport(api, of.tenantId, { origin: 'api', by_id: of.id })

  it('E5: opens nothing when it is missing, unknown, cut, revoked, expired, or in another scheme', async () => {
    const path = `/api/v1/imports/${await importId()}`
    const revoked = await addClient(api, tenantId, { revoked_at: new Date() })
    const expired = await addClient(api, tenantId, { expires_at: new Date(Date.now() - 1_000) })
    const refused = [
      await callIntegration(api, null, path),
      await callIntegration(api, { key: newApiKey() }, path),
      await callIntegration(api, { key: client.key.slice(0, -1) }, path),
      await callIntegration(api, revoked, path),
      await callIntegration(api, expired, path),
      await callIntegration(api, null, path, { headers: { authorization: client.key } }),
      await callIntegration(api, null, path, { headers: { authorization: `Basic ${client.key}` } }),
      await callIntegration(api, null, path, { headers: { 'x-api-key': client.key } }),
    ]
    for (const { status, headers, json } of refused) {
      expect([status, json.code, headers['www-authenticate']]).toEqual([401, 'api_key_required', 'Bearer'])
      expect({ ...json, requestId: '' }).toEqual({ ...refused[0]?.json, requestId: '' })
    }
    expect((await callIntegration(api, client, path)).status).toBe(200)
  })

  it('E5: revoked while it was in use, opens nothing from then on', async () => {
    const brief = await addClient(api, tenantId)
    const id = await importId(brief)
    expect((await look(id, brief)).status).toBe(200)
    await api.owner.run('update api_clients set revoked_at = now() where id = $1', [brief.id])
    expect((await look(id, brief)).status).toBe(401)
  })

  it('E5: is taken from the header alone; in the query it is refused, and not repeated in the answer', async () => {
    const path = `/api/v1/imports/${await importId()}`
    for (const name of ['key', 'access_token', 'api_key']) {
      const alone = await callIntegration(api, null, `${path}?${name}=${client.key}`)
      expect(alone.status).toBe(401)
      const beside = await callIntegration(api, client, `${path}?${name}=${client.key}`)
      expect(beside.status).toBe(400)
      expect(alone.text + beside.text).not.toContain(client.key)
    }
  })

  it('I1: without the scope it is refused, and the refusal is recorded', async () => {
    const bare = await addClient(api, tenantId, { scopes: [] })
    const before = (await audit('access.denied')).length
    const { status, json } = await upload(all, bare)
    expect([status, json.code]).toEqual([403, 'scope_missing'])
    const denied = await audit('access.denied')
    expect(denied.slice(before)).toEqual([
      {
        actor_kind: 'api_client',
        actor_id: bare.id,
        payload: { route: 'integration.uploadImport', reason: 'scope_missing' },
      },
    ])
  })

  it('I2, I3: leads to its own tenant and its own imports; any other import is as one that is not there', async () => {
    const { id: other } = await addTenant(api)
    const stranger = await addClient(api, other)
    const sibling = await addClient(api, tenantId)
    const missing = await look(randomUUID())
    expect([missing.status, missing.json.code]).toEqual([404, 'not_found'])
    const hidden = [await importId(stranger), await importId(sibling), await addImport(api, tenantId)]
    for (const id of hidden)
      for (const answer of [await look(id), await confirm(id), await cancel(id)])
        expect([answer.status, { ...answer.json, requestId: '' }]).toEqual([
          404,
          { ...missing.json, requestId: '' },
        ])
    const states = await api.owner.query<{ state: string }>(
      'select state from imports where id = any($1::uuid[])',
      [hidden],
    )
    expect(states.map(({ state }) => state)).toEqual(['checked', 'checked', 'checked'])
    expect((await upload(all, client, `?tenantId=${other}`)).status).toBe(400)
  })

  it('F8: a session of the console opens nothing here, and a key nothing at the console', async () => {
    const cookie = `${consoleCookie}=${admin.token}`
    const page = { ...sameOrigin(api.consoleUrl), cookie, 'x-csrf-token': csrfTokenOf(admin.token), ...csv }
    const here = await callIntegration(api, null, uploads, { body: all, headers: page })
    expect([here.status, here.json.code]).toEqual([401, 'api_key_required'])
    const bearer = { authorization: `Bearer ${client.key}` }
    const there = await callConsole(api, null, '/api/console/sources', { headers: bearer })
    expect([there.status, there.json.code]).toEqual([401, 'sign_in_required'])
    const path = '/api/console/sources/tickets/imports'
    expect((await callConsole(api, null, path, { body: [], headers: bearer })).status).toBe(401)
  })

  it('E5, M1: is in no row, no log line and no entry of the audit; its use leaves a time', async () => {
    const used = await addClient(api, tenantId)
    const before = api.lines.length
    await upload(all, used)
    await upload(all, { key: `${used.key}0` })
    await callIntegration(api, null, `/api/v1/imports/${used.key}?key=${used.key}`)
    await callIntegration(api, used, `/api/v1/imports/${used.key}`)
    const lines = api.lines.slice(before)
    expect(lines.filter((text) => text.includes('integration.')).length).toBeGreaterThanOrEqual(4)
    const kept = await api.owner.query<{ row: string }>(
      `select audit::text as row from audit union all select api_clients::text from api_clients
       union all select imports::text from imports union all select outbox::text from outbox
       union all select idempotency::text from idempotency union all select rate_limits::text from rate_limits`,
    )
    expect(kept.length).toBeGreaterThan(10)
    const secret = used.key.slice('countersign_key_'.length, -8)
    for (const text of [...lines, ...kept.map(({ row }) => row)]) expect(text).not.toContain(secret)
    expect(
      await api.owner.one('select last_used_at is not null as used from api_clients where id = $1', [
        used.id,
      ]),
    ).toEqual({ used: true })
  })
})
