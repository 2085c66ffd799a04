import { createHash, createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importLimits } from '#domain/questions/import-kinds.ts'
import { makePerson } from '#platform/database/testing/factories.ts'
import { requestRules } from '../http/middleware/rate-limit.ts'
import { workOnImport } from '../testing/imports.ts'
import { addClient, callIntegration, type KeyHolder } from '../testing/integration.ts'
import {
  addTenant,
  callConsole,
  createTestApi,
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
  for (let n = 0; n < 30; n += 1) await makePerson(api.owner, tenantId, { login: `person${String(n)}` })
})
afterAll(() => api.stop())

const header = 'person,ticket_id,category,opened'
const line = (n: number) => `person${String(n)},T${String(n)},Printing,2026-10-01`
const all = [header, ...Array.from({ length: 30 }, (_, n) => line(n))].join('\n')
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

const work = () => workOnImport(api, tenantId)

const audit = (type: string) =>
  api.owner.query<{ actor_kind: string; actor_id: string; payload: object }>(
    `select actor_kind, actor_id, payload from audit where tenant_id = $1 and type = $2 order by seq`,
    [tenantId, type],
  )

describe('facts by API', () => {
  it('are taken in, looked at, confirmed and done, shown as the client’s, and seen at the console', async () => {
    const taken = await upload(all)
    expect([taken.status, taken.json]).toMatchObject([
      200,
      {
        kind: 'tickets',
        origin: 'api',
        format: 'csv',
        mode: 'replace',
        state: 'uploaded',
        bytes: Buffer.byteLength(all),
        sha256: createHash('sha256').update(all).digest('hex'),
        by: { id: client.id, name: 'Ticket system' },
      },
    ])
    const id = taken.json.id as string
    expect(await work()).toBe('checked')
    expect((await look(id)).json).toMatchObject({
      import: { state: 'checked', figures: { rows: 30, added: 30, gone: 0 } },
      needsDropConfirmed: false,
    })
    expect((await confirm(id)).json).toMatchObject({ state: 'confirmed', confirmedBy: { id: client.id } })
    expect(await work()).toBe('imported')
    for (const type of ['source.uploaded', 'source.imported'])
      expect(await audit(type)).toEqual([
        expect.objectContaining({ actor_kind: 'api_client', actor_id: client.id }),
      ])
    const page = (await callConsole(api, admin, '/api/console/sources')).json
    expect(page.imports[0]).toMatchObject({ id, origin: 'api', by: { name: 'Ticket system' } })
  })

  it('that would take much away are done after a second yes only, as an admin’s are', async () => {
    const id = (await upload(`${header}\n${line(1)}`)).json.id as string
    expect(await work()).toBe('checked')
    expect((await look(id)).json).toMatchObject({
      import: { figures: { gone: 29 } },
      needsDropConfirmed: true,
    })
    const once = await confirm(id)
    expect([once.status, once.json.code]).toEqual([409, 'drop_not_confirmed'])
    expect((await confirm(id, true)).status).toBe(200)
    expect(await work()).toBe('imported')
  })

  it('of which an admin confirmed what would be done are shown as the admin’s', async () => {
    const id = (await upload(all)).json.id as string
    expect(await work()).toBe('checked')
    const body = { isDropConfirmed: false }
    await callConsole(api, admin, `/api/console/imports/${id}/confirm`, { body, key: randomUUID() })
    expect(await work()).toBe('imported')
    expect((await audit('source.imported')).at(-1)).toMatchObject({
      actor_kind: 'agent',
      actor_id: admin.staffId,
    })
  })

  it('with faults are refused whole; the report says where and what', async () => {
    const id = (
      await upload(`${all}\nperson1,T99,=HYPERLINK(1),tomorrow`, client, '?mode=merge&unknown=stop')
    ).json.id as string
    expect(await work()).toBe('refused')
    expect((await look(id)).json.import).toMatchObject({ state: 'refused', mode: 'merge', isStrict: true })
    const report = await callIntegration(api, client, `/api/v1/imports/${id}/report.csv`)
    expect(report.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(report.text).toContain('32,opened,not_a_moment')
    expect(report.text).not.toContain('HYPERLINK')
  })

  it('can be left, and a repeated call with the same idempotency key is answered alike', async () => {
    const { json } = await callIntegration(api, client, uploads, { body: [] })
    expect(json).toMatchObject({ format: 'json', state: 'uploaded' })
    const once = randomUUID()
    const left = () =>
      callIntegration(api, client, `/api/v1/imports/${json.id as string}/cancel`, { body: {}, once })
    expect((await left()).json.state).toBe('cancelled')
    expect((await left()).json.state).toBe('cancelled')
    expect((await cancel(json.id as string)).json.code).toBe('import_over')
    expect(
      (await callIntegration(api, client, `/api/v1/imports/${json.id as string}/cancel`, { body: {} }))
        .status,
    ).toBe(422)
  })
})

describe('the way in', () => {
  it.each([
    ['multipart/form-data; boundary=x', 415],
    ['application/x-www-form-urlencoded', 415],
    ['text/plain', 415],
    ['text/csv; charset=iso-8859-1', 415],
    ['text/csv; charset=utf-8', 200],
  ])('F8: a body of %s: %i', async (type, status) => {
    const { id } = await addTenant(api)
    const fresh = await addClient(api, id)
    const headers = { 'content-type': type }
    const taken = await callIntegration(api, fresh, uploads, { body: '[]', headers })
    expect(taken.status).toBe(status)
  })

  it('H9: ends a file that is too large as soon as it is, and keeps nothing of it', async () => {
    const { id } = await addTenant(api)
    const fresh = await addClient(api, id)
    const { status, json } = await upload(Buffer.alloc(importLimits.bytes + 1, 0x61), fresh)
    expect([status, json.code]).toEqual([413, 'invalid_input'])
    const left = await api.owner.one<{ n: number }>(
      `select count(*) as n from imports where tenant_id = $1 and ended_at is null`,
      [id],
    )
    expect(left?.n).toBe(0)
  })

  it('names what is wrong: an unknown kind, mode, key of a body, or no import’s id', async () => {
    const kind = await callIntegration(api, client, '/api/v1/sources/payslips/imports', { body: [] })
    expect([kind.status, kind.json.issues[0].path]).toEqual([422, 'kind'])
    const mode = await upload(all, client, '?mode=append')
    expect([mode.status, mode.json.issues[0].path]).toEqual([422, 'mode'])
    const unknown = await callIntegration(api, client, `/api/v1/imports/${randomUUID()}/confirm`, {
      body: { isDropConfirmed: true, tenantId },
      once: randomUUID(),
    })
    expect([unknown.status, unknown.json.issues[0].path]).toEqual([400, 'tenantId'])
    const id = await look('x')
    expect([id.status, id.json.issues[0].path]).toEqual([422, 'importId'])
    for (const { headers } of [kind, mode, unknown, id])
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  it('F9, F14: carries the headers of every answer, and allows no other origin', async () => {
    const answers = [
      await look(randomUUID()),
      await callIntegration(api, null, '/api/v1/nothing'),
      await callIntegration(api, client, '/api/v1/nothing', { body: {} }),
      await callIntegration(api, null, '/api/v1/openapi.json'),
      await callIntegration(api, client, uploads, {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      }),
    ]
    expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([404, 404, 404, 200])
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['set-cookie']).toBeUndefined()
      expect(JSON.stringify(headers)).not.toMatch(/access-control|evil/)
    }
  })

  it('H9: a client that asks too often has to wait, and another client does not', async () => {
    const busy = await addClient(api, tenantId)
    const calm = await addClient(api, tenantId)
    const path = `/api/v1/imports/${randomUUID()}`
    expect((await callIntegration(api, busy, path)).status).toBe(404)
    // As if it had asked as often as it may, in a minute that lasts as long as this test.
    const subject = createHmac('sha256', api.deps.rateSecret).update(busy.id).digest('base64url')
    const { name, points } = requestRules.apiClient
    expect(
      await api.owner.run('update rate_limits set points = $2, expire = expire + 600000 where key = $1', [
        `${name}:${subject}`,
        points,
      ]),
    ).toBe(1)
    expect((await callIntegration(api, busy, path)).status).toBe(429)
    expect((await callIntegration(api, calm, path)).status).toBe(404)
  })
})
