/** Compares our adapter and the fake of the provider with the provider's own published document, which neither of us wrote. */
import { languages } from '#domain/languages.ts'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import twilio from 'twilio'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { closeServer, listenOnLoopback, readText } from '#dev/stack/loopback-http.ts'
import { createMailboxStore } from '#dev/stack/mailbox/mailbox-store.ts'
import { createTwilioDouble } from '#dev/stack/mailbox/mailbox-twilio.ts'
import { operationOf, problemsOf, type Contract } from '../testing/openapi.ts'
import { compose, linkTo, type MessageKind } from './compose.ts'
import { createSmsClient, sendSms, type TwilioSettings } from './twilio.ts'

const folder = process.env['PROVIDER_CONTRACTS']
const file = join(folder ?? '', 'twilio', 'twilio_api_v2010.json')
const isSkipped = folder === undefined

if (isSkipped) process.stdout.write('Twilio: skipped: no contract document (PROVIDER_CONTRACTS is not set)\n')

const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'a token of this test' }
const store = createMailboxStore()
const double = createTwilioDouble(store, account)

type Exchange = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly status: number
  readonly answer: unknown
}
type Callback = { readonly url: string; readonly signature: string; readonly body: string }

const exchanges: Exchange[] = []
const callbacks: Callback[] = []
const origin = (server: Server): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

/** Sits between adapter and fake and keeps every byte of both. */
const between = createServer((request, response) => {
  const pass = async (): Promise<void> => {
    const { method = '', url = '', headers } = request
    const body = await readText(request)
    const answer = await fetch(`${origin(double)}${url}`, {
      method,
      body,
      headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' },
    })
    const text = await answer.text()
    const path = url.replace(/^\/api\.twilio\.com/, '')
    exchanges.push({ method, path, headers, body, status: answer.status, answer: JSON.parse(text) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  }
  pass().catch(() => response.destroy())
})

/** Where the provider reports. */
const receiver = createServer((request, response) => {
  readText(request).then(
    (body) => {
      const signature = request.headers['x-twilio-signature']
      callbacks.push({ url: `${origin(receiver)}${request.url ?? ''}`, signature: String(signature), body })
      response.writeHead(204).end()
    },
    () => response.destroy(),
  )
})

const servers = [double, between, receiver]
beforeAll(() => Promise.all(servers.map((server) => listenOnLoopback(server, 0))))
afterAll(() => Promise.all(servers.map(closeServer)))
afterEach(() => {
  store.knobs = { ...store.knobs, sms: 'accept' }
})

const settings = (from: string): TwilioSettings => ({
  ...account,
  from,
  apiUrl: origin(between),
  statusCallback: `${origin(receiver)}/hooks/twilio/status`,
})

const slots = {
  organisation: 'Northwind Traders Europe',
  link: linkTo('https://verify.northwind.example', 'v', 'A'.repeat(43)),
  code: '123456',
  minutes: 10,
}
const kinds: readonly MessageKind[] = [
  ...(['link', 'second_code', 'started', 'finished', 'refused', 'password_changed', 'frozen'] as const),
]

const send = async (text: string, from = '+15005550006') => {
  const message = { channel: 'sms', to: '+447700900123', subject: null, text, reference: 'r' } as const
  const account = settings(from)
  const result = await sendSms(createSmsClient(account), account, message)
  const exchange = exchanges.at(-1)
  if (exchange === undefined) throw new Error('nothing went out')
  return { result, exchange }
}

const readContract = (): Contract => {
  if (!existsSync(file)) throw new Error(`there is no contract document at ${file}`)
  return JSON.parse(readFileSync(file, 'utf8')) as Contract
}

/** All that a request has and the document does not allow. */
const requestProblems = (
  contract: Contract,
  { method, path, headers, body }: Exchange,
): readonly string[] => {
  const found = operationOf(contract, method, path)
  if (found === undefined) return [`${method} ${path}: unknown`]
  const { operation, held } = found
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  const schema = operation.requestBody?.content[type]?.schema
  if (schema === undefined) return [`content type ${type}: unknown`]
  return [
    ...(operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'path')
      .flatMap(({ name, schema: of }) => problemsOf(contract, of, held[name], name)),
    ...problemsOf(contract, schema, Object.fromEntries(new URLSearchParams(body))),
  ]
}

const answerProblems = (
  contract: Contract,
  { method, path, status, answer }: Exchange,
): readonly string[] => {
  const found = operationOf(contract, method, path)
  const schema = found?.operation.responses[String(status)]?.content?.['application/json']?.schema
  return schema === undefined ? [`${String(status)}: unknown`] : problemsOf(contract, schema, answer)
}

describe.skipIf(isSkipped)('Twilio as its document says (OpenAPI, api v2010)', () => {
  const messages = kinds.flatMap((kind) => languages.map((language) => [kind, language] as const))

  it.each(messages)('the request for %s in %s has only what the document knows', async (kind, language) => {
    const contract = readContract()
    const { text } = compose(kind, 'sms', language, slots)
    const { result, exchange } = await send(text)
    expect(result.kind).toBe('accepted')
    expect(requestProblems(contract, exchange)).toEqual([])
    expect(new URLSearchParams(exchange.body).get('Body')).toBe(text)
    // The document's own prose: at most 1,600 characters.
    expect(text.length).toBeLessThanOrEqual(1600)
  })

  it('puts a messaging service into its own field', async () => {
    const contract = readContract()
    const { exchange } = await send('x', `MG${'0123456789abcdef'.repeat(2)}`)
    expect(requestProblems(contract, exchange)).toEqual([])
    const fields = new URLSearchParams(exchange.body)
    expect([fields.has('MessagingServiceSid'), fields.has('From')]).toEqual([true, false])
  })

  it('the account signs in by the scheme that the document names', async () => {
    const contract = readContract()
    const found = operationOf(contract, 'post', `/2010-04-01/Accounts/${account.accountSid}/Messages.json`)
    const [name = ''] = Object.keys(found?.operation.security?.[0] ?? {})
    expect(contract.components.securitySchemes?.[name]).toMatchObject({ type: 'http', scheme: 'basic' })
    const { exchange } = await send('x')
    const [scheme, value = ''] = (exchange.headers.authorization ?? '').split(' ')
    expect(scheme).toBe('Basic')
    expect(Buffer.from(value, 'base64').toString()).toBe(`${account.accountSid}:${account.authToken}`)
  })

  it('the double answers as the document says, and the adapter reads the id from it', async () => {
    const { result, exchange } = await send('x')
    expect(exchange.status).toBe(201)
    expect(answerProblems(readContract(), exchange)).toEqual([])
    expect(result).toEqual({ kind: 'accepted', providerId: (exchange.answer as { sid: string }).sid })
  })

  it('finds what is wrong: an unknown field, a number, an id, a status, an address', () => {
    const contract = readContract()
    const path = `/2010-04-01/Accounts/${account.accountSid}/Messages.json`
    const good: Exchange = {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'To=%2B447700900123&Body=x',
      status: 201,
      answer: {},
    }
    expect(requestProblems(contract, good)).toEqual([])
    const wrong = (change: Partial<Exchange>) => requestProblems(contract, { ...good, ...change })
    expect(wrong({ body: `${good.body}&Recipient=x` })).toEqual(['/Recipient: unknown'])
    expect(wrong({ body: 'To=0770&Body=x' })).toEqual(['/To: format'])
    expect(wrong({ body: 'Body=x' })).toEqual(['/To: missing'])
    expect(wrong({ body: `${good.body}&MessagingServiceSid=MG1` })).toContain('/MessagingServiceSid: pattern')
    expect(wrong({ body: `${good.body}&StatusCallback=ftp://x` })).toEqual(['/StatusCallback: format'])
    expect(wrong({ path: path.replace('AC0', 'XX0') })).toEqual(['AccountSid: pattern'])
    expect(wrong({ path: `${path}x` })).toEqual([`POST ${path}x: unknown`])
    expect(wrong({ headers: { 'content-type': 'application/json' } })).toEqual([
      'content type application/json: unknown',
    ])
    expect(answerProblems(contract, { ...good, answer: { status: 'gone', sid: 7 } })).toEqual([
      '/status: not one of the list',
      '/sid: integer',
    ])
  })

  it.each(['accept', 'undelivered'] as const)(
    'status callbacks (%s) are signed as the provider’s library does',
    async (knob) => {
      const contract = readContract()
      store.knobs = { ...store.knobs, sms: knob }
      const { result } = await send('x')
      const sid = result.kind === 'accepted' ? result.providerId : null
      const mine = () => callbacks.filter(({ body }) => new URLSearchParams(body).get('MessageSid') === sid)
      await expect.poll(() => mine().length, { timeout: 5_000 }).toBe(3)
      const statuses = mine().map(({ url, signature, body }) => {
        const fields = Object.fromEntries(new URLSearchParams(body))
        expect(twilio.validateRequest(account.authToken, signature, url, fields)).toBe(true)
        expect(twilio.validateRequest(account.authToken, signature, `${url}?x`, fields)).toBe(false)
        const status = fields['MessageStatus']
        expect(problemsOf(contract, { $ref: '#/components/schemas/message_enum_status' }, status)).toEqual([])
        return status
      })
      expect(statuses.at(-1)).toBe(knob === 'accept' ? 'delivered' : 'undelivered')
    },
  )

  it.each([
    ['invalid_number', { kind: 'refused', code: 'twilio_21211' }],
    ['too_many', { kind: 'not_taken', code: 'http_429' }],
    ['fail_after_accepting', { kind: 'unknown', code: 'http_500' }],
  ] as const)('%s is read by its status and the provider’s own code', async (knob, expected) => {
    store.knobs = { ...store.knobs, sms: knob }
    const { result, exchange } = await send('x')
    expect(result).toEqual(expected)
    // Errors are not in the document; the provider's library reads these four fields.
    expect(Object.keys(exchange.answer as object).sort()).toEqual(['code', 'message', 'more_info', 'status'])
  })
})
