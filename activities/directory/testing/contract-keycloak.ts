import { randomUUID } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createKeycloak } from '../keycloak/adapter.ts'
import { createKeycloakApi } from '../keycloak/session.ts'
import { signIns } from '../keycloak/sign-ins.ts'
import type { Directory, RightFinding } from '../port.ts'
import { realmNames } from '#dev/stack/directories/keycloak-realm.ts'
import { goodPassword, plain, writeOf } from './bench.ts'
import { partsOf, peopleIn, problemOf } from './asking.ts'
import { describeFaults } from './contract-faults.ts'
import { describeTls } from './contract-tls.ts'
import { addService, tokenOf, type KeycloakScene } from './keycloak-bench.ts'

/**
 * Tests parts of Keycloak that the port does not know: rights, factors, sessions, the list that moves while it is read,
 * cuts.
 */
export const describeKeycloak = (open: () => KeycloakScene): void => {
  const problem = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
    problemOf(createKeycloak(open().options(change)))

  describeTls(() => ({
    open: (change) => createKeycloak(open().options(change)),
    address: 'https://localhost',
    port: open().keycloak.port,
    secret: open().keycloak.serviceSecret,
  }))

  it('R12: whom wrong passwords had locked out signs in as soon as the new password is accepted', async () => {
    const { bench } = open()
    const account = await bench.newAccount()
    await bench.lockOut(account)
    const password = goodPassword()
    const write = await writeOf(bench, account)
    expect(await bench.directory.setPassword(write, password, plain)).toEqual({ kind: 'accepted' })
    expect(await bench.signsIn(account, password)).toBe(true)
  })

  describe('N1: the service account of docs/directories.md', () => {
    it('with another secret, in another realm, or unknown gives another problem than a server that is not there', async () => {
      expect(await problem({ clientSecretFile: open().secret('wrong', 'not-it') })).toBe('credentials')
      expect(await problem({ clientId: 'nobody' })).toBe('credentials')
      expect(await problem({ realm: 'elsewhere' })).toBe('answer')
    })

    it('D1, D2: that may not see who administers knows nobody as ordinary, and names what it lacks', async () => {
      const { bench, keycloak, options, secret } = open()
      await addService(keycloak.admin, 'blind', 'Blind-secret-1', ['manage-users'])
      const blind = createKeycloak(
        options({ clientId: 'blind', clientSecretFile: secret('blind', 'Blind-secret-1') }),
      )
      const account = await bench.newAccount()
      expect(await blind.privilegeOf(account.directoryId)).toEqual({ kind: 'unknown' })
      expect(await blind.checkSelf()).toEqual({
        kind: 'checked',
        findings: [{ kind: 'missing', right: 'view', detail: 'realm-management' }],
      })
    })

    it('that only reads writes nothing, and names what it lacks', async () => {
      const { bench, keycloak, options, secret } = open()
      await addService(keycloak.admin, 'reader', 'Reader-secret-1', ['view-users', 'view-clients'])
      const reader = createKeycloak(
        options({ clientId: 'reader', clientSecretFile: secret('reader', 'Reader-secret-1') }),
      )
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      await expect(reader.setPassword(write, goodPassword(), plain)).rejects.toMatchObject({
        problem: 'rights',
      })
      expect(await bench.passwordWrites(account)).toBe(0)
      const checked = await reader.checkSelf()
      expect(checked).toMatchObject({
        findings: expect.arrayContaining([
          { kind: 'missing', right: 'role', detail: 'manage-users' },
          { kind: 'excess', right: 'role', detail: 'view-clients' },
        ]) as unknown,
      })
    })

    it('that reads the log may see events, and the realm has to keep them', async () => {
      const { bench, keycloak } = open()
      const found = async (directory: Directory | undefined): Promise<readonly RightFinding[]> => {
        const checked = await directory?.checkSelf()
        return checked?.kind === 'checked' ? checked.findings : []
      }
      expect(await found(bench.log?.withoutRight)).toEqual([
        { kind: 'missing', right: 'role', detail: 'view-events' },
      ])
      const own = await found(bench.log?.directory)
      expect(own.map(({ kind, detail }) => `${kind} ${detail ?? ''}`).sort()).toEqual([
        'excess query-clients',
        'excess view-clients',
      ])
      const foundUnder = async (settings: object): Promise<unknown> => {
        const { realm } = realmNames
        await keycloak.admin.must('PUT', '', { realm, ...settings })
        try {
          return (await found(bench.log?.directory)).filter(({ kind }) => kind === 'missing')
        } finally {
          await keycloak.admin.must('PUT', '', { realm, eventsEnabled: true, enabledEventTypes: [] })
        }
      }
      expect(await foundUnder({ eventsEnabled: false })).toMatchObject([{ detail: 'eventsEnabled' }])
      expect(await foundUnder({ enabledEventTypes: ['LOGOUT'] })).toMatchObject([{ detail: 'LOGIN' }])
    })

    it('reads the log over several pages, each sign-in once', async () => {
      const { bench, options, secret } = open()
      const account = await bench.newAccount()
      const from = new Date()
      for (let n = 0; n < 7; n += 1) expect(await bench.signsIn(account, account.password)).toBe(true)
      const until = new Date(Date.now() + 1)
      const reader = { clientId: 'log-reader', clientSecretFile: secret('paged', 'Reader-of-logs-1') }
      const pages: string[][] = []
      const span = { from, until }
      for await (const page of signIns(createKeycloakApi(options(reader)), span, 4))
        pages.push(page.map(({ directoryId }) => directoryId))
      expect(pages.length).toBeGreaterThan(1)
      expect(pages.flat()).toEqual(Array.from({ length: 7 }, () => account.directoryId))
    })

    it('M5: whose secret everybody can read is not used', async () => {
      const file = open().secret('open', open().keycloak.serviceSecret)
      chmodSync(file, 0o644)
      expect(await problem({ clientSecretFile: file })).not.toBe('answered')
    })
  })

  it('D1: realm roles and groups that the operator names make privileged, groups below them too', async () => {
    const { bench, keycloak, options } = open()
    const [member, other] = [await bench.newAccount(), await bench.newAccount()]
    const name = `payroll-${randomUUID().slice(0, 8)}`
    const { admin } = keycloak
    await admin.must('POST', '/groups', { name })
    const outer = await admin.must<{ id: string }>('GET', `/group-by-path/${name}`)
    const inner = await admin.must<{ id: string }>('POST', `/groups/${outer.id}/children`, { name: 'x' })
    await admin.must('PUT', `/users/${member.directoryId}/groups/${inner.id}`)
    await admin.must('POST', '/roles', { name })
    const role = await admin.must<object>('GET', `/roles/${name}`)
    await admin.must('POST', `/groups/${outer.id}/role-mappings/realm`, [role])
    const naming = createKeycloak(options({ privilegedGroups: [`/${name}`], privilegedRoles: [name] }))
    expect(await naming.privilegeOf(member.directoryId)).toEqual({
      kind: 'privileged',
      through: [name, `/${name}`],
    })
    expect(await naming.privilegeOf(other.directoryId)).toEqual({ kind: 'standard' })
    const longer = createKeycloak(options({ privilegedGroups: [`/${name.slice(0, -1)}`] }))
    expect(await longer.privilegeOf(member.directoryId)).toEqual({ kind: 'standard' })
  })

  it('N1: names a lock group that is not there, and locks nobody', async () => {
    const { bench, options } = open()
    const without = createKeycloak(options({ lockGroup: '/nowhere' }))
    expect(await without.checkSelf()).toEqual({
      kind: 'checked',
      findings: [{ kind: 'missing', right: 'lock_group', detail: '/nowhere' }],
    })
    const account = await bench.newAccount()
    await expect(without.lockAccount(await writeOf(bench, account))).rejects.toMatchObject({
      problem: 'answer',
    })
  })

  it('B14: sessions are over: what was signed in before is renewed no more', async () => {
    const { bench, keycloak } = open()
    const { login, password, directoryId } = await bench.newAccount()
    const token = await tokenOf(keycloak, { grant_type: 'password', username: login, password })
    const renewal = {
      grant_type: 'refresh_token',
      refresh_token: 'refresh_token' in token ? String(token.refresh_token) : '',
    }
    expect(await tokenOf(keycloak, renewal)).toHaveProperty('access_token')
    expect(await bench.directory.endSessions(directoryId)).toBe('done')
    expect(await tokenOf(keycloak, renewal)).not.toHaveProperty('access_token')
  })

  it('B15: factors are taken away and another has to be set up; the password and all else stays as it was', async () => {
    const { bench, keycloak } = open()
    const account = await bench.newAccount()
    const { admin } = keycloak
    const at = `/users/${account.directoryId}`
    const before = await admin.must<Readonly<Record<string, unknown>>>('GET', at)
    await admin.must('PUT', at, {
      ...before,
      credentials: [
        {
          type: 'otp',
          secretData: JSON.stringify({ value: 'JBSWY3DPEHPK3PXP' }),
          credentialData: JSON.stringify({ subType: 'totp', digits: 6, period: 30, algorithm: 'HmacSHA1' }),
        },
      ],
    })
    const types = async () =>
      (await admin.must<readonly { type: string }[]>('GET', `${at}/credentials`)).map(({ type }) => type)
    expect(await types()).toContain('otp')
    // The password alone signs nobody in any more.
    expect(await bench.signsIn(account, account.password)).toBe(false)
    const write = { ...(await writeOf(bench, account)), effect: 'reset_mfa' as const }
    expect(await bench.directory.readBack(write)).toMatchObject({ kind: 'not_done' })
    expect(await bench.directory.resetMfa(write)).toEqual({
      kind: 'accepted',
      removed: 1,
      enrolment: null,
    })
    expect(await types()).toEqual(['password'])
    expect(await bench.directory.readBack(write)).toMatchObject({ kind: 'done' })
    const after = await admin.must<Readonly<Record<string, unknown>>>('GET', at)
    expect(after).toEqual({ ...before, requiredActions: ['CONFIGURE_TOTP'] })
    expect(await bench.passwordWrites(account)).toBe(0)
  })

  describe('a sync', () => {
    const most = 620

    it('reads over several pages everybody once, and afterwards what changed alone', async () => {
      const { keycloak, options } = open()
      const { admin } = keycloak
      const users = Array.from({ length: most }, (_, index) => ({
        username: `crowd-${String(index).padStart(5, '0')}`,
        enabled: true,
        firstName: `Given${index}`,
        lastName: `Family${index}`,
        attributes: { kind: ['crowd'], mobile: [`+4474001${String(index).padStart(5, '0')}`] },
      }))
      await admin.must('POST', '/partialImport', { ifResourceExists: 'FAIL', users })
      const directory = createKeycloak(options({ people: { attribute: 'kind', value: 'crowd' } }))
      const startedAt = performance.now()
      const whole = await partsOf(directory, null)
      const wholeMs = performance.now() - startedAt
      const end = whole.at(-1)
      expect(end).toMatchObject({ kind: 'end', isWhole: true })
      const people = peopleIn(whole)
      expect(people).toHaveLength(most)
      expect(new Set(people.map(({ directoryId }) => directoryId)).size).toBe(most)
      expect(people.find(({ login }) => login === 'crowd-00610')).toMatchObject({
        givenName: 'Given610',
        contacts: [{ kind: 'phone', label: 'mobile', value: '+447400100610' }],
      })
      const one = people.find(({ login }) => login === 'crowd-00610')?.directoryId ?? ''
      const user = await admin.must<object>('GET', `/users/${one}`)
      await admin.must('PUT', `/users/${one}`, { ...user, lastName: 'Other' })
      const againAt = performance.now()
      const changed = peopleIn(await partsOf(directory, end?.kind === 'end' ? end.cursor : null))
      expect(changed.map(({ familyName }) => familyName)).toEqual(['Other'])
      process.stdout.write(
        `sync of ${most} people of Keycloak: ${Math.round(wholeMs)} ms; of one change: ${Math.round(performance.now() - againAt)} ms\n`,
      )
      // Another cursor than the last one, such as after a restart, gets everybody.
      expect(peopleIn(await partsOf(directory, 'of another process'))).toHaveLength(most)
    }, 60_000)

    it('calls nobody gone when the list moved while it was read', async () => {
      const { keycloak, options } = open()
      const { admin } = keycloak
      const directory = createKeycloak(options({ people: { attribute: 'kind', value: 'crowd' } }))
      const parts = directory.sync({ since: null })
      if (parts === 'not_offered') throw new Error('it syncs')
      const known = await admin.must<readonly { id: string }[]>('GET', '/users?search=crowd-000&max=30')
      const seen = new Set<string>()
      let isFirst = true
      let isWhole = true
      for await (const part of parts) {
        if (part.kind === 'people') for (const { directoryId } of part.people) seen.add(directoryId)
        if (part.kind === 'end') isWhole = part.isWhole
        // Thirty of the first page go, so that as many of the next one move up to a place that is read no more.
        if (isFirst) for (const { id } of known) await admin.must('DELETE', `/users/${id}`)
        isFirst = false
      }
      expect(known).toHaveLength(30)
      expect(seen.size).toBeLessThan(most)
      expect(isWhole).toBe(false)
    }, 60_000)
  })

  it('N8: a server that says nothing keeps a refresh no longer than its deadline', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const directory = createKeycloak(open().options({ url: `https://localhost:${port}` }))
    const startedAt = performance.now()
    await expect(directory.refresh(randomUUID(), AbortSignal.timeout(200))).rejects.toMatchObject({
      problem: 'unreachable',
    })
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    silent.close()
  })

  describeFaults(
    () => ({
      bench: open().bench,
      port: open().keycloak.port,
      at: (port) => createKeycloak(open().options({ url: `https://localhost:${port}` })),
    }),
    { resets: 48, pieces: 12, limitMs: 150_000, slowEvery: 24 },
  )
}
