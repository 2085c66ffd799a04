/** A server that is no privacyIDEA any more, or a bad one: what it may do to us, and what it may not make us believe. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startFake,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../directory/testing/fake-https.ts'
import { createPushAnswers } from '#dev/stack/authenticator/push-answers.ts'
import { createPushStore, type PushStore } from '#dev/stack/authenticator/push-store.ts'
import { privacyIdeaOptions } from './options.ts'
import type { PushService } from './port.ts'
import { createPrivacyIdea } from './privacyidea.ts'

const ok = (value: unknown, detail: object = {}): FakeAnswer => ({
  status: 200,
  body: { jsonrpc: '2.0', result: { status: true, value }, detail },
})
const challenge = { type: 'push', client_mode: 'poll', serial: 'PIPU1', transaction_id: '123' }
const realm = { name: 'r', isAccount: (user: string) => user === 'anna', wantsNumber: false }
/** The answers that differ from those of a server that does what it should, by path. */
let bad: Record<string, (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>>
let store: PushStore
let good: (request: FakeRequest) => FakeAnswer
let server: FakeServer
let folder: string
let service: PushService
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-pi-'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'secret\n', { mode: 0o600 })
  server = await startFake((request) => bad[request.url.pathname]?.(request) ?? good(request))
  const { url, caFile } = server
  const options = {
    kind: 'privacyidea',
    tenant: 'northwind',
    url,
    caFile,
    user: 'svc',
    passwordFile,
    realm: 'r',
  }
  service = createPrivacyIdea(privacyIdeaOptions.parse(options), {
    ...{ connectMs: 800, operationMs: 1_500, mostBytes: 100_000 },
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  bad = {}
  store = createPushStore([realm])
  store.enrol('r', 'anna')
  good = createPushAnswers(store, { user: 'svc', password: 'secret' })
  server.exchanges.length = 0
})

const order = { login: 'anna', text: 'Northwind' }
const push = { login: 'anna', transaction: '123', devices: ['PIPU1'] }
/** A push that its owner approved. */
const approved = async () => {
  const ordered = await service.send(order)
  const [waiting] = store.waiting()
  if (ordered.kind !== 'sent' || waiting === undefined) throw new Error('no push was sent')
  store.answer(waiting.nonce, 'accept')
  return { login: order.login, ...ordered }
}
const asked = () => server.exchanges.map(({ request }) => request.url.pathname)

describe('a privacyIDEA that does not do what it should', () => {
  it('is asked for a push of this account alone, under a token, and for the last word by transaction', async () => {
    const sent = await approved()
    expect(await service.look(sent)).toBe('approved')
    expect(server.exchanges.map(({ request }) => request.body)).toEqual([
      { username: 'svc', password: 'secret' },
      { user: 'anna', realm: 'r', type: 'push' },
      undefined,
      { user: 'anna', realm: 'r', transaction_id: sent.transaction, pass: '' },
    ])
    expect(server.exchanges[0]?.answer.body).toMatchObject({
      result: { value: { token: server.exchanges[1]?.request.headers['pi-authorization'] } },
    })
  })

  it('that forgot the token is given another, once', async () => {
    let refused = 0
    bad = {
      '/validate/triggerchallenge': (request) => {
        refused += 1
        return refused === 1 ? { status: 401, body: {} } : good(request)
      },
    }
    expect(await service.send(order)).toMatchObject({ kind: 'sent' })
    bad = { '/validate/triggerchallenge': () => ({ status: 401, body: {} }) }
    await expect(service.send(order)).rejects.toMatchObject({ problem: 'credentials' })
    expect(refused).toBe(2)
  })

  it.each<[string, FakeAnswer]>([
    ['of another type', ok(1, { multi_challenge: [{ ...challenge, type: 'email' }] })],
    ['that wants a code typed', ok(1, { multi_challenge: [{ ...challenge, client_mode: 'interactive' }] })],
    ['of nobody', ok(0, {})],
    ['of nobody, without a detail', ok(0)],
  ])('a challenge %s is no push', async (_name, answer) => {
    bad = { '/validate/triggerchallenge': () => answer }
    expect(await service.send(order)).toEqual({ kind: 'not_sent', reason: 'no_authenticator' })
  })

  it.each<[string, FakeAnswer]>([
    ['no JSON-RPC', { status: 200, body: { token: 'x' } }],
    ['a failure by 200', { status: 200, body: { result: { status: false, error: { code: 905 } } } }],
    ['two transactions', ok(2, { multi_challenge: [challenge, { ...challenge, transaction_id: '9' }] })],
    [
      'a transaction that is no word',
      ok(1, { multi_challenge: [{ ...challenge, transaction_id: '1&x=2' }] }),
    ],
    ['a number that is markup', ok(1, { multi_challenge: [{ ...challenge, presence_answer: '<b>7</b>' }] })],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }],
    ['far too much', ok(1, { multi_challenge: [challenge], more: 'x'.repeat(300_000) })],
    ['an error of its own', { status: 500, body: {} }],
  ])('%s is no answer to an order', async (_name, answer) => {
    bad = { '/validate/triggerchallenge': () => answer }
    await expect(service.send(order)).rejects.toThrow('no clear answer')
  })

  it.each<[string, FakeAnswer]>([
    ['another device', ok(true, { serial: 'PIPU2' })],
    ['no device', ok(true, {})],
    ['a no', ok(false, { serial: 'PIPU1' })],
    [
      'a further challenge',
      {
        status: 200,
        body: {
          result: { status: true, value: true, authentication: 'CHALLENGE' },
          detail: { serial: 'PIPU1' },
        },
      },
    ],
  ])('a poll that says yes is worth nothing where the last word names %s', async (_name, answer) => {
    const sent = await approved()
    bad = { '/validate/check': () => answer }
    expect(await service.look({ ...sent, devices: ['PIPU1'] })).toBe('cancelled')
  })

  it.each([
    ['declined', 'denied'],
    ['cancelled', 'cancelled'],
    ['pending', 'waiting'],
    ['unheard of', 'waiting'],
  ])('a poll that says %s means %s, and asks for no last word', async (status, found) => {
    bad = { '/validate/polltransaction': () => ok(false, { challenge_status: status }) }
    expect(await service.look(push)).toBe(found)
    expect(asked()).toEqual(['/validate/polltransaction'])
  })

  it('a poll or a last word that is no answer says nothing', async () => {
    const sent = await approved()
    for (const path of ['/validate/polltransaction', '/validate/check'])
      for (const answer of [{ status: 500 }, { status: 200, body: 'yes' }, ok('true')]) {
        bad = { [path]: () => answer }
        await expect(service.look(sent)).rejects.toThrow('no clear answer')
      }
  })

  it('N8: one that says nothing keeps nobody for longer than its time', async () => {
    bad = { '/validate/polltransaction': () => rest(3_000).then(() => ok(true)) }
    const startedAt = performance.now()
    await expect(service.look(push)).rejects.toMatchObject({ problem: 'unreachable' })
    expect(performance.now() - startedAt).toBeLessThan(2_500)
  })
})
