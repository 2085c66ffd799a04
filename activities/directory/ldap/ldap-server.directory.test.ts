import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personDn, personEntry } from '#dev/stack/directories/slapd-people.ts'
import { createLdap } from './adapter.ts'
import { goodPassword, plain, writeOf } from '../testing/bench.ts'
import { problemOf } from '../testing/asking.ts'
import { describeFaults } from '../testing/contract-faults.ts'
import { describeTls } from '../testing/contract-tls.ts'
import { openSlapdScene, type SlapdScene } from '../testing/slapd-bench.ts'

const odd = personEntry({ login: 'odd', given: 'Odd', family: '*(Paren)\\Back' }, null)
let scene: SlapdScene
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-ldap-'))
  scene = await openSlapdScene(odd)
})
afterAll(async () => {
  await scene.close()
  rmSync(folder, { recursive: true, force: true })
})

const someId = 'a0000000-0000-4000-8000-000000000000'
const problem = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
  problemOf(createLdap(scene.options(change)))

describeTls(() => ({
  open: (change) => createLdap(scene.options(change)),
  address: 'ldaps://localhost',
  port: scene.slapd.port,
  secret: scene.slapd.passwords.service,
}))

describe('J2: plain LDAP', () => {
  it('and StartTLS cannot even be configured, nor anything else in the address', () => {
    for (const url of ['ldapi://x', 'LDAPS://h', 'ldaps://u:p@h', 'ldaps://h/dc=x'])
      expect(() => scene.options({ url })).toThrow()
  })

  it('of this server is not taken for TLS', async () => {
    const url = `ldaps://localhost:${scene.slapd.plainPort}`
    expect(['unreachable', 'untrusted']).toContain(await problem({ url }))
  })

  it('the server itself takes no password over an open line, so a fallback would show', async () => {
    const plainly = new Client({ url: `ldap://127.0.0.1:${scene.slapd.plainPort}` })
    await expect(plainly.bind(scene.slapd.serviceDn, scene.slapd.passwords.service)).rejects.toMatchObject({
      code: 13,
    })
    await plainly.unbind()
  })
})

describe('our account', () => {
  it('with another password gives the problem `credentials`', async () => {
    const wrong = join(folder, 'wrong')
    writeFileSync(wrong, 'not-the-password', { mode: 0o600 })
    expect(await problem({ passwordFile: wrong })).toBe('credentials')
  })

  it('N1: without the right to write passwords writes none, and says so', async () => {
    const { bench } = scene
    const [account, weak] = [await bench.newAccount(), await bench.newAccount()]
    const password = join(folder, 'weak')
    writeFileSync(password, weak.password, { mode: 0o600 })
    const found = await scene.admin.search(scene.slapd.suffix, { filter: `(uid=${weak.login})` })
    const weakly = createLdap(
      scene.options({ bindDn: String(found.searchEntries[0]?.dn), passwordFile: password }),
    )
    const write = await writeOf(bench, account)
    await expect(weakly.setPassword(write, goodPassword(), plain)).rejects.toMatchObject({
      problem: 'rights',
    })
    expect(await bench.passwordWrites(account)).toBe(0)
    const checked = await weakly.checkSelf()
    expect(checked).toMatchObject({
      findings: expect.arrayContaining([
        { kind: 'missing', right: 'write', detail: 'userPassword' },
      ]) as unknown,
    })
  })

  it('N1: a look at its rights changes nothing', async () => {
    const csnOf = async () => {
      const { searchEntries } = await scene.admin.search(`ou=people,${scene.slapd.suffix}`, {
        attributes: ['entryCSN'],
      })
      return searchEntries.map((entry) => `${entry.dn} ${String(entry['entryCSN'])}`).sort()
    }
    const before = await csnOf()
    await scene.bench.tooPowerful?.checkSelf()
    await scene.bench.directory.checkSelf()
    expect(before.length).toBeGreaterThan(1)
    expect(await csnOf()).toEqual(before)
  })
})

describe('K2: names with letters that mean something to a directory', () => {
  it.each(['*(Paren', '\\Back', 'ren)\\B'])('%s finds exactly its owner', async (text) => {
    const found = await scene.bench.directory.search(text, 20)
    expect(found === 'not_offered' ? [] : found.map(({ login }) => login)).toEqual(['odd'])
  })

  it('a service that is asked for a person of a name like a filter answers with none', async () => {
    const dn = personDn('odd')
    expect(dn).toContain('uid=odd')
    expect(await scene.bench.directory.find(`${someId})(uid=*`)).toBeNull()
  })
})

describe('the same password again', () => {
  it('is refused by this directory and written no second time', async () => {
    const { bench } = scene
    const account = await bench.newAccount()
    const password = goodPassword()
    await bench.directory.setPassword(await writeOf(bench, account), password, plain)
    const again = await bench.directory.setPassword(await writeOf(bench, account), password, plain)
    expect(again).toEqual({ kind: 'password_refused', rule: 'policy' })
    expect(await bench.passwordWrites(account)).toBe(1)
  })
})

describe('N8: a server that says nothing', () => {
  it('keeps a refresh no longer than its deadline', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const directory = createLdap(scene.options({ url: `ldaps://localhost:${port}` }))
    const startedAt = performance.now()
    await expect(directory.refresh(someId, AbortSignal.timeout(200))).rejects.toMatchObject({
      problem: 'unreachable',
    })
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    silent.close()
  })
})

describeFaults(
  () => ({
    bench: scene.bench,
    port: scene.slapd.port,
    at: (port) => createLdap(scene.options({ url: `ldaps://localhost:${port}` })),
  }),
  { resets: 60, pieces: 6, limitMs: 150_000 },
)

it('M5: a password file that everybody can read is not read', async () => {
  const open = join(folder, 'open')
  writeFileSync(open, readFileSync(scene.options().passwordFile), { mode: 0o644 })
  expect(await problem({ passwordFile: open })).not.toBe('answered')
})
