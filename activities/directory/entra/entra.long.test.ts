import { randomUUID } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from '#dev/stack/directories/certificates.ts'
import { createEntra } from './adapter.ts'
import { goodPassword, plain, writeOf } from '../testing/bench.ts'
import { describeTwo } from '../testing/contract-one.ts'
import { startDoubling } from '../testing/doubling-proxy.ts'
import { describeDirectory } from '../testing/contract.ts'
import { cursorOf, partsOf, peopleIn, problemOf } from '../testing/asking.ts'
import { signInsOf } from '../testing/contract-sign-ins.ts'
import { describeFaults } from '../testing/contract-faults.ts'
import { startCuttingProxy } from '../testing/cutting-proxy.ts'
import { openEntraScene, type EntraScene } from '../testing/entra-bench.ts'

let scene: EntraScene

beforeAll(async () => {
  scene = await openEntraScene()
})
afterEach(() => {
  scene.fake.exchanges.length = 0
  const calm = { throttle: 0, isBehind: false, pageSize: 100, looks: 1, isMinimal: false, isResync: false }
  Object.assign(scene.fake.store.knobs, { ...calm, ending: 'succeeded' })
})
afterAll(() => scene.close())

describeDirectory('a stand-in for Entra', () => scene.bench)
describeTwo(
  () => scene.bench,
  async () => {
    const isAccount = (path: string) => /\/users\/[0-9a-f-]{36}$/.test(path)
    const { url, caFile, close } = await startDoubling(scene.fake, isAccount, (value) => ({ value }))
    return { directory: createEntra(scene.options({ url, signInUrl: url, caFile })), close }
  },
)

const problem = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
  problemOf(createEntra(scene.options(change)))
const read = (since: string | null) => partsOf(scene.bench.directory, since)

describe('our account', () => {
  it('J2: speaks to nobody whose certificate the named authority did not sign', async () => {
    const other = makeCertificates(join(dirname(scene.fake.caFile), 'other'), ['localhost'])
    expect(await problem({ caFile: other.ca })).toBe('untrusted')
    expect(await problem({ signInUrl: 'https://localhost:1' })).toBe('unreachable')
    for (const name of ['url', 'signInUrl'])
      expect(() => scene.options({ [name]: 'http://localhost' })).toThrow()
    expect(await problem({})).toBe('answered')
  })

  it('E6, M5: keeps each new refresh token in its private file, and uses no file that others can read', async () => {
    const file = scene.secret('own', scene.fake.refreshTokenOf(scene.fake.own))
    const before = readFileSync(file, 'utf8')
    const directory = createEntra(scene.options({ refreshTokenFile: file }))
    expect(await directory.find(randomUUID())).toBeNull()
    const after = readFileSync(file, 'utf8')
    expect(after).not.toBe(before)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // Another process begins with what is in the file.
    expect(await problem({ refreshTokenFile: file })).toBe('answered')
    chmodSync(file, 0o644)
    expect(await problem({ refreshTokenFile: file })).not.toBe('answered')
    expect(await problem({ refreshTokenFile: scene.secret('wrong', 'not-it') })).toBe('credentials')
  })

  it('N1: reports rights over the whole tenant, of scopes beyond, and of having no role at all', async () => {
    const { fake } = scene
    fake.extraScopes.set(fake.powerful.json.id, ['User.ReadWrite.All', 'openid'])
    const checked = await scene.bench.tooPowerful?.checkSelf()
    expect(checked).toEqual({
      kind: 'checked',
      findings: [{ kind: 'excess', right: 'role_over_all', detail: 'Global Administrator' }],
    })
    const anew = scene.secret('powerful', fake.refreshTokenOf(fake.powerful))
    const again = await createEntra(scene.options({ refreshTokenFile: anew })).checkSelf()
    expect(again).toMatchObject({
      findings: [
        { kind: 'excess', right: 'scope', detail: 'User.ReadWrite.All' },
        { kind: 'excess', right: 'role_over_all' },
      ],
    })
    const nobody = fake.store.add('nobody@corp.example', 'x', {})
    const none = scene.secret('nobody', fake.refreshTokenOf(nobody))
    expect(await createEntra(scene.options({ refreshTokenFile: none })).checkSelf()).toMatchObject({
      findings: [{ kind: 'missing', right: 'role', detail: 'Authentication Administrator' }],
    })
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

  it('leaves out what a program did for a person', async () => {
    const account = await scene.bench.newAccount()
    const from = new Date()
    await scene.bench.signsIn(account, account.password)
    const { signIns } = scene.fake.store
    const [made] = signIns.splice(-1)
    if (made === undefined) throw new Error('nobody signed in')
    signIns.push({ ...made, isInteractive: false })
    const reader = scene.bench.log?.directory
    if (reader === undefined) throw new Error('it keeps a log')
    expect(await signInsOf(reader, from, new Date(Date.now() + 10))).toEqual([])
  })

  it('N1: the role that reads it is too much where the log is not read', async () => {
    const own = scene.secret('reader-too-much', scene.fake.refreshTokenOf(scene.fake.reader))
    expect(await createEntra(scene.options({ refreshTokenFile: own })).checkSelf()).toEqual({
      kind: 'checked',
      findings: [{ kind: 'excess', right: 'role_over_all', detail: 'Reports Reader' }],
    })
    expect(await scene.bench.log?.directory.checkSelf()).toEqual({ kind: 'checked', findings: [] })
  })
})

describe('a reset, which is an operation that ends by and by', () => {
  it('is done when the operation is, and has the person change what was set', async () => {
    const account = await scene.bench.newAccount()
    scene.fake.store.knobs.looks = 2
    const write = await writeOf(scene.bench, account)
    expect(await scene.bench.directory.setPassword(write, goodPassword(), plain)).toEqual({
      kind: 'accepted',
    })
    const looks = scene.fake.exchanges.filter(({ request }) => request.url.pathname.includes('/operations/'))
    expect(looks).toHaveLength(2)
    expect(await scene.bench.mustChange(account)).toBe(true)
  })

  it('N4: that fails says why: the password was refused, or nothing was written', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    expect(await scene.bench.directory.setPassword(write, 'Banned-Harbour-1', plain)).toEqual({
      kind: 'password_refused',
      rule: 'policy',
    })
    scene.fake.store.knobs.ending = 'failed'
    expect(await scene.bench.directory.setPassword(write, goodPassword(), plain)).toEqual({
      kind: 'not_written',
    })
    expect(await scene.bench.passwordWrites(account)).toBe(0)
    expect((await scene.bench.directory.readBack(write)).kind).toBe('not_done')
  })

  it('R18: that the directory does not show yet is not called undone', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    scene.fake.store.knobs.isBehind = true
    expect(await scene.bench.directory.setPassword(write, goodPassword(), plain)).toEqual({
      kind: 'accepted',
    })
    expect(await scene.bench.directory.find(account.directoryId)).toMatchObject({
      version: write.expectedVersion,
    })
    expect((await scene.bench.directory.readBack(write)).kind).toBe('done')
  })

  it('R4, R18: whose answer is lost says nothing while a copy that is behind may keep it from us', async () => {
    const account = await scene.bench.newAccount()
    const write = await writeOf(scene.bench, account)
    const proxy = await startCuttingProxy(scene.fake.port)
    const through = createEntra(scene.options({ url: scene.fake.url.replace(/\d+$/, String(proxy.port)) }))
    expect(await through.find(account.directoryId)).not.toBeNull()
    scene.fake.store.knobs.isBehind = true
    // The look at the account takes two pieces, and so does the beginning of the next connection.
    let lost: unknown = null
    for (const piece of [3, 4, 5]) {
      if (scene.entryOf(account).writes > 0) break
      proxy.cutAt({ piece, when: 'after' })
      lost = await through.setPassword(write, goodPassword(), plain).catch((error: unknown) => error)
    }
    proxy.cutAt({ piece: 0, when: 'before' })
    expect(lost).toMatchObject({ problem: 'unreachable' })
    expect(scene.entryOf(account).writes).toBe(1)
    await expect(through.readBack(write)).rejects.toMatchObject({ problem: 'unreachable' })
    scene.fake.store.knobs.isBehind = false
    expect((await through.readBack(write)).kind).toBe('done')
    await proxy.close()
  })
})

describeFaults(
  () => ({
    bench: scene.bench,
    port: scene.fake.port,
    at: (port) => createEntra(scene.options({ url: scene.fake.url.replace(/\d+$/, String(port)) })),
  }),
  { resets: 24, pieces: 6, limitMs: 30_000 },
)

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
    await expect.poll(() => scene.fake.exchanges.length, { interval: 0 }).toBe(1)
    scene.fake.store.knobs.throttle = 100
    expect(await answered).toEqual({ kind: 'not_written' })
    scene.fake.store.knobs.throttle = 0
    expect(await scene.bench.passwordWrites(account)).toBe(0)
    expect((await scene.bench.directory.readBack(write)).kind).toBe('not_done')
  })
})

describe('a sync by delta', () => {
  it('reads page by page, guests apart, and reads anew everybody of whom a part arrives', async () => {
    const [account, boss] = [await scene.bench.newAccount(), await scene.bench.newAccount()]
    scene.fake.store.add('guest@corp.example', 'x', { userType: 'Guest', employeeType: 'Employee' })
    scene.fake.store.knobs.pageSize = 3
    scene.entryOf(account).json['manager@delta'] = [
      { '@odata.type': '#microsoft.graph.user', id: boss.directoryId },
    ]
    const whole = await read(null)
    const people = peopleIn(whole)
    expect(new Set(people.map(({ directoryId }) => directoryId)).size).toBe(people.length)
    expect(people.map(({ login }) => login)).not.toContain('guest@corp.example')
    expect(people.find(({ directoryId }) => directoryId === account.directoryId)).toMatchObject({
      managerHandle: boss.directoryId,
      contacts: [{ kind: 'phone', label: 'mobile', value: '+44 7700 900123' }],
    })
    scene.fake.store.knobs.isMinimal = true
    scene.fake.store.touch(scene.entryOf(account), { surname: 'Other' })
    expect(peopleIn(await read(cursorOf(whole)))).toMatchObject([
      { familyName: 'Other', givenName: 'Test', login: account.login, contacts: [{ kind: 'phone' }] },
    ])
  })

  it('begins anew when Graph says that the token is over, and follows no address but Graph’s own', async () => {
    const cursor = cursorOf(await read(null))
    scene.fake.store.knobs.isResync = true
    await expect(read(cursor)).rejects.toMatchObject({ problem: 'cursor_over' })
    const before = scene.fake.exchanges.length
    for (const since of ['', 'yesterday', 'https://localhost:1/v1.0/users/delta'])
      await expect(read(since)).rejects.toMatchObject({ problem: 'cursor_over' })
    expect(scene.fake.exchanges.length).toBe(before)
  })
})

describe('D1: privilege', () => {
  it('is a role of the tenant, a role over a unit, or a group that the operator names', async () => {
    const [role, unit, named, other] = [
      await scene.bench.newAccount(),
      await scene.bench.newAccount(),
      await scene.bench.newAccount(),
      await scene.bench.newAccount(),
    ]
    // Without a right to read roles, a role has a kind and an id, and no name.
    const [roleId, group] = [randomUUID(), randomUUID()]
    scene.entryOf(role).memberOf.push({ '@odata.type': '#microsoft.graph.directoryRole', id: roleId })
    scene.entryOf(unit).scopedRoles.push({ id: 'x', roleId, administrativeUnitId: randomUUID() })
    for (const account of [named, other])
      scene.entryOf(account).memberOf.push({
        '@odata.type': '#microsoft.graph.group',
        id: account === named ? group : randomUUID(),
        displayName: 'Payroll',
      })
    const naming = createEntra(scene.options({ privilegedGroups: [group] }))
    expect(await naming.privilegeOf(role.directoryId)).toEqual({ kind: 'privileged', through: [roleId] })
    expect(await naming.privilegeOf(unit.directoryId)).toEqual({ kind: 'privileged', through: [roleId] })
    expect(await naming.privilegeOf(named.directoryId)).toEqual({ kind: 'privileged', through: ['Payroll'] })
    expect(await naming.privilegeOf(other.directoryId)).toEqual({ kind: 'standard' })
  })
})

describe('B14, B15: sessions and factors', () => {
  it('sessions are over, and factors give way to a pass that is good once', async () => {
    const account = await scene.bench.newAccount()
    const entry = scene.entryOf(account)
    await scene.bench.signsIn(account, account.password)
    expect(await scene.bench.directory.endSessions(account.directoryId)).toBe('done')
    expect(entry.sessions).toBe(0)
    for (const kind of ['phone', 'microsoftAuthenticator', 'softwareOath', 'email'])
      entry.methods.push({ '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`, id: randomUUID() })
    const write = { ...(await writeOf(scene.bench, account)), effect: 'reset_mfa' as const }
    expect((await scene.bench.directory.readBack(write)).kind).toBe('not_done')
    const answer = await scene.bench.directory.resetMfa(write)
    expect(answer).toMatchObject({ kind: 'accepted', removed: 3 })
    const enrolment = answer.kind === 'accepted' ? answer.enrolment : null
    expect(enrolment?.code).toMatch(/^\+/)
    expect(Date.parse(enrolment?.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(60 * 60_000)
    expect(entry.methods.map((method) => method['@odata.type'].slice(17))).toEqual([
      'passwordAuthenticationMethod',
      'emailAuthenticationMethod',
      'temporaryAccessPassAuthenticationMethod',
    ])
    expect((await scene.bench.directory.readBack(write)).kind).toBe('done')
    expect(await scene.bench.passwordWrites(account)).toBe(0)
  })
})
