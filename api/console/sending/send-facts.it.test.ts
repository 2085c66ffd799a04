import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { makeContact, makeVerification } from '#platform/database/testing/factories.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../testing/test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.stop())

type World = { readonly tenantId: string; readonly agent: SignedIn }
const open = async (contacts: Partial<Policy['contacts']> = {}): Promise<World> => {
  const tenant = await addTenant(api, (policy) => ({
    ...policy,
    contacts: { ...policy.contacts, ...contacts },
  }))
  return { tenantId: tenant.id, agent: await signIn(api, tenant.id) }
}

type Asked = { readonly value: string; readonly row?: Readonly<Record<string, unknown>> }

/** Asks for the console's view of a contact, and tries a start and a resend to it. */
const askFor = async ({ tenantId, agent }: World, { value, row = {} }: Asked) => {
  const person = await addPerson(api, tenantId)
  const contact = await makeContact(api.owner, api.keys.worker, person, value, row)
  const options = await callConsole(
    api,
    agent,
    `/api/console/people/${person.id}/send-options?purpose=password_reset`,
  )
  const option = options.json.options.find((one: { contactId: string }) => one.contactId === contact.id)
  const started = await callConsole(api, agent, '/api/console/verifications', {
    key: randomUUID(),
    body: { personId: person.id, purpose: 'password_reset', contactId: contact.id, ticket: null },
  })
  const other = await addPerson(api, tenantId)
  const { id } = await makeVerification(api.owner, other.phone, { referrer_id: agent.staffId })
  const further = await makeContact(api.owner, api.keys.worker, other, value, row)
  const resent = await callConsole(api, agent, `/api/console/verifications/${id}/resend`, {
    key: randomUUID(),
    body: { contactId: further.id },
  })
  const refusal = ({ status, json }: typeof started) =>
    status < 300 ? 'sent' : [json.code, json.slots?.reason]
  return {
    allowed: option.allowed as boolean,
    reasons: option.reasons.map(({ key }: { key: string }) => key) as string[],
    started: refusal(started),
    resent: refusal(resent),
  }
}

const refusedFor = (reason: string) => ({
  allowed: false,
  reasons: [`send.${reason}`],
  started: ['contact_not_allowed', reason],
  resent: ['contact_not_allowed', reason],
})
const allowed = { allowed: true, reasons: [], started: 'sent', resent: 'sent' }

describe('what may be sent where, as the console asks', () => {
  it.each([
    ['H3: a country that is off', '+37120000001', {}, 'country_off'],
    ['H3: an island that shares a calling code', '+447911123456', {}, 'country_off'],
    ['B17: a number that does not come back as it is', '+99912345678', {}, 'country_off'],
    ['B18: a premium number that the directory calls mobile', '+449098790000', {}, 'line_type'],
    ['B18: an internet telephone by the plan alone', '+445612345678', { line_type: null }, 'line_type'],
    ['B18: an internet telephone by the carrier alone', '+447700900321', { line_type: 'voip' }, 'line_type'],
    ['H3: a throw-away mailbox', 'anna@mailinator.com', {}, 'disposable_mail'],
    ['H3: a throw-away mailbox under another name', 'anna@sub.mailinator.com', {}, 'disposable_mail'],
  ])('%s gets nothing', async (_name, value, row, reason) => {
    expect(await askFor(await open(), { value, row })).toEqual(refusedFor(reason))
  })

  it('H3: a country gets messages once the policy names it, and only then', async () => {
    expect(await askFor(await open({ smsCountries: ['LV'] }), { value: '+37120000001' })).toEqual(allowed)
    expect(await askFor(await open({ smsCountries: [] }), { value: '+37120000001' })).toEqual(
      refusedFor('country_off'),
    )
  })

  it('an ordinary number and mailboxes of the organisation and of a provider are as they were', async () => {
    const world = await open()
    for (const value of ['+4917139200001', 'anna@corp.example', 'anna@gmail.com'])
      expect(await askFor(world, { value }), value).toEqual(allowed)
  })
})
