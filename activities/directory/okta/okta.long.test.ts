import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exchangeProblems } from '../testing/exchange-problems.ts'
import type { Contract } from '../../testing/openapi.ts'
import { nextOf } from './lists.ts'
import { createOkta } from './adapter.ts'
import type { SyncPart } from '../port.ts'
import { goodPassword, plain, writeOf } from '../testing/bench.ts'
import { describeTwo } from '../testing/contract-one.ts'
import { startDoubling } from '../testing/doubling-proxy.ts'
import { describeDirectory } from '../testing/contract.ts'
import { cursorOf, partsOf, peopleIn, problemOf } from '../testing/asking.ts'
import { signInsOf } from '../testing/contract-sign-ins.ts'
import { describeFaults } from '../testing/contract-faults.ts'
import { describeTls } from '../testing/contract-tls.ts'
import type { Exchange } from '../testing/fake-https.ts'
import { openOktaScene, type OktaScene } from '../testing/okta-bench.ts'
import { newId } from '../testing/okta-store.ts'

let scene: OktaScene
/** Everything that passed in this file, whatever test it was for. */
const passed: Exchange[] = []

beforeAll(async () => {
  scene = await openOktaScene()
})
afterEach(() => {
  passed.push(...scene.fake.exchanges.splice(0))
  Object.assign(scene.fake.store.knobs, { throttle: 0, isBehind: false, pageSize: 200 })
})
afterAll(() => scene.close())

describeDirectory('a stand-in for Okta', () => scene.bench)
describeTwo(
  () => scene.bench,
  async () => {
    const isAccount = (path: string) => /\/users\/[0-9A-Za-z]{20}$/.test(path)
    const { url, caFile, close } = await startDoubling(scene.fake, isAccount, (two) => two)
    return { directory: createOkta(scene.options({ url, caFile })), close }
  },
)

const problem = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
  problemOf(createOkta(scene.options(change)), newId('00u'))
const read = (since: string | null) => partsOf(createOkta(scene.options()), since)
const idsIn = (parts: readonly SyncPart[]) => peopleIn(parts).map(({ directoryId }) => directoryId)

describeTls(() => ({
  open: (change) => createOkta(scene.options(change)),
  address: 'https://localhost',
  port: scene.fake.port,
  secret: 'client_assertion',
  id: newId('00u'),
}))

describe('our app', () => {
  it('proves itself by its key: another key, another app and a broken key give other problems than no answer', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const folder = dirname(scene.fake.caFile)
    const [other, none] = [join(folder, 'other-key'), join(folder, 'no-key')]
    writeFileSync(other, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    writeFileSync(none, 'not a key', { mode: 0o600 })
    expect(await problem({ privateKeyFile: other })).toBe('credentials')
    expect(await problem({ privateKeyFile: none })).toBe('credentials')
    expect(await problem({ clientId: 'nobody' })).toBe('credentials')
  })

  it('N1: reports every standard role, and of having none at all', async () => {
    const { roles } = scene.fake.store
    const own = roles.get(scene.fake.clientId) ?? []
    roles.set(scene.fake.clientId, [...own, { id: newId('ra1'), type: 'SUPER_ADMIN', label: 'Super' }])
    expect(await scene.bench.directory.checkSelf()).toEqual({
      kind: 'checked',
      findings: [{ kind: 'excess', right: 'role', detail: 'SUPER_ADMIN' }],
    })
    roles.set(scene.fake.clientId, [])
    expect(await scene.bench.directory.checkSelf()).toMatchObject({ findings: [{ kind: 'missing' }] })
    roles.set(scene.fake.clientId, own)
    // The role that reads the log is too much where the log is not read.
    expect(await createOkta(scene.options({ clientId: scene.fake.logId })).checkSelf()).toEqual({
      kind: 'checked',
      findings: [{ kind: 'excess', right: 'role', detail: 'REPORT_ADMIN' }],
    })
    expect(await scene.bench.log?.directory.checkSelf()).toEqual({ kind: 'checked', findings: [] })
  })
})

describe('N6: an id', () => {
  it('is no login, although the address takes one', async () => {
    const { login } = await scene.bench.newAccount()
    const short = scene.fake.store.add('a'.repeat(20), 'First-Harbour-1-first', { userType: 'Employee' })
    expect(await scene.bench.directory.find(login)).toBeNull()
    expect(await scene.bench.directory.find(short.json.profile.login)).toBeNull()
    expect(await scene.bench.directory.find(short.json.id)).not.toBeNull()
  })
})

describe('a password', () => {
  it('R4: is set over what was read, by its tag: a change of anything in between keeps it from being written', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    const { store } = scene.fake
    const before = scene.fake.exchanges.length
    const answered = createOkta(scene.options()).setPassword(write, goodPassword(), plain)
    // As soon as the account was read, another administrator changes its phone.
    await expect
      .poll(() => scene.fake.exchanges.slice(before).some(({ request }) => request.method === 'GET'), {
        interval: 0,
      })
      .toBe(true)
    store.touch(scene.accountOf(account), {})
    expect(await answered).toEqual({ kind: 'not_written' })
    expect(await scene.bench.passwordWrites(account)).toBe(0)
  })

  it('N7: that was used before is refused by the organisation’s own rule, unless the operator waives it', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    expect(await scene.bench.directory.setPassword(write, account.password, plain)).toEqual({
      kind: 'password_refused',
      rule: 'policy',
    })
    const waiving = createOkta(scene.options({ honoursHistory: false }))
    expect(await waiving.setPassword(write, account.password, plain)).toEqual({ kind: 'accepted' })
  })

  it('that is kept by another directory is not set, and an account that has not begun has none', async () => {
    const [elsewhere, staged] = [await scene.bench.newAccount(), await scene.bench.newAccount()]
    scene.accountOf(elsewhere).json.credentials.provider = { type: 'ACTIVE_DIRECTORY', name: 'corp' }
    const write = await writeOf(scene.bench, elsewhere)
    expect(await scene.bench.directory.setPassword(write, goodPassword(), plain)).toEqual({
      kind: 'not_offered',
    })
    scene.accountOf(staged).json.status = 'STAGED'
    expect(await scene.bench.directory.find(staged.directoryId)).toMatchObject({ state: 'disabled' })
    expect(await scene.bench.directory.refresh(staged.directoryId)).toMatchObject({ state: 'not_started' })
    expect(
      await scene.bench.directory.setPassword(await writeOf(scene.bench, staged), goodPassword(), plain),
    ).toEqual({ kind: 'not_written' })
  })
})

describe('throttling', () => {
  it('makes a read wait, and a write that was not looked at is not written', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    scene.fake.store.knobs.throttle = 2
    expect(await scene.bench.directory.find(account.directoryId)).not.toBeNull()
    scene.fake.store.knobs.throttle = 100
    await expect(scene.bench.directory.find(account.directoryId)).rejects.toMatchObject({
      problem: 'throttled',
    })
    scene.fake.store.knobs.throttle = 0
    scene.fake.exchanges.length = 0
    const answered = scene.bench.directory.setPassword(write, goodPassword(), plain)
    await expect
      .poll(() => scene.fake.exchanges.some(({ request }) => request.method === 'GET'), { interval: 0 })
      .toBe(true)
    scene.fake.store.knobs.throttle = 100
    expect(await answered).toEqual({ kind: 'not_written' })
    expect(scene.fake.exchanges.filter(({ request }) => request.method === 'POST')).toHaveLength(1)
    expect(await scene.bench.passwordWrites(account)).toBe(0)
  })
})

describe('the log of sign-ins', () => {
  it('is read page by page, and again where it was throttled', async () => {
    const account = await scene.bench.newAccount()
    const from = new Date()
    for (let n = 0; n < 5; n += 1) await scene.bench.signsIn(account, account.password)
    Object.assign(scene.fake.store.knobs, { pageSize: 2, throttle: 1 })
    const { log } = scene.bench
    if (log === undefined) throw new Error('it keeps a log')
    const read = await signInsOf(log.directory, from, new Date(Date.now() + 10))
    expect(read.map(({ directoryId }) => directoryId)).toEqual(
      Array.from({ length: 5 }, () => account.directoryId),
    )
  })

  it('names nobody but people: what an app or Okta itself began is left out, and so is what has no address', async () => {
    const account = await scene.bench.newAccount()
    const from = new Date()
    await scene.bench.signsIn(account, account.password)
    const { log } = scene.fake.store
    const [event] = log.splice(-1)
    if (event === undefined) throw new Error('nobody signed in')
    log.push({ ...event, actor: { ...event.actor, type: 'PublicClientApp' } }, { ...event, client: {} })
    const reader = scene.bench.log?.directory
    if (reader === undefined) throw new Error('it keeps a log')
    expect(await signInsOf(reader, from, new Date(Date.now() + 10))).toEqual([])
  })
})

describe('a sync', () => {
  it('reads page by page, by the address of the next one, and nothing at another place', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => scene.bench.newAccount()))
    scene.fake.store.knobs.pageSize = 2
    const whole = await read(null)
    expect(idsIn(whole)).toEqual(expect.arrayContaining(ids.map(({ directoryId }) => directoryId)))
    expect(new Set(idsIn(whole)).size).toBe(idsIn(whole).length)
    expect(nextOf('<https://a.example/1>; rel="self", <https://a.example/2?x=1,2>; rel="next"')).toBe(
      'https://a.example/2?x=1,2',
    )
    expect(nextOf(['<https://a.example/1>; rel="self"'])).toBeNull()
  })

  it('sees later what the list did not show yet', async () => {
    await read(null)
    scene.fake.store.knobs.isBehind = true
    const late = await scene.bench.newAccount()
    const first = await read(null)
    expect(idsIn(first)).not.toContain(late.directoryId)
    // An id is never behind.
    expect(await scene.bench.directory.find(late.directoryId)).not.toBeNull()
    scene.fake.store.knobs.isBehind = false
    expect(idsIn(await read(cursorOf(first)))).toContain(late.directoryId)
  })

  it('begins anew with what is no cursor', async () => {
    await expect(read('yesterday')).rejects.toMatchObject({ problem: 'cursor_over' })
  })
})

it('D1: groups that the operator names make privileged too', async () => {
  const [member, other] = [await scene.bench.newAccount(), await scene.bench.newAccount()]
  const group = newId('00g')
  scene.accountOf(member).groups.push(group)
  const naming = createOkta(scene.options({ privilegedGroups: [group] }))
  expect(await naming.privilegeOf(member.directoryId)).toEqual({ kind: 'privileged', through: [group] })
  expect(await naming.privilegeOf(other.directoryId)).toEqual({ kind: 'standard' })
})

it('B14, B15: sessions are ended and factors taken away, and each is read back by itself', async () => {
  const account = await scene.bench.newAccount()
  const stored = scene.accountOf(account)
  await scene.bench.signsIn(account, account.password)
  expect(stored.sessions).toBe(1)
  expect(await scene.bench.directory.endSessions(account.directoryId)).toBe('done')
  expect(stored.sessions).toBe(0)
  for (const factorType of ['push', 'token:software:totp'])
    stored.factors.push({ id: newId('ufs'), factorType, provider: 'OKTA', status: 'ACTIVE' })
  const write = { ...(await writeOf(scene.bench, account)), effect: 'reset_mfa' as const }
  expect(await scene.bench.directory.readBack(write)).toMatchObject({ kind: 'not_done' })
  expect(await scene.bench.directory.resetMfa(write)).toEqual({
    kind: 'accepted',
    removed: 2,
    enrolment: null,
  })
  expect(await scene.bench.directory.readBack(write)).toMatchObject({ kind: 'done' })
  expect(await scene.bench.passwordWrites(account)).toBe(0)
})

describeFaults(
  () => ({
    bench: scene.bench,
    port: scene.fake.port,
    at: (port) => createOkta(scene.options({ url: scene.fake.url.replace(/\d+$/, String(port)) })),
  }),
  { resets: 24, pieces: 6, limitMs: 30_000 },
)

const file = join(process.env['PROVIDER_CONTRACTS'] ?? '', 'okta', 'management.yaml')
const isSkipped = process.env['PROVIDER_CONTRACTS'] === undefined
if (isSkipped) process.stdout.write('Okta: skipped: no contract document (PROVIDER_CONTRACTS is not set)\n')

describe.skipIf(isSkipped)('Okta as its document says (OpenAPI, Management API)', () => {
  const readContract = (): Contract => {
    if (!existsSync(file)) throw new Error(`there is no contract document at ${file}`)
    return parse(readFileSync(file, 'utf8')) as Contract
  }

  it('every request and every answer of all these tests is one that the document knows', () => {
    const contract = readContract()
    const ours = passed.filter(({ request, answer }) => {
      const isForUsers = request.url.pathname.startsWith('/api/v1/')
      // The document's prose, not its paths, describes 401 and 412, for all paths alike.
      return isForUsers && answer.status !== 401 && answer.status !== 412
    })
    expect(ours.length).toBeGreaterThan(100)
    const wrong = ours.flatMap((exchange) => exchangeProblems(contract, exchange))
    expect([...new Set(wrong)]).toEqual([])
    const asked = new Set(
      ours.map(({ request }) => `${request.method} ${request.url.pathname.replace(/00u\w{17}|a{20}/, 'id')}`),
    )
    expect([...asked].sort()).toEqual([
      'DELETE /api/v1/users/id/sessions',
      'GET /api/v1/logs',
      'GET /api/v1/users',
      'GET /api/v1/users/id',
      'GET /api/v1/users/id/factors',
      'GET /api/v1/users/id/groups',
      'GET /api/v1/users/id/roles',
      'POST /api/v1/users/id',
      'POST /api/v1/users/id/lifecycle/expire_password',
      'POST /api/v1/users/id/lifecycle/reset_factors',
      'POST /api/v1/users/id/lifecycle/unlock',
    ])
  })

  it('finds what is wrong: a path, a question, a field sent, a field answered, a status', () => {
    const contract = readContract()
    const good = passed.find(
      ({ request }) => /users\/00u\w{17}$/.test(request.url.pathname) && request.method === 'POST',
    )
    if (good === undefined) throw new Error('nobody set a password')
    const { request, answer } = good
    expect(exchangeProblems(contract, good)).toEqual([])
    const url = (change: string) => ({ ...good, request: { ...request, url: new URL(change, request.url) } })
    expect(exchangeProblems(contract, url('/api/v1/people'))).toEqual(['POST /api/v1/people: unknown'])
    expect(exchangeProblems(contract, url('?force=1')).join()).toContain('?force: unknown')
    expect(exchangeProblems(contract, { ...good, request: { ...request, body: { password: 'x' } } })).toEqual(
      ['/password: unknown'],
    )
    expect(
      exchangeProblems(contract, { ...good, answer: { ...answer, body: { status: 'GONE', id: 7 } } }),
    ).toEqual(['/status: not one of the list', '/id: integer'])
    expect(exchangeProblems(contract, { ...good, answer: { status: 418, body: {} } }).join()).toContain('418')
  })
})
