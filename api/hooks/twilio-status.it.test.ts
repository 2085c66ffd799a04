import { randomUUID } from 'node:crypto'
import twilio from 'twilio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { rawRequest } from '../testing/http.ts'
import { addPerson, addTenant, createTestApi, type TestApi } from '../testing/test-api.ts'

let api: TestApi
let delivery: { id: string; verificationId: string; providerId: string }
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  const person = await addPerson(api, tenantId)
  const { id: verificationId } = await makeVerification(api.owner, person.phone)
  delivery = { id: randomUUID(), verificationId, providerId: `SM${randomUUID().replaceAll('-', '')}` }
  await insertRow(api.owner, 'deliveries', {
    tenant_id: tenantId,
    id: delivery.id,
    verification_id: verificationId,
    person_id: person.id,
    kind: 'link',
    ordinal: 1,
    channel: 'sms',
    contact_id: person.phone.id,
    contact_masked: '••• 23',
    status: 'accepted',
    provider_id: delivery.providerId,
  })
})
afterAll(() => api.stop())

const path = '/hooks/twilio/status'
const sign = (fields: Record<string, string>, url = `${api.portalUrl}${path}`) =>
  twilio.getExpectedTwilioSignature('a token of this test', url, fields)
const report = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  rawRequest(api.ports.portal, {
    method: 'POST',
    path,
    headers: {
      host: new URL(api.portalUrl).host,
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': sign(fields),
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })
const told = () => api.verifications.calls.filter(({ name }) => name === 'deliveryReported')

describe('Q2: delivery reports', () => {
  it('signed: become one fact for the workflow, with an id that a repetition shares', async () => {
    const fields = { MessageSid: delivery.providerId, MessageStatus: 'delivered' }
    expect((await report(fields)).status).toBe(204)
    expect((await report(fields)).status).toBe(204)
    const reports = told().map(({ args }) => args)
    expect(reports[0]).toEqual([
      { tenantId, verificationId: delivery.verificationId },
      { reportId: expect.any(String), deliveryId: delivery.id, status: 'delivered' },
    ])
    expect(reports[1]).toEqual(reports[0])
  })

  it('are kept for the worker before anything else, once, also when no workflow is left to take them', async () => {
    await api.owner.run('delete from delivery_reports')
    api.verifications.answers.deliveryReported = () => ({ kind: 'gone' })
    const fields = { MessageSid: delivery.providerId, MessageStatus: 'delivered' }
    expect((await report(fields)).status).toBe(204)
    api.verifications.answers.deliveryReported = () => ({ kind: 'unavailable' })
    expect((await report(fields)).status).toBe(204)
    api.verifications.answers = {}
    const kept = await api.owner.query(
      'select tenant_id, verification_id, delivery_id, status from delivery_reports',
    )
    const { verificationId: verification_id, id: delivery_id } = delivery
    expect(kept).toEqual([{ tenant_id: tenantId, verification_id, delivery_id, status: 'delivered' }])
    // Only the worker writes deliveries.
    expect(await api.owner.one('select status from deliveries where id = $1', [delivery_id])).toEqual({
      status: 'accepted',
    })
  })

  it('never raise trust: no row of the case changes here', async () => {
    const before = await api.owner.query('select v::text from verifications v')
    await report({ MessageSid: delivery.providerId, MessageStatus: 'failed' })
    expect(await api.owner.query('select v::text from verifications v')).toEqual(before)
    expect(told().at(-1)?.args[1]).toMatchObject({ status: 'undelivered' })
    expect(told().at(-1)?.args[1]).not.toHaveProperty('code')
    await report({ MessageSid: delivery.providerId, MessageStatus: 'undelivered', ErrorCode: '30003' })
    expect(told().at(-1)?.args[1]).toMatchObject({ status: 'undelivered', code: 'twilio_30003' })
    await report({ MessageSid: delivery.providerId, MessageStatus: 'undelivered', ErrorCode: "1' or 1" })
    expect(told().at(-1)?.args[1]).not.toHaveProperty('code')
  })

  it('unsigned, wrongly signed or signed for another address: 403, and nothing is looked up', async () => {
    const fields = { MessageSid: delivery.providerId, MessageStatus: 'delivered' }
    const before = told().length
    for (const signature of [
      '',
      'AAAA',
      sign({ ...fields, MessageStatus: 'sent' }),
      sign({ ...fields, ErrorCode: '1' }),
      sign(fields, 'https://evil.example/hooks/twilio/status'),
      sign(fields, `${api.portalUrl}${path}?x=1`),
      twilio.getExpectedTwilioSignature('another token', `${api.portalUrl}${path}`, fields),
    ])
      expect((await report(fields, { 'x-twilio-signature': signature })).status).toBe(403)
    expect((await report(fields, { 'content-type': 'application/json' })).status).toBe(403)
    expect(told()).toHaveLength(before)
    expect(
      await api.owner.query('select 1 from delivery_reports where status <> $1', ['undelivered']),
    ).toHaveLength(1)
  })

  it('of unknown messages and on the way get the same answer and change nothing', async () => {
    const before = told().length
    for (const fields of [
      { MessageSid: delivery.providerId, MessageStatus: 'sent' },
      { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered' },
      { MessageSid: delivery.providerId, MessageStatus: 'queued' },
    ])
      expect((await report(fields)).status).toBe(204)
    expect(told()).toHaveLength(before)
    expect(await api.owner.query(`select status from delivery_reports where status = 'sent'`)).toHaveLength(1)
  })
})
