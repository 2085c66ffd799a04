import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { payloads } from '#platform/ui/testing/payloads.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import type { Answer } from './testing/http.ts'
import { linkCases } from './testing/link-case.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  callPortal,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'

let api: TestApi
let tenantId: string
let supervisor: SignedIn
let cases: readonly { readonly payload: string; readonly personId: string; readonly id: string }[]

/** One person and one closed verification for each payload, with the payload in every free text of both. */
const makeCase = async (payload: string) => {
  const person = await addPerson(api, tenantId, {
    display_name: payload,
    title: payload,
    department: payload,
    team: payload,
    office: payload,
  })
  const { id } = await makeVerification(api.owner, person.phone, {
    ticket: payload,
    referrer_name: payload,
    state: 'closed',
    outcome: 'failed',
    closed_at: new Date(),
    decision: 'refused',
    decided_by_name: payload,
    decided_at: new Date(),
    decision_reason: payload,
  })
  await insertRow(api.owner, 'labels', {
    tenant_id: tenantId,
    id: randomUUID(),
    verification_id: id,
    label: 'unsure',
    reason: payload,
    basis: 'panel',
    by_id: supervisor.staffId,
    by_name: payload,
  })
  return { payload, personId: person.id, id }
}

beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  supervisor = await signIn(api, tenantId, 'supervisor')
  cases = await Promise.all(payloads.map(makeCase))
})
afterAll(() => api.stop())

/** An answer that a browser will never show as a page. */
const expectData = ({ status, headers }: Answer): void => {
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(headers['x-content-type-options']).toBe('nosniff')
}
const get = async (path: string): Promise<Answer> => callConsole(api, supervisor, `/api/console/${path}`)

describe('K3: fifty payloads through the API', () => {
  it('names, titles and tickets come out of list, panel, card and search as they are, as data', async () => {
    const rows: { id: string; ticket: string; participant: { name: string } }[] = []
    for (let cursor = ''; ;) {
      const page = await get(`verifications?limit=50${cursor}`)
      expectData(page)
      rows.push(...page.json.rows)
      if (page.json.nextCursor === null) break
      cursor = `&cursor=${String(page.json.nextCursor)}`
    }
    expect(rows).toHaveLength(payloads.length)
    for (const [index, { payload, personId, id }] of cases.entries()) {
      // Looking at many people is limited for each member of staff (D8).
      if (index % 25 === 0) supervisor = await signIn(api, tenantId, 'supervisor')
      const row = rows.find((one) => one.id === id)
      expect([row?.ticket, row?.participant.name]).toEqual([payload, payload])
      const panel = await get(`verifications/${id}`)
      expectData(panel)
      expect([panel.json.labels[0].reason, panel.json.labels[0].byName]).toEqual([payload, payload])
      expect([
        panel.json.participant.name,
        panel.json.participant.title,
        panel.json.decidedBy.reason,
      ]).toEqual([payload, payload, payload])
      const card = await get(`people/${personId}`)
      expectData(card)
      expect([card.json.name, card.json.department, card.json.recent[0].referrerName]).toEqual([
        payload,
        payload,
        payload,
      ])
    }
  })

  it('a sheet of them is a download in which every one is a quoted cell', async () => {
    const csv = await get('verifications.csv')
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.headers['content-disposition']).toContain('attachment')
    expect(csv.headers['x-content-type-options']).toBe('nosniff')
    for (const payload of payloads) {
      const quoted = /[",\r\n]/.test(payload) ? `"${payload.replaceAll('"', '""')}"` : payload
      expect(csv.text).toContain(`,${quoted},`)
    }
  })

  it('a new ticket may not carry any of them', async () => {
    const person = await addPerson(api, tenantId)
    for (const ticket of payloads) {
      const body = { personId: person.id, purpose: 'password_reset', contactId: person.phone.id, ticket }
      const answer = await callConsole(api, supervisor, '/api/console/verifications', {
        key: randomUUID(),
        body,
      })
      expect([ticket, answer.status]).toEqual([ticket, 422])
      expect(answer.text).not.toContain(ticket)
    }
  })

  it('a browser that calls itself by one is counted as a visit and shown nowhere by that name', async () => {
    const links = linkCases(api, tenantId)
    const { token, verificationId } = await links.makeCase()
    for (const payload of payloads) {
      const answer = await callPortal(api, null, '/api/public/links/open', {
        body: { token },
        headers: { 'user-agent': payload.replace(/[^\x20-\x7e]/g, '') },
      })
      expectData(answer)
      expect(answer.text).not.toContain(payload)
    }
    const panel = await get(`verifications/${verificationId}`)
    expectData(panel)
    for (const payload of payloads) expect(panel.text).not.toContain(JSON.stringify(payload).slice(1, -1))
  })

  it('a refused request repeats none of them', async () => {
    for (const payload of payloads) {
      const answer = await callConsole(api, supervisor, '/api/console/people/search', {
        body: { q: [payload] },
      })
      expect(answer.status).toBe(400)
      expect(answer.text).not.toContain(payload)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    }
  })
})
