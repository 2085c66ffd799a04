import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendBounce } from '#dev/stack/mailbox/mailbox-bounce.ts'
import { bounceAddress } from '#services/messages/bounce-address.ts'
import { connect } from '#platform/database/connect.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import type { Listener } from '../http/listener.ts'
import { addPerson, addTenant, createTestApi, type TestApi } from '../testing/test-api.ts'
import { listenForBounces } from './bounce-listener.ts'

const domain = 'bounces.northwind.example'
let api: TestApi
let listener: Listener
let tenantId: string
const delivery = { id: randomUUID(), verificationId: '' }
beforeAll(async () => {
  api = await createTestApi()
  listener = await listenForBounces(api.deps, { domain, port: 0, host: '127.0.0.1' })
  tenantId = (await addTenant(api)).id
  const person = await addPerson(api, tenantId)
  delivery.verificationId = (await makeVerification(api.owner, person.phone)).id
  await insertRow(api.owner, 'deliveries', {
    ...{
      tenant_id: tenantId,
      id: delivery.id,
      verification_id: delivery.verificationId,
      person_id: person.id,
    },
    ...{
      kind: 'link',
      ordinal: 1,
      channel: 'email',
      contact_id: person.phone.id,
      contact_masked: 'a•••',
      status: 'accepted',
    },
  })
})
afterAll(async () => {
  await listener.stop()
  await api.stop()
})

const raw = (action: string, status: string) =>
  `Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: ${action}\r\nStatus: ${status}\r\n\r\n--b--\r\n`
const send = async (to: string | string[], mail = raw('failed', '5.1.1'), from = '') => {
  const transport = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true })
  try {
    await transport.sendMail({ envelope: { from, to }, raw: mail })
    return 250
  } catch (error) {
    return (error as { responseCode?: number }).responseCode ?? 0
  } finally {
    transport.close()
  }
}
const back = () => bounceAddress(api.deps.keys, delivery.id, domain) ?? ''
const kept = () =>
  api.owner.query('select delivery_id as id, status, code from delivery_reports order by status')
const told = () => api.verifications.calls.filter(({ name }) => name === 'deliveryReported')

describe('the inbox of npm start', () => {
  it('sends back what is taken as a bounce', async () => {
    const { port } = listener
    await sendBounce({ recipient: 'bounce@northwind.example', returnPath: back(), port })
    expect(await kept()).toEqual([{ id: delivery.id, status: 'undelivered', code: 'dsn_5.1.1' }])
    await expect(sendBounce({ recipient: 'a@b.example', returnPath: `b.x@${domain}`, port })).rejects.toThrow(
      'refused',
    )
    await api.owner.run('delete from delivery_reports')
    api.verifications.calls.length = 0
  })
})

describe('Q2: a bounce', () => {
  it('is kept and told to its case, once however often it comes; a delay is kept only', async () => {
    expect(await send(back(), raw('delayed', '4.4.1'))).toBe(250)
    expect(told()).toHaveLength(0)
    expect(await send(back())).toBe(250)
    expect(await send(back().toUpperCase())).toBe(250)
    expect(await kept()).toEqual([
      { id: delivery.id, status: 'delayed', code: 'dsn_4.4.1' },
      { id: delivery.id, status: 'undelivered', code: 'dsn_5.1.1' },
    ])
    const [first, second] = told().map(({ args }) => args)
    expect(first).toEqual([
      { tenantId, verificationId: delivery.verificationId },
      { reportId: expect.any(String), deliveryId: delivery.id, status: 'undelivered', code: 'dsn_5.1.1' },
    ])
    expect(second).toEqual(first)
  })

  it('raises no trust and writes no row of the case: only the worker does', async () => {
    expect(await api.owner.one('select status from deliveries where id = $1', [delivery.id])).toEqual({
      status: 'accepted',
    })
  })

  it.each([
    ['to an address that nobody made', () => `b.${'a'.repeat(42)}@${domain}`, '', 550],
    ['to another address', () => 'postmaster@corp.example', '', 550],
    ['from a sender, which no notification has', () => back(), 'evil@evil.example', 550],
  ])('forged %s is turned away before its text is read', async (_what, to, from, code) => {
    const before = told().length
    expect(await send(to(), raw('failed', '5.1.1'), from)).toBe(code)
    expect(told()).toHaveLength(before)
  })

  it('of a delivery that is none, or that says nothing, gets the same answer and changes nothing', async () => {
    const before = [told().length, (await kept()).length]
    expect(await send(bounceAddress(api.deps.keys, randomUUID(), domain) ?? '')).toBe(250)
    expect(await send(back(), 'Subject: away\r\n\r\nI am away. Action: failed\r\n')).toBe(250)
    expect([told().length, (await kept()).length]).toEqual(before)
  })

  it('that is too large is refused, and never held whole', async () => {
    expect(await send(back(), raw('failed', '5.1.1') + 'x'.repeat(600 * 1024))).toBe(552)
  })

  it('is tried again by the mail server while it cannot be kept', async () => {
    const db = connect({
      ...{ url: 'postgres://nobody@127.0.0.1:1/none', max: 1, applicationName: 'test' },
      ...{ statementTimeoutMs: 1_000, onError: () => undefined },
    })
    const broken = await listenForBounces({ ...api.deps, db }, { domain, port: 0, host: '127.0.0.1' })
    const transport = createTransport({ host: '127.0.0.1', port: broken.port, ignoreTLS: true })
    await expect(
      transport.sendMail({ envelope: { from: '', to: back() }, raw: raw('failed', '5.1.1') }),
    ).rejects.toMatchObject({ responseCode: 451 })
    transport.close()
    await broken.stop()
    await db.close()
  })

  it('listener takes no second recipient, no sign-in, and relays nothing', async () => {
    const talk = await new Promise<string>((resolve) => {
      let heard = ''
      const socket = createConnection(listener.port, '127.0.0.1', () => undefined)
      const lines = [
        'EHLO x',
        'AUTH PLAIN AAAA',
        'MAIL FROM:<>',
        `RCPT TO:<${back()}>`,
        `RCPT TO:<${back()}>`,
        'QUIT',
      ]
      socket.on('data', (data: Buffer) => {
        heard += data.toString()
        if (/^\d{3} [^\n]*\n$/m.test(data.toString())) socket.write(`${lines.shift() ?? 'QUIT'}\r\n`)
      })
      socket.on('close', () => {
        resolve(heard)
      })
    })
    expect(talk).not.toMatch(/AUTH |STARTTLS/)
    expect(talk).toMatch(/\n(?:500|502|503|538) /)
    expect(talk).toMatch(/\n452 One recipient/)
  })
})
