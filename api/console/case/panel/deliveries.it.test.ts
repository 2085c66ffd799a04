import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole } from '../../../testing/test-api.ts'
import { useDesk } from '../../../testing/use-test-api.ts'

const { api, agent } = useDesk({ agent: 'agent' })

describe('R18: a message in the panel', () => {
  it.each([
    ['is being sent', { status: 'begun' }, { endedAt: null, problem: null }],
    [
      'was accepted',
      { status: 'accepted', finished_at: new Date() },
      { endedAt: expect.any(String), problem: null },
    ],
    ['is not known', { status: 'unknown', error_code: 'interrupted' }, { problem: 'interrupted' }],
    ['was refused', { status: 'refused', error_code: 'twilio_21211' }, { problem: 'no_such_address' }],
    [
      'waits elsewhere',
      { status: 'accepted', delayed_at: new Date(), report_code: 'dsn_4.4.1' },
      { delayedAt: expect.any(String), problem: 'unreachable' },
    ],
    [
      'arrived late after all',
      { status: 'delivered', delayed_at: new Date(), report_code: 'dsn_4.4.1', reported_at: new Date() },
      { endedAt: expect.any(String), problem: null },
    ],
    [
      'came back',
      { status: 'undelivered', sent_at: new Date(), reported_at: new Date(), report_code: 'dsn_5.2.2' },
      { sentAt: expect.any(String), endedAt: expect.any(String), problem: 'full' },
    ],
  ])('that %s says so, with its times and why', async (_what, row, expected) => {
    const person = await addPerson(api, agent.tenantId)
    const { id } = await makeVerification(api.owner, person.phone, { state: 'link_sent' })
    await insertRow(api.owner, 'deliveries', {
      ...{
        tenant_id: agent.tenantId,
        id: randomUUID(),
        verification_id: id,
        person_id: person.id,
        kind: 'link',
      },
      ...{ ordinal: 1, channel: 'sms', contact_id: person.phone.id, contact_masked: '••• 23' },
      ...row,
    })
    const { json } = await callConsole(api, agent, `/api/console/verifications/${id}`)
    expect(json.deliveries).toMatchObject([{ status: row.status, ...expected }])
  })
})
