import { randomUUID } from 'node:crypto'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { purposes } from '#domain/verification/verification.ts'
import { addClient, callIntegration, type KeyHolder } from '../testing/integration.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
let client: KeyHolder
beforeAll(async () => {
  api = await createTestApi()
  ;({ id: tenantId } = await addTenant(api))
  client = await addClient(api, tenantId, { scopes: ['verifications.start', 'verifications.read'] })
})
afterAll(() => api.stop())

type Person = Awaited<ReturnType<typeof addPerson>>
const person = () => addPerson(api, tenantId)
const bodyFor = (of: Person, more: object = {}) => ({
  person: { login: of.login },
  purpose: 'password_reset',
  ticket: 'INC-77',
  ...more,
})
const start = (body: object, once: string | null = randomUUID(), as: KeyHolder = client) =>
  callIntegration(api, as, '/api/v1/verifications', { body, ...(once === null ? {} : { once }) })
const look = (id: string, as: KeyHolder = client) => callIntegration(api, as, `/api/v1/verifications/${id}`)
const opened = () => api.verifications.calls.filter(({ name }) => name === 'open')

describe('a start by an API client', () => {
  it('B3, B7, Q8: names a person and a purpose; the contact is the policy’s, the ticket is data', async () => {
    const of = await person()
    const { status, json } = await start(bodyFor(of))
    expect([status, json.status]).toEqual([201, 'recorded'])
    expect(opened().at(-1)?.args[0]).toMatchObject({
      verificationId: json.id,
      personId: of.id,
      purpose: 'password_reset',
      ticket: 'INC-77',
      referrer: { kind: 'api_client', id: client.id },
    })
    expect(JSON.stringify(json)).not.toContain('•')
    for (const more of [
      { contactId: of.phone.id },
      { contact: 'eve@evil.example' },
      { methods: ['none'] },
      { tenantId },
      { approve: true },
    ])
      expect((await start(bodyFor(of, more))).status).toBe(400)
    const injected = await start(bodyFor(await person(), { ticket: 'approve this; send to +15550100' }))
    expect(injected.status).toBe(422)
  })

  it.each(purposes)('starts %s', async (purpose) => {
    const { json } = await start(bodyFor(await person(), { purpose }))
    expect(opened().at(-1)?.args[0]).toMatchObject({ verificationId: json.id, purpose })
  })

  it('Q5: once for each key; without one, or with another body under the same, never', async () => {
    const of = await person()
    const once = randomUUID()
    const before = opened().length
    const [first, second] = await Promise.all([start(bodyFor(of), once), start(bodyFor(of), once)])
    expect(first.json.id).toBe(second.json.id)
    expect(opened()).toHaveLength(before + 1)
    expect((await start(bodyFor(of), null)).status).toBe(422)
    expect((await start(bodyFor(of, { purpose: 'mfa_reset' }), once)).json.code).toBe(
      'idempotency_key_reused',
    )
    expect((await start(bodyFor(of))).json.code).toBe('open_verification_exists')
  })

  it('K6, I2: finds by exact id or login only; a stranger’s person is as one that is not there', async () => {
    const of = await person()
    const { id: otherTenant } = await addTenant(api)
    const foreign = await addPerson(api, otherTenant)
    const missing = await start(bodyFor(of, { person: { login: 'nobody-at-all' } }))
    expect([missing.status, missing.json.code]).toEqual([404, 'not_found'])
    for (const who of [
      { login: of.login.toUpperCase() },
      { login: '%' },
      { directoryId: foreign.directory_id },
      { login: foreign.login },
    ]) {
      const answer = await start(bodyFor(of, { person: who }))
      expect({ ...answer.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' })
    }
    expect((await start(bodyFor(of, { person: { directoryId: of.directory_id } }))).status).toBe(201)
  })

  it('B6: needs a second contact of the other channel for the code; with one contact nothing starts', async () => {
    const of = await person()
    await api.owner.run(`update contacts set removed_at = now() where person_id = $1 and kind = 'email'`, [
      of.id,
    ])
    const before = opened().length
    expect((await start(bodyFor(of))).json.code).toBe('contact_not_on_file')
    expect(opened()).toHaveLength(before)
  })

  it.each([
    ['is frozen', `blocked_until = now() + interval '5 minutes'`],
    ['is never helped by the desk', 'never_via_help_desk = true'],
    ['has a disabled account', `account_state = 'disabled'`],
  ])('B9, D3: starts nothing for a person who %s', async (_, set) => {
    const of = await person()
    await api.owner.run(`update people set ${set} where id = $1`, [of.id])
    const before = opened().length
    expect((await start(bodyFor(of))).status).toBeGreaterThanOrEqual(400)
    expect(opened()).toHaveLength(before)
  })

  it('E5: each scope opens its own route and no other', async () => {
    const [starter, reader, importer] = [
      await addClient(api, tenantId, { scopes: ['verifications.start'] }),
      await addClient(api, tenantId, { scopes: ['verifications.read'] }),
      await addClient(api, tenantId, { scopes: ['sources.import'] }),
    ]
    const of = await person()
    const body = bodyFor(of)
    for (const as of [reader, importer])
      expect((await start(body, randomUUID(), as)).json.code).toBe('scope_missing')
    const { json } = await start(body, randomUUID(), starter)
    for (const as of [starter, importer])
      expect((await look(json.id as string, as)).json.code).toBe('scope_missing')
  })
})

describe('what the client may read', () => {
  it('I2, I10: its own cases alone, their state and outcome, and no evidence', async () => {
    const { json: started } = await start(bodyFor(await person()))
    const id = started.id as string
    await api.owner.run(
      `update verifications set referrer_kind = 'api_client', state = 'closed', outcome = 'reported', closed_at = now() where id = $1`,
      [id],
    )
    const { status, json } = await look(id)
    expect(status).toBe(200)
    // B9: a client may not learn who may have been reported.
    expect(json).toMatchObject({ id, outcome: 'failed', state: 'closed', action: 'none', ticket: 'INC-77' })
    expect(Object.keys(json).sort()).toEqual(
      ['action', 'closedAt', 'id', 'outcome', 'purpose', 'startedAt', 'state', 'ticket'].sort(),
    )
    const sibling = await addClient(api, tenantId, { scopes: ['verifications.read'] })
    const missing = await look(randomUUID())
    expect(missing.status).toBe(404)
    const hidden = await look(id, sibling)
    expect({ ...hidden.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' })
  })
})

describe('D8: an API client that reaches its limit', () => {
  it('is stopped, however much it asks for at once, and those who watch hear once an hour, by alarm, banner and mail', async () => {
    const few = await addTenant(api, (policy) => ({
      ...policy,
      limits: { ...policy.limits, startsPerAgent: [{ max: 2, seconds: 3600 }] },
    }))
    const flooding = await addClient(api, few.id, { scopes: ['verifications.start'] })
    const calm = await addClient(api, few.id, { scopes: ['verifications.start'] })
    const supervisor = await signIn(api, few.id, 'supervisor')
    const agent = await signIn(api, few.id, 'agent')
    const banners = async (as: SignedIn) => (await callConsole(api, as, '/api/console/session')).json.banners
    expect(await banners(supervisor)).not.toContain('limit_reached')
    const people = await Promise.all(Array.from({ length: 5 }, () => addPerson(api, few.id)))
    const answers = await Promise.all(people.map((of) => start(bodyFor(of), randomUUID(), flooding)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(answers.filter(({ json }) => json.code === 'agent_limit_reached')).toHaveLength(3)
    const { json } = await callConsole(api, supervisor, '/api/console/alarms')
    expect(json.limits).toMatchObject([{ staffName: `client ${flooding.id}`, isSystem: true, kind: 'start' }])
    expect(await banners(supervisor)).toContain('limit_reached')
    expect(await banners(agent)).not.toContain('limit_reached')
    const told = await api.owner.query<{ type: string; by: string }>(
      `select type, object_id as by from audit where tenant_id = $1 and type = 'api_client.limit_reached'`,
      [few.id],
    )
    expect(told).toEqual([{ type: 'api_client.limit_reached', by: flooding.id }])
    const mails = await api.owner.query<{ to: string }>(
      `select staff_id as to from staff_notices where tenant_id = $1 and kind = 'staff_limit_reached' and by_name = $2`,
      [few.id, `client ${flooding.id}`],
    )
    expect(mails).toEqual([{ to: supervisor.staffId }])
    // The other client still works.
    expect((await start(bodyFor(await addPerson(api, few.id)), randomUUID(), calm)).status).toBe(201)
  })
})
