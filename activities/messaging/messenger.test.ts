import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeServer, listenOnLoopback, readText } from '#dev/stack/loopback-http.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { createMessenger } from './messenger.ts'
import { createSmsClient, sendSms, type TwilioSettings } from './twilio.ts'

/** Nobody listens there. */
const closed = `127.0.0.1:${String(await pickFreePort())}`
const smtp = { url: `smtp://${closed}`, from: 'help@northwind.example' }
const message = { channel: 'sms', to: '+447700900123', text: 'Hello', subject: null, reference: 'r' } as const

/** The requests that came, and the answers to give. */
const asked: { path: string; form: URLSearchParams; authorization: string; agent: string }[] = []
let answer = { status: 201, body: '{"sid":"SM1"}' }
const provider: Server = createServer((request, response) => {
  void readText(request).then((text) => {
    const { url = '', headers } = request
    asked.push({
      path: url,
      form: new URLSearchParams(text),
      authorization: headers.authorization ?? '',
      agent: headers['user-agent'] ?? '',
    })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
})

let twilio: TwilioSettings
beforeAll(async () => {
  await listenOnLoopback(provider, 0)
  twilio = {
    accountSid: 'AC1',
    authToken: 'secret',
    from: '+15005550006',
    apiUrl: `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`,
    statusCallback: 'https://verify.northwind.example/hooks/twilio/status',
  }
})
afterAll(() => closeServer(provider))
beforeEach(() => {
  asked.length = 0
  answer = { status: 201, body: '{"sid":"SM1"}' }
})

const send = (change: Partial<TwilioSettings> = {}) =>
  createMessenger(smtp, { ...twilio, ...change }).send(message)

describe('an SMS', () => {
  it('is one request with recipient, sender, text and the address of reports', async () => {
    expect(await send()).toEqual({ kind: 'accepted', providerId: 'SM1' })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.path).toBe('/api.twilio.com/2010-04-01/Accounts/AC1/Messages.json')
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('AC1:secret').toString('base64')}`)
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      To: message.to,
      From: twilio.from,
      Body: message.text,
      StatusCallback: twilio.statusCallback,
    })
  })

  it('is sent by the client that the provider publishes', async () => {
    await send()
    expect(asked[0]?.agent).toMatch(/^twilio-node\/\d/)
  })

  it('names a messaging service as one', async () => {
    await send({ from: 'MG1' })
    expect(asked[0]?.form.get('MessagingServiceSid')).toBe('MG1')
    expect(asked[0]?.form.has('From')).toBe(false)
  })

  it.each([
    [201, '{}', { kind: 'accepted', providerId: null }],
    [400, '{"code":21211}', { kind: 'refused', code: 'twilio_21211' }],
    [401, 'no json', { kind: 'refused', code: 'twilio_401' }],
    [429, '{"code":20429}', { kind: 'not_taken', code: 'http_429' }],
    [503, '{}', { kind: 'not_taken', code: 'http_503' }],
    [500, '{}', { kind: 'unknown', code: 'http_500' }],
    [400, '{"type":"t","title":"t","status":400,"code":21211}', { kind: 'refused', code: 'twilio_21211' }],
    [201, '{"sid":', { kind: 'unknown', code: 'no_answer' }],
  ])('R2: %i %s is %j, after one request', async (status, body, expected) => {
    answer = { status, body }
    expect(await send()).toEqual(expected)
    expect(asked).toHaveLength(1)
  })

  it('R2: an answer that leads elsewhere is followed nowhere', async () => {
    answer = { status: 307, body: '{}' }
    expect(await send()).toMatchObject({ kind: 'unknown' })
    expect(asked).toHaveLength(1)
  })

  it('R2: a provider that answers byte by byte is left at the deadline, and what became of the message is unknown', async () => {
    const slow = createServer((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 20)
      request.socket.on('close', () => {
        clearInterval(drip)
      })
    })
    await listenOnLoopback(slow, 0)
    const apiUrl = `http://127.0.0.1:${String((slow.address() as AddressInfo).port)}`
    const account = { ...twilio, apiUrl }
    expect(await sendSms(createSmsClient(account, 200), account, message)).toEqual({
      kind: 'unknown',
      code: 'ERR_CANCELED',
    })
    await closeServer(slow)
  })

  it('R2: a provider that is not there has taken nothing', async () => {
    expect(await send({ apiUrl: `http://${closed}` })).toEqual({ kind: 'not_taken', code: 'ECONNREFUSED' })
  })

  it('is refused where no account is configured', async () => {
    expect(await createMessenger(smtp, null).send(message)).toEqual({
      kind: 'refused',
      code: 'sms_not_configured',
    })
  })
})

describe('a mail', () => {
  it('R2: to a relay that is not there is not taken', async () => {
    const messenger = createMessenger(smtp, null)
    const sent = await messenger.send({ ...message, channel: 'email', to: 'anna@corp.example', subject: 'x' })
    expect(sent).toMatchObject({ kind: 'not_taken' })
    messenger.close()
  })

  it('closing without having sent one is nothing', () => {
    createMessenger(smtp, null).close()
  })
})
