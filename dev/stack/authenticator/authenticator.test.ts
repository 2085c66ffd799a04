/** The stand-in as the stack starts it: what the worker is told, and what the page of the phones shows, does and refuses. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePushServices } from '#activities/push/configuration.ts'
import { createPrivacyIdea } from '#activities/push/privacyidea.ts'
import type { PushService } from '#activities/push/port.ts'
import { pickFreePort } from '../ports.ts'
import { startAuthenticator, type RunningAuthenticator } from './authenticator.ts'
import { createPushAnswers } from './push-answers.ts'
import { createPushStore } from './push-store.ts'

const owners = [
  { organisation: 'northwind', login: 'ana.roy', name: 'Ana <b>Roy</b>' },
  { organisation: 'lab', login: 'lab.ben.ode', name: 'Ben Ode' },
]
let folder: string
let running: RunningAuthenticator
let phones: string
let services: ReadonlyMap<string, PushService>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-authenticator-'))
  const [pushPort, phonePort] = [await pickFreePort(), await pickFreePort()]
  running = await startAuthenticator({ pushPort, phonePort, dataFolder: folder, owners })
  phones = `http://localhost:${String(phonePort)}`
  const parsed = parsePushServices(readFileSync(running.servicesFile, 'utf8'), running.servicesFile)
  services = new Map(
    parsed.flatMap((one) => (one.kind === 'privacyidea' ? [[one.tenant, createPrivacyIdea(one)]] : [])),
  )
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends a push; gives its service, and what waits on the phone. */
const push = async (organisation: string, login: string, text = 'Acme: Password reset (maple river)') => {
  const service = services.get(organisation)
  const ordered = await service?.send({ login, text })
  if (service === undefined || ordered?.kind !== 'sent') throw new Error('no push was sent')
  const waiting = await waitingNow()
  const found = waiting.findLast((one) => one.login === login)
  if (found === undefined) throw new Error('nothing waits')
  return { look: () => service.look({ login, ...ordered }), number: ordered.number, ...found }
}
type Waiting = { readonly nonce: string; readonly login: string; readonly numbers: readonly string[] }
const waitingNow = async (): Promise<readonly Waiting[]> => {
  const { pushes } = (await (await fetch(`${phones}/api/pushes`)).json()) as { pushes: readonly Waiting[] }
  return pushes
}
const pageIn = async (language: string, query = ''): Promise<string> =>
  (await fetch(`${phones}/${query}`, { headers: { 'accept-language': language } })).text()
const answer = async (fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams(fields)
  const sent = await fetch(`${phones}/answer`, { method: 'POST', redirect: 'manual', body, headers })
  return sent.headers.get('location') ?? sent.status
}

describe('the stand-in for a push server', () => {
  it('writes private files for the worker', () => {
    expect([...services.keys()]).toEqual(['northwind', 'lab'])
    for (const name of ['services.json', 'password', 'ca.pem'])
      expect(statSync(join(dirname(running.servicesFile), name)).mode & 0o077).toBe(0)
  })

  it('shows the text of a push without any markup of its own, in both languages, and takes one approval', async () => {
    const { nonce, look, number } = await push('northwind', 'ana.roy', 'Acme <i>: Password reset')
    expect(number).toBeNull()
    const page = await pageIn('en')
    for (const words of [
      'Ana &lt;b&gt;Roy&lt;/b&gt;’s phone (ana.roy)',
      'Countersign Acme &lt;i&gt;: Password reset',
    ])
      expect(page).toContain(words)
    expect(await pageIn('de-DE,de')).toContain('Bestätigen')
    expect(await look()).toBe('waiting')
    expect(await answer({ nonce, number: '' })).toBe('/?said=approved')
    expect(await answer({ nonce, number: '' })).toBe('/?said=over')
    expect(await look()).toBe('approved')
    expect(await waitingNow()).toEqual([])
  })

  it('asks for the number of the page in the lab, and another one approves nothing', async () => {
    const { nonce, look, number, numbers } = await push('lab', 'lab.ben.ode')
    expect(numbers).toContain(number)
    const wrong = numbers.find((one) => one !== number) ?? ''
    expect(await answer({ nonce, number: wrong })).toBe('/?said=wrong')
    expect(await answer({ nonce, number: '' })).toBe('/?said=wrong')
    expect(await look()).toBe('waiting')
    expect(await answer({ nonce, number: number ?? '' })).toBe('/?said=approved')
    expect(await look()).toBe('approved')
  })

  it('takes a denial', async () => {
    const { nonce, look } = await push('northwind', 'ana.roy')
    expect(await answer({ nonce, number: 'deny' })).toBe('/?said=denied')
    expect(await look()).toBe('denied')
  })

  it('answers no form of another page, no other name, no unknown field, and says nothing of its own choice', async () => {
    const { nonce, look } = await push('northwind', 'ana.roy')
    expect(await answer({ nonce, number: '' }, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await answer({ nonce, number: '' }, { origin: 'https://evil.example' })).toBe(403)
    expect(await answer({ nonce, number: '', more: 'x' })).toBe(400)
    expect(await pageIn('en', '?said=<b>')).toContain('Bad request')
    const status = await new Promise((resolve) => {
      request(phones, { headers: { host: 'evil.example' } }, ({ statusCode }) => {
        resolve(statusCode)
      }).end()
    })
    expect(status).toBe(403)
    expect(await look()).toBe('waiting')
    await answer({ nonce, number: 'deny' })
  })
})

it('sends nothing without a token of its account, and takes no field that it does not know', () => {
  const store = createPushStore([{ name: 'people', isAccount: () => true, wantsNumber: false }])
  store.enrol('people', 'ana')
  const answerOf = createPushAnswers(store, { user: 'service', password: 'secret' })
  const url = new URL('https://localhost/validate/triggerchallenge')
  const ask = (headers: Readonly<Record<string, string>>, more: object = {}) =>
    answerOf({ method: 'POST', url, headers, body: { user: 'ana', realm: 'people', type: 'push', ...more } })
  const signIn = { username: 'service', password: 'secret' }
  const signedIn = answerOf({ method: 'POST', url: new URL('/auth', url), headers: {}, body: signIn })
  const { token } = (signedIn.body as { result: { value: { token: string } } }).result.value
  for (const headers of [{}, { 'pi-authorization': 'another' }]) expect(ask(headers).status).toBe(401)
  expect(ask({ 'pi-authorization': token }, { serial: 'PIPU1' }).status).toBe(400)
  expect(store.waiting()).toEqual([])
  expect(ask({ 'pi-authorization': token }).status).toBe(200)
  expect(store.waiting()).toHaveLength(1)
})

it('a push runs out after two minutes, and its answer comes too late', () => {
  let now = 0
  const realm = { name: 'people', isAccount: () => true, wantsNumber: false }
  const store = createPushStore([realm], () => now)
  store.enrol('people', 'ana')
  const [sent] = store.push(realm, 'ana', 'text')
  now = 119_000
  expect(store.waiting()).toHaveLength(1)
  now = 120_000
  expect(store.waiting()).toEqual([])
  expect(store.answer(sent?.nonce ?? '', 'accept')).toBe(false)
})
