import { purposes } from '#domain/verification/verification.ts'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { insertRow, makeContact } from '#platform/database/testing/factories.ts'
import { addPerson, addTenant, callConsole, signIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent } = useDesk({ agent: 'agent' })
beforeEach(() => {
  api.verifications.answers = {}
})

type Person = Awaited<ReturnType<typeof addPerson>>
const body = (person: Person, more: object = {}) => ({
  personId: person.id,
  purpose: 'password_reset',
  contactId: person.phone.id,
  ticket: null,
  ...more,
})
const start = (person: Person, more: object = {}, as = agent, key: string = randomUUID()) =>
  callConsole(api, as, '/api/console/verifications', { key, body: body(person, more) })
const opened = () => api.verifications.calls.filter(({ name }) => name === 'open').length

describe('contacts that read alike', () => {
  it('B7, D9: show one digit more, on the card, among the choices and in the case, and never the number', async () => {
    const person = await addPerson(api, agent.tenantId)
    await api.owner.run('update contacts set removed_at = now() where person_id = $1', [person.id])
    const numbers = ['+447700900103', '+447700900203']
    for (const number of numbers) await makeContact(api.owner, api.keys.worker, person, number)
    const card = await callConsole(api, agent, `/api/console/people/${person.id}`)
    const options = await callConsole(
      api,
      agent,
      `/api/console/people/${person.id}/send-options?purpose=password_reset`,
    )
    for (const found of [card.json.contacts, options.json.options])
      expect(found.map(({ masked }: { masked: string }) => masked).sort()).toEqual(['••• 103', '••• 203'])
    expect(options.json.options[0]).toMatchObject({
      label: 'mobile',
      lineType: 'mobile',
      source: 'directory',
      lastChangedAt: '2024-01-01T00:00:00.000Z',
    })
    for (const { json } of [card, options])
      for (const number of numbers) expect(JSON.stringify(json)).not.toContain(number.slice(-6))
    const chosen = options.json.options.find(({ masked }: { masked: string }) => masked === '••• 203')
    await start(person, { contactId: chosen.contactId })
    const call = api.verifications.calls.findLast(({ name }) => name === 'open')
    expect(call?.args[0]).toMatchObject({ contactId: chosen.contactId, contactMasked: '••• 203' })
  })
})

describe('starting a verification', () => {
  it('B7: a typed contact, under whatever name, is a 400, recorded, and nothing is sent', async () => {
    const person = await addPerson(api, agent.tenantId)
    const before = opened()
    for (const more of [
      { phone: '+447700900999' },
      { email: 'x@evil.example' },
      { contact: '+447700900999' },
      { to: ['a', 'b'] },
    ]) {
      const answer = await start(person, more)
      expect([answer.status, answer.json.issues[0].code]).toEqual([400, 'unrecognized_key'])
    }
    expect((await start(person, { contactId: '+447700900999' })).status).toBe(422)
    expect((await start(person, { contactId: [person.phone.id, person.email.id] })).status).toBe(400)
    expect(opened()).toBe(before)
    const recorded = await api.owner.query(
      `select payload->>'reason' as reason from audit where type = 'access.denied' and payload->>'route' = 'console.startVerification'`,
    )
    expect(recorded.filter(({ reason }) => reason === 'unaccepted_fields')).toHaveLength(5)
  })

  it('B3: the request cannot name methods, evidence or a risk class', async () => {
    const person = await addPerson(api, agent.tenantId)
    for (const more of [
      { methods: ['sms'] },
      { riskClass: 'low' },
      { skip: true },
      { tier: 'standard' },
      { policyVersion: 1 },
    ])
      expect((await start(person, more)).status).toBe(400)
    expect((await start(person)).status).toBe(201)
    const [input] = api.verifications.calls.at(-1)?.args ?? []
    expect(input).toMatchObject({
      tier: 'standard',
      policyVersion: 1,
      lifetimes: { linkSeconds: 600, codeSeconds: 600, grantSeconds: 900 },
    })
  })

  it('a contact of another person, or one taken off file, is not on file', async () => {
    const person = await addPerson(api, agent.tenantId)
    const other = await addPerson(api, agent.tenantId)
    expect((await start(person, { contactId: other.phone.id })).json.code).toBe('contact_not_on_file')
    await api.owner.run('update contacts set removed_at = now() where id = $1', [person.phone.id])
    expect((await start(person)).json.code).toBe('contact_not_on_file')
  })

  it('nobody is asked who is not on file, so no list is ever needed for them', async () => {
    const person = await addPerson(api, agent.tenantId)
    const foreign = await addPerson(api, (await addTenant(api)).id)
    for (const personId of [randomUUID(), foreign.id])
      expect(await start(person, { personId })).toMatchObject({ status: 404, json: { code: 'not_found' } })
  })

  it('B19: a contact that changed within 72 hours needs a supervisor', async () => {
    const person = await addPerson(api, agent.tenantId)
    await api.owner.run(`update contacts set last_changed_at = now() - interval '71 hours' where id = $1`, [
      person.phone.id,
    ])
    expect((await start(person)).json.code).toBe('supervisor_required')
    const supervisor = await signIn(api, agent.tenantId, 'supervisor')
    expect((await start(person, {}, supervisor)).status).toBe(201)
  })

  it('B18: a line that anybody can have is refused', async () => {
    const person = await addPerson(api, agent.tenantId)
    await api.owner.run(`update contacts set line_type = 'voip' where id = $1`, [person.phone.id])
    expect((await start(person)).json).toMatchObject({
      code: 'contact_not_allowed',
      slots: { reason: 'line_type' },
    })
  })

  it.each([
    ['never_via_help_desk', { never_via_help_desk: true }],
    ['participant_blocked', { blocked_until: new Date(Date.now() + 60_000) }],
  ])('D3, B9: %s', async (code, row) => {
    const person = await addPerson(api, agent.tenantId, row)
    expect((await start(person)).json.code).toBe(code)
    const options = await callConsole(
      api,
      agent,
      `/api/console/people/${person.id}/send-options?purpose=password_reset`,
    )
    expect(options.json.blocked.key).toBe(`send.${code}`)
  })

  it('a purpose that the person’s directory cannot do is not offered, and none that is unknown', async () => {
    await api.owner.run(
      `insert into directory_syncs (tenant_id, directory, offers) values ($1, 'plain-ldap', array['unlock'])`,
      [agent.tenantId],
    )
    const person = await addPerson(api, agent.tenantId, { directory: 'plain-ldap' })
    const path = `/api/console/people/${person.id}/send-options?purpose=`
    const blocked = async (purpose: string) =>
      (await callConsole(api, agent, `${path}${purpose}`)).json.blocked?.key ?? null
    expect(await blocked('mfa_reset')).toBe('send.purpose_not_offered')
    expect((await start(person, { purpose: 'mfa_reset' })).json.code).toBe('purpose_not_offered')
    expect(await blocked('account_unlock')).toBeNull()
    expect((await start(person, { purpose: 'anything' })).status).toBe(422)
    expect((await start(person, { purpose: 'account_unlock' })).status).toBe(201)
  })

  it.each(purposes)('%s starts where the directory can do it', async (purpose) => {
    const person = await addPerson(api, agent.tenantId)
    expect((await start(person, { purpose })).status).toBe(201)
    expect(api.verifications.calls.at(-1)?.args[0]).toMatchObject({ purpose })
  })

  it('one open case a person, even when two agents start at the same moment', async () => {
    const person = await addPerson(api, agent.tenantId)
    const others = await Promise.all(Array.from({ length: 6 }, () => signIn(api, agent.tenantId)))
    const answers = await Promise.all(others.map((as) => start(person, {}, as)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('open_verification_exists')
  })

  it('H3: three messages in a quarter of an hour are enough', async () => {
    const person = await addPerson(api, agent.tenantId)
    for (let ordinal = 1; ordinal <= 3; ordinal += 1)
      await insertRow(api.owner, 'deliveries', {
        tenant_id: agent.tenantId,
        id: randomUUID(),
        verification_id: randomUUID(),
        person_id: person.id,
        kind: 'link',
        ordinal,
        channel: 'sms',
        contact_id: person.phone.id,
        contact_masked: 'x',
        status: 'accepted',
      })
    const answer = await start(person)
    expect([answer.status, answer.json.code]).toEqual([429, 'send_limit_reached'])
    expect(answer.headers['retry-after']).toBeDefined()
  })

  it('D8: twenty starts an hour and no more, over parallel requests too (H7)', async () => {
    const busy = await signIn(api, agent.tenantId)
    const people = await Promise.all(Array.from({ length: 24 }, () => addPerson(api, agent.tenantId)))
    const answers = await Promise.all(people.map((person) => start(person, {}, busy)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20)
    expect(answers.filter(({ json }) => json.code === 'agent_limit_reached')).toHaveLength(4)
  })

  it('D8: thirty different person cards in ten minutes; the same one again is free', async () => {
    const curious = await signIn(api, agent.tenantId)
    const people = await Promise.all(Array.from({ length: 31 }, () => addPerson(api, agent.tenantId)))
    const look = (person: Person) => callConsole(api, curious, `/api/console/people/${person.id}`)
    for (const person of people.slice(0, 30)) expect((await look(person)).status).toBe(200)
    expect((await look(people[0] as Person)).status).toBe(200)
    expect((await look(people[30] as Person)).json.code).toBe('agent_limit_reached')
  })

  it('a deadline is a 202 that may be repeated, an outage a 503 with Retry-After', async () => {
    const person = await addPerson(api, agent.tenantId)
    const key = randomUUID()
    api.verifications.answers.open = () => ({ kind: 'pending' })
    const pending = await start(person, {}, agent, key)
    expect([pending.status, pending.json.status, pending.json.delivery]).toEqual([202, 'pending', 'pending'])
    api.verifications.answers.open = () => ({ kind: 'unavailable' })
    const down = await start(person, {}, agent, key)
    expect([down.status, down.json.code]).toEqual([503, 'unavailable'])
    expect(down.headers['retry-after']).toBe('2')
    api.verifications.answers = {}
    const done = await start(person, {}, agent, key)
    expect([done.status, done.json.verificationId]).toEqual([201, pending.json.verificationId])
  })
})

describe('Q5: idempotency keys', () => {
  it('are needed, of a reasonable form', async () => {
    const person = await addPerson(api, agent.tenantId)
    expect((await callConsole(api, agent, '/api/console/verifications', { body: body(person) })).status).toBe(
      422,
    )
    expect((await start(person, {}, agent, 'short')).json.issues[0].path).toBe('idempotency-key')
  })

  it('concurrent repetitions have one effect and one answer', async () => {
    const person = await addPerson(api, agent.tenantId)
    const before = opened()
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => start(person, {}, agent, key)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(opened()).toBe(before + 1)
  })

  it('belong to one member of staff, and a refusal is repeated as it was', async () => {
    const person = await addPerson(api, agent.tenantId, { never_via_help_desk: true })
    const key = randomUUID()
    const first = await start(person, {}, agent, key)
    await api.owner.run('update people set never_via_help_desk = false where id = $1', [person.id])
    expect((await start(person, {}, agent, key)).json.code).toBe(first.json.code)
    expect((await start(person, {}, await signIn(api, agent.tenantId), key)).status).toBe(201)
  })
})
