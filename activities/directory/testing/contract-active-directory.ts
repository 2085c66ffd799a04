import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActiveDirectory } from '../ldap/ad-adapter.ts'
import { goodPassword, plain, writeOf } from './bench.ts'
import { problemOf } from './asking.ts'
import { describeFaults } from './contract-faults.ts'
import { describeTls } from './contract-tls.ts'
import type { SambaScene } from './samba-bench.ts'

/**
 * Tests parts of Active Directory that the port does not know: rights, privilege by the domain's own groups, cuts, the
 * same password.
 */
export const describeActiveDirectory = (open: () => SambaScene): void => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-ad-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const administrator = async (): Promise<string> => {
    const found = await createActiveDirectory(open().options({ base: open().samba.suffix })).search(
      'Administrator',
      5,
    )
    const person = found === 'not_offered' ? undefined : found.find(({ login }) => login === 'Administrator')
    if (person === undefined) throw new Error('the domain has no administrator')
    return person.directoryId
  }

  describeTls(() => ({
    open: (change) => createActiveDirectory(open().options(change)),
    address: 'ldaps://localhost',
    port: open().samba.port,
    secret: open().samba.passwords.service,
  }))

  describe('N1: the service account of docs/directories.md', () => {
    it('writes nothing outside its unit: neither the administrator’s password nor anybody’s other attributes', async () => {
      const wide = createActiveDirectory(open().options({ base: open().samba.suffix }))
      const id = await administrator()
      const found = await wide.find(id)
      const write = {
        directoryId: id,
        operationId: 'x',
        expectedVersion: found?.version ?? '',
        notAfter: new Date(Date.now() + 60_000).toISOString(),
      }
      await expect(wide.setPassword(write, goodPassword(), plain)).rejects.toMatchObject({
        problem: 'rights',
      })
      expect(await wide.find(id)).toEqual(found)
    })

    it('D1: the administrator is privileged by groups and by adminCount', async () => {
      const wide = createActiveDirectory(open().options({ base: open().samba.suffix }))
      const privilege = await wide.privilegeOf(await administrator())
      expect(privilege).toMatchObject({ kind: 'privileged' })
      expect('through' in privilege ? privilege.through : []).toEqual(
        expect.arrayContaining(['Domain Admins', 'Administrators', 'adminCount']),
      )
    })

    it('with another password gives the problem `credentials`, and one that only reads is missing its rights', async () => {
      const [wrong, reader] = [join(folder, 'wrong'), join(folder, 'reader')]
      writeFileSync(wrong, 'not-the-password', { mode: 0o600 })
      expect(await problemOf(createActiveDirectory(open().options({ passwordFile: wrong })))).toBe(
        'credentials',
      )
      const account = await open().bench.newAccount()
      writeFileSync(reader, account.password, { mode: 0o600 })
      const reading = createActiveDirectory(
        open().options({ bindDn: `CORP\\${account.login}`, passwordFile: reader }),
      )
      const checked = await reading.checkSelf()
      expect(
        checked.kind === 'checked' ? checked.findings.map(({ kind, detail }) => `${kind} ${detail}`) : [],
      ).toEqual(expect.arrayContaining(['missing lockoutTime', 'missing pwdLastSet']))
    })
  })

  it('D1: groups that the operator names make privileged too, and one that is not there leaves it unknown', async () => {
    const { admin, bench, options, samba } = open()
    const [member, other] = [await bench.newAccount(), await bench.newAccount()]
    const group = `CN=payroll-${member.login},OU=People,${samba.suffix}`
    await admin.add(group, { objectClass: 'group', member: `CN=${member.login},OU=People,${samba.suffix}` })
    const naming = (...privilegedGroups: string[]) => createActiveDirectory(options({ privilegedGroups }))
    expect(await naming(group).privilegeOf(member.directoryId)).toEqual({
      kind: 'privileged',
      through: [group],
    })
    expect(await naming(group).privilegeOf(other.directoryId)).toEqual({ kind: 'standard' })
    const gone = await naming(`CN=gone,${samba.suffix}`)
      .privilegeOf(other.directoryId)
      .catch(() => ({ kind: 'thrown' }))
    expect(gone.kind).not.toBe('standard')
  })

  it('N1: names one attribute more than it needs', async () => {
    const { samba, bench, options } = open()
    const account = await bench.newAccount()
    const more = join(folder, 'more')
    writeFileSync(more, account.password, { mode: 0o600 })
    const tool = (...args: string[]): string =>
      execFileSync('samba-tool', [...args, '-s', samba.configuration], { encoding: 'utf8' })
    const [, sid] =
      /^objectSid: (.+)$/m.exec(tool('user', 'show', account.login, '--attributes=objectSid')) ?? []
    // Write to `description` of people.
    const right = `(OA;CIIO;RPWP;bf967950-0de6-11d0-a285-00aa003049e2;bf967aba-0de6-11d0-a285-00aa003049e2;${sid})`
    tool('dsacl', 'set', `--objectdn=OU=People,${samba.suffix}`, `--sddl=${right}`)
    const checked = await createActiveDirectory(
      options({ bindDn: `CORP\\${account.login}`, passwordFile: more }),
    ).checkSelf()
    expect(checked).toMatchObject({
      findings: expect.arrayContaining([
        { kind: 'excess', right: 'write', detail: 'description' },
      ]) as unknown,
    })
  })

  describe('the same password again', () => {
    it('N7: is accepted by the directory as a second write, so nothing but the intent keeps it from happening', async () => {
      const { bench } = open()
      const account = await bench.newAccount()
      const password = goodPassword()
      for (const writes of [1, 2]) {
        expect(await bench.directory.setPassword(await writeOf(bench, account), password, plain)).toEqual({
          kind: 'accepted',
        })
        expect(await bench.passwordWrites(account)).toBe(writes)
      }
    })
  })

  describe('a sync', () => {
    it('begins anew where the cursor is another controller’s, from the future or no cursor at all', async () => {
      for (const since of ['', 'x', `${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/1`]) {
        const parts = open().bench.directory.sync({ since })
        if (parts === 'not_offered') throw new Error('it syncs')
        await expect(parts[Symbol.asyncIterator]().next()).rejects.toMatchObject({ problem: 'cursor_over' })
      }
    })
  })

  describeFaults(
    () => ({
      bench: open().bench,
      port: open().samba.port,
      at: (port) => createActiveDirectory(open().options({ url: `ldaps://localhost:${port}` })),
    }),
    { resets: 60, pieces: 6, limitMs: 150_000 },
  )
}
