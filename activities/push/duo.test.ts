/** A stand-in that keeps to Duo's public contract and checks every signature; no request ever went to Duo itself. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startFake,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../directory/testing/fake-https.ts'
import { canonicalParams, createDuo, duoAuthorization } from './duo.ts'
import { duoOptions } from './options.ts'
import type { PushService } from './port.ts'

const keys = { integration: 'DIXXXXXXXXXXXXXXXXXX', secret: 'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef' }
const ok = (response: unknown): FakeAnswer => ({ status: 200, body: { stat: 'OK', response } })

/** The other side's own reading of Duo's rules, not ours. */
const isSigned = ({ method, url, headers, body }: FakeRequest): boolean => {
  const given = method === 'GET' ? Object.fromEntries(url.searchParams) : (body as Record<string, string>)
  const hex = (one: string) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`
  const quote = (text: string) => encodeURIComponent(text).replace(/[!*'()]/g, hex)
  const params = Object.entries(given)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${quote(name)}=${quote(value)}`)
  const text = [headers.date, method, 'localhost', url.pathname, params.join('&')].join('\n')
  const signature = createHmac('sha512', keys.secret).update(text).digest('hex')
  const expected = `Basic ${Buffer.from(`${keys.integration}:${signature}`).toString('base64')}`
  const age = Math.abs(Date.now() - Date.parse(headers.date ?? ''))
  return headers.authorization === expected && age < 5 * 60_000
}

const phone = {
  device: 'DPFZRS9FB0D46QFTM891',
  type: 'phone',
  capabilities: ['auto', 'push', 'sms', 'phone'],
}
const usual: Record<string, () => FakeAnswer> = {
  '/auth/v2/preauth': () => ok({ result: 'auth', status_msg: 'Account is active', devices: [phone] }),
  '/auth/v2/auth': () => ok({ txid: '45f7c92b-f45f-4862-8545-e0f58e78075a' }),
  '/auth/v2/auth_status': () =>
    ok({ result: 'allow', status: 'allow', status_msg: 'Success. Logging you in...' }),
}
let answers = usual
let server: FakeServer
let folder: string
let service: PushService
const serviceWith = (change: object = {}): PushService => {
  const options = {
    kind: 'duo',
    tenant: 'northwind',
    host: 'localhost',
    port: server.port,
    caFile: server.caFile,
  }
  const all = {
    ...options,
    integrationKey: keys.integration,
    secretKeyFile: join(folder, 'secret'),
    ...change,
  }
  return createDuo(duoOptions.parse(all), { connectMs: 800, operationMs: 1_500, mostBytes: 100_000 })
}
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-duo-'))
  writeFileSync(join(folder, 'secret'), `${keys.secret}\n`, { mode: 0o600 })
  server = await startFake((request) => {
    if (!isSigned(request)) return { status: 401, body: { stat: 'FAIL', code: 40103 } }
    return answers[request.url.pathname]?.() ?? { status: 404 }
  })
  service = serviceWith()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  answers = usual
  server.exchanges.length = 0
})

const order = { login: 'anna', text: "Zoë & Sons (North): Password reset (maple river)!*'" }
const push = { login: 'anna', transaction: '45f7c92b', devices: [phone.device] }
const asked = () => server.exchanges.map(({ request }) => request.url.pathname)

describe('Duo’s signature', () => {
  it('equals the vector in Duo’s own client', () => {
    const request = {
      date: 'Tue, 21 Aug 2012 17:29:18 -0000',
      method: 'POST',
      host: 'test.duosecurity.com',
      path: '/test/v1',
      params: { username: 'root', realname: 'First Last' },
    } as const
    expect(duoAuthorization(request, 'test_ikey', 'test_skey')).toBe(
      'Basic dGVzdF9pa2V5OjA0MmEzMGM2ODJiZDgzNmZjNWJhNDY3ODkxYTk1NmVhYTEwMDkxY2EwZjczYTdmYjM5NmFlZmQ1NmEzNTI5ZTU2OTMyZGVhNDI3YTY3MjEzYWY2NjRiYTY4NDE2ODlmZjIzMzZiN2EzNzM3NjZlYTVhYjdhYjlmZTI2MzgyMjZi',
    )
  })

  it('escapes every character that Duo’s own client escapes', () => {
    expect(
      canonicalParams({ whitespace: '\t\n\x0b\x0c\r ', punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' }),
    ).toBe(
      'punctuation=%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~&whitespace=%09%0A%0B%0C%0D%20',
    )
  })
})

describe('a stand-in for Duo', () => {
  it('sends a push to the phone of this account alone, with organisation, purpose and words, all signed', async () => {
    expect(await service.send(order)).toEqual({
      ...{ kind: 'sent', transaction: '45f7c92b-f45f-4862-8545-e0f58e78075a' },
      ...{ devices: [phone.device], number: null },
    })
    const [preauth, auth] = server.exchanges.map(({ request }) => request.body as Record<string, string>)
    expect(preauth).toEqual({ username: 'anna' })
    expect(auth).toMatchObject({ username: 'anna', factor: 'push', device: phone.device, async: '1' })
    expect(Object.fromEntries(new URLSearchParams(auth?.['pushinfo']))).toEqual({
      ...{ Organisation: 'Zoë & Sons (North)', Request: "Password reset (maple river)!*'" },
    })
    expect(await service.look(push)).toBe('approved')
  })

  it('sends nothing under a secret that is not ours', async () => {
    writeFileSync(join(folder, 'wrong'), 'not it', { mode: 0o600 })
    const wrong = serviceWith({ secretKeyFile: join(folder, 'wrong') })
    await expect(wrong.send(order)).rejects.toMatchObject({ problem: 'credentials' })
    await expect(wrong.look(push)).rejects.toMatchObject({ problem: 'credentials' })
  })

  it.each(['allow', 'deny', 'enroll', 'unheard of'])(
    'asks for no push of an account that Duo would %s, so that a bypass is no proof',
    async (result) => {
      answers = { ...usual, '/auth/v2/preauth': () => ok({ result, devices: [phone] }) }
      expect(await service.send(order)).toEqual({ kind: 'not_sent', reason: 'not_allowed' })
      expect(asked()).toEqual(['/auth/v2/preauth'])
    },
  )

  it.each([[[]], [undefined], [[{ ...phone, capabilities: ['sms'] }]], [[{ device: 'D1' }]]])(
    'asks for none where no phone takes one: %j',
    async (devices) => {
      answers = { ...usual, '/auth/v2/preauth': () => ok({ result: 'auth', devices }) }
      expect(await service.send(order)).toEqual({ kind: 'not_sent', reason: 'no_authenticator' })
    },
  )

  it.each([
    ['allow', 'allow', 'approved'],
    ['allow', 'bypass', 'cancelled'],
    ['deny', 'deny', 'denied'],
    ['deny', 'fraud', 'denied'],
    ['deny', 'timeout', 'cancelled'],
    ['deny', 'locked_out', 'cancelled'],
    ['waiting', 'pushed', 'waiting'],
  ])('%s by %s is %s', async (result, status, found) => {
    answers = { ...usual, '/auth/v2/auth_status': () => ok({ result, status }) }
    expect(await service.look(push)).toBe(found)
  })

  it.each<[string, FakeAnswer]>([
    ['a failure by 200', { status: 200, body: { stat: 'FAIL', code: 40002 } }],
    ['a result that nobody knows', ok({ result: 'maybe', status: 'allow' })],
    ['no status', ok({ result: 'allow' })],
    ['far too much', ok({ result: 'allow', status: 'allow', more: 'x'.repeat(120_000) })],
    ['an error of its own', { status: 500 }],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }],
  ])('%s says nothing', async (_name, answer) => {
    answers = { ...usual, '/auth/v2/auth_status': () => answer }
    await expect(service.look(push)).rejects.toThrow('no clear answer')
  })
})
