import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importForms, importLimits } from '#domain/questions/import-kinds.ts'
import { nextImport } from '#services/imports/imports.ts'
import { makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { consoleCookie } from '../http/cookies.ts'
import { csrfTokenOf } from '../http/middleware/csrf.ts'
import { rawRequest } from '../testing/http.ts'
import { workOnImport } from '../testing/imports.ts'
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
let auditor: SignedIn
beforeAll(async () => {
  api = await createTestApi()
  ;({ id: tenantId } = await addTenant(api))
  admin = await signIn(api, tenantId, 'admin')
  auditor = await signIn(api, tenantId, 'auditor')
  for (let n = 0; n < 30; n += 1) await makePerson(api.owner, tenantId, { login: `person${String(n)}` })
})
afterAll(() => api.stop())

const header = 'person,ticket_id,category,opened'
const line = (n: number, category = 'Printing') => `person${String(n)},T${String(n)},${category},2026-10-01`
const all = [header, ...Array.from({ length: 30 }, (_, n) => line(n))].join('\n')

/** Sends a file as the page does, with what a test wants otherwise. */
const upload = (
  content: string | Buffer,
  more: { as?: SignedIn; query?: string; headers?: Record<string, string>; kind?: string } = {},
) => {
  const as = more.as ?? admin
  return rawRequest(api.ports.console, {
    method: 'POST',
    path: `/api/console/sources/${more.kind ?? 'tickets'}/imports${more.query ?? ''}`,
    headers: {
      host: new URL(api.consoleUrl).host,
      ...sameOrigin(api.consoleUrl),
      cookie: `${consoleCookie}=${as.token}`,
      'x-csrf-token': csrfTokenOf(as.token),
      'content-type': 'text/csv',
      ...more.headers,
    },
    body: content,
  })
}

const work = () => workOnImport(api, tenantId)
const look = async (id: string, as = admin) => (await callConsole(api, as, `/api/console/imports/${id}`)).json
const confirm = (id: string, isDropConfirmed = false) =>
  callConsole(api, admin, `/api/console/imports/${id}/confirm`, {
    body: { isDropConfirmed },
    key: randomUUID(),
  })

describe('a file', () => {
  it('goes from the page to the facts: taken in, looked at, confirmed, done, and is in the history', async () => {
    const taken = await upload(all)
    expect([taken.status, taken.json]).toMatchObject([
      200,
      {
        kind: 'tickets',
        state: 'uploaded',
        bytes: Buffer.byteLength(all),
        sha256: createHash('sha256').update(all).digest('hex'),
        by: { id: admin.staffId },
      },
    ])
    const id = taken.json.id as string
    expect(await work()).toBe('checked')
    expect(await look(id)).toMatchObject({
      import: { state: 'checked', figures: { rows: 30, added: 30, gone: 0 } },
      problems: [],
      needsDropConfirmed: false,
    })
    expect((await confirm(id)).json).toMatchObject({ state: 'confirmed', confirmedBy: { id: admin.staffId } })
    expect(await work()).toBe('imported')
    const page = (await callConsole(api, auditor, '/api/console/sources')).json
    expect(page.imports[0]).toMatchObject({ id, state: 'imported' })
    expect(page.sources.find(({ kind }: { kind: string }) => kind === 'tickets')).toMatchObject({
      source: 'tickets',
      feeds: importForms.tickets.feeds,
      rows: 30,
      people: 30,
      freshRows: 30,
      importedRows: 30,
    })
    expect(page.isCountWanted).toBe(true)
    const told = await api.owner.query<{ type: string; payload: object }>(
      `select type, payload from audit where tenant_id = $1 and type like 'source.%' order by seq`,
      [tenantId],
    )
    expect(told.map(({ type }) => type)).toEqual(['source.uploaded', 'source.imported'])
    expect(JSON.stringify(told)).not.toContain('person1')
    expect(told[1]?.payload).toMatchObject({ importId: id, sha256: taken.json.sha256, added: 30 })
  })

  it('with faults is refused whole, and its report says where and what, and nothing of the content', async () => {
    const taken = await upload(`${all}\nperson1,T99,=HYPERLINK(1),tomorrow\n,,,`)
    const id = taken.json.id as string
    expect(await work()).toBe('refused')
    const seen = await look(id, auditor)
    expect(seen.import).toMatchObject({ state: 'refused', figures: { rows: 32, faults: 5 } })
    expect(seen.problems).toContainEqual({ line: 32, column: 'opened', code: 'not_a_moment' })
    const report = await callConsole(api, auditor, `/api/console/imports/${id}/report.csv`)
    expect(report.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(report.text.split('\r\n').slice(0, 2)).toEqual(['line,column,problem', '32,opened,not_a_moment'])
    expect(report.text).not.toContain('HYPERLINK')
    expect((await confirm(id)).json.code).toBe('import_over')
  })

  it('that would take much away is done after a second yes only', async () => {
    const taken = await upload(`${header}\n${line(1)}`)
    const id = taken.json.id as string
    expect(await work()).toBe('checked')
    expect(await look(id)).toMatchObject({ import: { figures: { gone: 29 } }, needsDropConfirmed: true })
    const once = await confirm(id)
    expect([once.status, once.json.code]).toEqual([409, 'drop_not_confirmed'])
    expect((await confirm(id, true)).status).toBe(200)
    expect(await work()).toBe('imported')
  })

  it('can be left: cancelled it is over, and cannot be confirmed', async () => {
    const { json } = await upload(all, { query: '?mode=merge&unknown=stop' })
    expect(json).toMatchObject({ mode: 'merge', isStrict: true })
    const cancel = () =>
      callConsole(api, admin, `/api/console/imports/${json.id as string}/cancel`, {
        body: {},
        key: randomUUID(),
      })
    expect((await cancel()).json.state).toBe('cancelled')
    expect((await cancel()).json.code).toBe('import_over')
    expect(await inTenant(api.worker, tenantId, nextImport)).toBeUndefined()
  })
})

describe('the way in', () => {
  it.each([
    ['multipart/form-data; boundary=x', 415],
    ['application/x-www-form-urlencoded', 415],
    ['text/plain', 415],
    ['text/csv; charset=iso-8859-1', 415],
    ['application/vnd.ms-excel', 415],
    ['text/csv; charset=utf-8', 200],
    ['application/json', 200],
  ])('F8: a body of %s: %i', async (type, status) => {
    const taken = await upload('[]', { headers: { 'content-type': type } })
    expect(taken.status).toBe(status)
    if (status === 200)
      await callConsole(api, admin, `/api/console/imports/${taken.json.id as string}/cancel`, {
        body: {},
        key: randomUUID(),
      })
  })

  it.each(['x-countersign', 'x-csrf-token', 'sec-fetch-site'])(
    'F8: refuses a file whose %s another site would send',
    async (name) => {
      const { status } = await upload(all, { headers: { [name]: 'cross-site' } })
      expect(status).toBe(403)
    },
  )

  it('F8: text/csv is taken by this route alone', async () => {
    const answer = await callConsole(api, admin, '/api/console/people/search', {
      body: {},
      headers: { 'content-type': 'text/csv' },
    })
    expect(answer.status).toBe(415)
  })

  it('H9: ends a file that is too large as soon as it is, and keeps nothing of it', async () => {
    const { status, json } = await upload(Buffer.alloc(importLimits.bytes + 1, 0x61))
    expect([status, json.code]).toEqual([413, 'invalid_input'])
    const left = await api.owner.one<{ n: number }>(
      `select count(*) as n from imports where tenant_id = $1 and ended_at is null`,
      [tenantId],
    )
    expect(left?.n).toBe(0)
  })

  it('E1: what waits for the worker is sealed', async () => {
    const { json } = await upload(all)
    const row = await api.owner.one<{ sealed: Buffer }>(
      'select bytes_sealed as sealed from import_chunks where import_id = $1',
      [json.id],
    )
    expect(row?.sealed.includes('person1')).toBe(false)
    await work()
    expect(await api.owner.query('select from import_chunks where import_id = $1', [json.id])).toEqual([])
    await callConsole(api, admin, `/api/console/imports/${json.id as string}/cancel`, {
      body: {},
      key: randomUUID(),
    })
  })

  it('is for admins; auditors look and change nothing, others do neither', async () => {
    expect((await upload(all, { as: auditor })).json.code).toBe('not_permitted')
    for (const role of ['agent', 'supervisor'] as const) {
      const other = await signIn(api, tenantId, role)
      expect((await upload(all, { as: other })).status).toBe(403)
      expect((await callConsole(api, other, '/api/console/sources')).status).toBe(403)
    }
  })

  it('names an unknown kind and an unknown parameter', async () => {
    const kind = await upload(all, { kind: 'payslips' })
    expect([kind.status, kind.json.issues[0].path]).toEqual([422, 'kind'])
    const query = await upload(all, { query: '?mode=append' })
    expect([query.status, query.json.issues[0].path]).toEqual([422, 'mode'])
    expect((await upload(all, { query: '?tenantId=x' })).status).toBe(400)
  })

  it('is closed to more files than may be open, until some are over', async () => {
    const { id: other } = await addTenant(api)
    const busy = await signIn(api, other, 'admin')
    for (let n = 0; n < importLimits.open; n += 1) await addImport(api, other)
    const refused = await upload(all, { as: busy })
    expect([refused.status, refused.json.code]).toEqual([409, 'imports_open'])
    await api.owner.run('update imports set ended_at = now() where tenant_id = $1', [other])
    expect((await upload(all, { as: busy })).status).toBe(200)
  })
})

describe('the page', () => {
  it('of a tenant without anything says so', async () => {
    const { id } = await addTenant(api)
    const page = (await callConsole(api, await signIn(api, id, 'admin'), '/api/console/sources')).json
    expect(page).toMatchObject({ thin: null, isCountWanted: true, imports: [], questionsEnabled: true })
    expect(page.sources).toHaveLength(11)
    expect(page.directory).toMatchObject({ people: 0, withManager: 0, readAt: null })
  })

  it('counts again when an admin asks', async () => {
    // The import of the first test asked for a count that no worker makes here.
    const ask = () => callConsole(api, admin, '/api/console/sources/thin/count', { body: {} })
    await api.owner.run(`update thin_counts set counted_at = now(), wanted_at = null where tenant_id = $1`, [
      tenantId,
    ])
    expect((await callConsole(api, admin, '/api/console/sources')).json.isCountWanted).toBe(false)
    expect((await ask()).json).toEqual({ done: true })
    expect((await callConsole(api, admin, '/api/console/sources')).json.isCountWanted).toBe(true)
  })
})
