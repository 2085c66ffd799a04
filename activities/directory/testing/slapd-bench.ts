/** A real slapd under the contract's suite: its administrator's hands, and its own log of writes as the oracle. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AndFilter, Attribute, BerWriter, Change, Client, EqualityFilter, type Entry } from 'ldapts'
import { startSlapd, type Slapd } from '#dev/stack/directories/slapd.ts'
import { personDn, personEntry, treeLdif } from '#dev/stack/directories/slapd-people.ts'
import { createLdap } from '../ldap/adapter.ts'
import { ldapOptions } from '../ldap/options.ts'
import type { BenchAccount, DirectoryBench } from './bench.ts'

/** A slapd with a service account's password file. */
export type SlapdScene = {
  readonly slapd: Slapd
  readonly bench: DirectoryBench
  /** The options in the operator's file; parts may be changed. */
  options(change?: Readonly<Record<string, unknown>>): ReturnType<typeof ldapOptions.parse>
  /** The administrator's connection. */
  readonly admin: Client
  close(): Promise<void>
}

const seeded = 'First-Harbour-1-first'
const disabled = { attribute: 'employeeType', value: 'disabled' }

/** As slappasswd makes it: the log and the history keep what is loaded. */
export const passwordHash = (password: string): string =>
  execFileSync('/usr/sbin/slappasswd', ['-n', '-s', password]).toString('utf8')

/** Starts slapd with the tree and, beside it, the entries of an LDIF text. */
export const openSlapdScene = async (ldif = ''): Promise<SlapdScene> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-slapd-'))
  const slapd = await startSlapd(
    folder,
    treeLdif(passwordHash('Svc-Passw0rd-demo-1')) + privilegedGroup + ldif,
  )
  for (const name of ['service', 'admin'] as const)
    writeFileSync(join(folder, name), `${slapd.passwords[name]}\n`, { mode: 0o600 })
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    ldapOptions.parse({
      kind: 'ldap',
      tenant: 'corp',
      name: 'corp',
      url: slapd.url,
      caFile: slapd.caFile,
      bindDn: slapd.serviceDn,
      passwordFile: join(folder, 'service'),
      base: `ou=people,${slapd.suffix}`,
      disabled,
      groupBase: `ou=groups,${slapd.suffix}`,
      privilegedGroups: [`cn=admins,ou=groups,${slapd.suffix}`],
      ...change,
    })
  const admin = await clientOf(slapd, slapd.adminDn, slapd.passwords.admin)
  const log = await clientOf(slapd, slapd.logSuffix, slapd.passwords.admin)
  const tooPowerful = createLdap(options({ bindDn: slapd.adminDn, passwordFile: join(folder, 'admin') }))
  return {
    slapd,
    options,
    admin,
    bench: { ...benchOf(slapd, admin, log), directory: createLdap(options()), tooPowerful },
    close: async () => {
      await Promise.all([admin.unbind(), log.unbind()])
      await slapd.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const privilegedGroup = [
  'dn: cn=admins,ou=groups,dc=corp,dc=example',
  'objectClass: groupOfNames',
  'cn: admins',
  'member: cn=nobody,dc=corp,dc=example',
  '',
  '',
].join('\n')

const clientOf = async (slapd: Slapd, dn: string, password: string): Promise<Client> => {
  const client = new Client({ url: slapd.url, tlsOptions: { ca: [readFileSync(slapd.caFile)] } })
  await client.bind(dn, password)
  return client
}

const replace = (type: string, ...values: string[]): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

const benchOf = (
  slapd: Slapd,
  admin: Client,
  log: Client,
): Omit<DirectoryBench, 'directory' | 'tooPowerful'> => {
  const entryOf = async ({ directoryId }: BenchAccount): Promise<Entry> => {
    const { searchEntries } = await admin.search(slapd.suffix, {
      filter: new EqualityFilter({ attribute: 'entryUUID', value: directoryId }),
      attributes: ['pwdReset', 'entryUUID'],
    })
    if (searchEntries[0] === undefined) throw new Error('the account of the test is gone')
    return searchEntries[0]
  }
  const dnOf = async (account: BenchAccount): Promise<string> => (await entryOf(account)).dn
  const signsIn = async (account: BenchAccount, password: string): Promise<boolean> => {
    const client = new Client({ url: slapd.url, tlsOptions: { ca: [readFileSync(slapd.caFile)] } })
    const dn = await dnOf(account)
    const isTaken = await client.bind(dn, password).then(
      () => true,
      () => false,
    )
    await client.unbind()
    return isTaken
  }
  return {
    tellsOneWriteFromTwo: false,
    newAccount: () => addAccount(admin),
    signsIn,
    passwordWrites: async (account) => countWrites(log, await dnOf(account)),
    setElsewhere: async (account, password) => {
      const request = new BerWriter()
      request.startSequence()
      request.writeString(await dnOf(account), 0x80)
      request.writeString(password, 0x82)
      request.endSequence()
      await admin.exop('1.3.6.1.4.1.4203.1.11.1', request.buffer)
    },
    lockOut: async (account) => {
      for (let tries = 0; tries < 5; tries += 1) await signsIn(account, 'wrong')
    },
    disable: async (account) =>
      admin.modify(await dnOf(account), replace(disabled.attribute, disabled.value)),
    mustChange: async (account) => (await entryOf(account))['pwdReset'] === 'TRUE',
    makePrivileged: async (account) => {
      const inner = `cn=inner-${randomUUID()},ou=groups,${slapd.suffix}`
      await admin.add(inner, { objectClass: 'groupOfNames', member: await dnOf(account) })
      const member = new Change({
        operation: 'add',
        modification: new Attribute({ type: 'member', values: [inner] }),
      })
      await admin.modify(`cn=admins,ou=groups,${slapd.suffix}`, member)
    },
    people: {
      rename: async (account, familyName) => {
        const dn = await dnOf(account)
        await admin.modify(dn, replace('sn', familyName))
        await admin.modifyDN(dn, `uid=${account.login}-renamed`)
      },
      remove: async (account) => admin.del(await dnOf(account)),
      moveAway: async (account) =>
        admin.modifyDN(await dnOf(account), `uid=${account.login},ou=groups,${slapd.suffix}`),
    },
  }
}

const hash = { of: '' }

const addAccount = async (admin: Client): Promise<BenchAccount> => {
  if (hash.of === '') hash.of = passwordHash(seeded)
  const login = `test-${randomUUID()}`
  const [, ...lines] = personEntry({ login, given: 'Test', family: 'Person' }, hash.of).trim().split('\n')
  const entries = lines.map((line) => line.split(': ') as [string, string])
  await admin.add(personDn(login), Object.fromEntries(entries))
  const { searchEntries } = await admin.search(personDn(login), { scope: 'base', attributes: ['entryUUID'] })
  return { directoryId: String(searchEntries[0]?.['entryUUID']), login, password: seeded }
}

/** Accepted writes of the password that the log has of an entry. */
const countWrites = async (log: Client, dn: string): Promise<number> => {
  const { searchEntries } = await log.search('cn=log', {
    filter: new AndFilter({
      filters: [
        new EqualityFilter({ attribute: 'objectClass', value: 'auditModify' }),
        new EqualityFilter({ attribute: 'reqDN', value: dn }),
        new EqualityFilter({ attribute: 'reqResult', value: '0' }),
      ],
    }),
    attributes: ['reqMod'],
  })
  return searchEntries.filter((entry) =>
    [entry['reqMod']].flat().some((mod) => /^userPassword:/.test(String(mod))),
  ).length
}
