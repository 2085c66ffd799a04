/** A real Samba domain controller under the contract's suite; the version of the account's key is the oracle of writes. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Attribute, Change, Client, EqualityFilter, type Entry } from 'ldapts'
import { startSamba, type Samba } from '#dev/stack/directories/samba.ts'
import { createActiveDirectory } from '../ldap/ad-adapter.ts'
import { activeDirectoryOptions } from '../ldap/ad-options.ts'
import { guidBytes, guidText } from '../ldap/ad-values.ts'
import type { BenchAccount, DirectoryBench } from './bench.ts'

/** A domain, and the adapter on it. */
export type SambaScene = {
  readonly samba: Samba
  readonly bench: DirectoryBench
  /** The administrator's connection. */
  readonly admin: Client
  /** The options in the operator's file; parts may be changed. */
  options(change?: Readonly<Record<string, unknown>>): ReturnType<typeof activeDirectoryOptions.parse>
  /** The least that writing a password is, by our service account: connect, bind, one modify, unbind. */
  setBare(account: BenchAccount, password: string): Promise<void>
  close(): Promise<void>
}

const first = 'First-Harbour-1-first'
/** Ordinary account, and the bit that disables it. */
const [ordinary, off] = ['512', '514']

/** Provisions a domain; five seconds on an idle machine. */
export const openSambaScene = async (): Promise<SambaScene> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-samba-'))
  const samba = await startSamba(join(folder, 'dc'))
  for (const name of ['service', 'admin'] as const)
    writeFileSync(join(folder, name), `${samba.passwords[name]}\n`, { mode: 0o600 })
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    activeDirectoryOptions.parse({
      kind: 'active_directory',
      tenant: 'corp',
      name: 'corp',
      url: samba.url,
      caFile: samba.caFile,
      bindDn: samba.serviceName,
      passwordFile: join(folder, 'service'),
      base: `OU=People,${samba.suffix}`,
      ...change,
    })
  const admin = await clientOf(samba, samba.adminName, samba.passwords.admin)
  const tooPowerful = createActiveDirectory(
    options({ bindDn: samba.adminName, passwordFile: join(folder, 'admin') }),
  )
  return {
    samba,
    admin,
    options,
    setBare: async ({ login }, password) => {
      const client = await clientOf(samba, samba.serviceName, samba.passwords.service)
      await client.modify(`CN=${login},OU=People,${samba.suffix}`, passwordOf(password))
      await client.unbind()
    },
    bench: { ...benchOf(samba, admin), directory: createActiveDirectory(options()), tooPowerful },
    close: async () => {
      await admin.unbind()
      await samba.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const clientOf = async (samba: Samba, name: string, password: string): Promise<Client> => {
  const client = new Client({ url: samba.url, tlsOptions: { ca: [readFileSync(samba.caFile)] } })
  await client.bind(name, password)
  return client
}

/** A change of one attribute. */
export const replaced = (type: string, ...values: string[]): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

const passwordOf = (password: string): Change =>
  new Change({
    operation: 'replace',
    modification: new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] }),
  })

const benchOf = (samba: Samba, admin: Client): Omit<DirectoryBench, 'directory' | 'tooPowerful'> => {
  const atFirst = new Map<string, number>()
  const entryOf = async ({ directoryId }: Pick<BenchAccount, 'directoryId'>): Promise<Entry> => {
    const { searchEntries } = await admin.search(samba.suffix, {
      filter: new EqualityFilter({ attribute: 'objectGUID', value: guidBytes(directoryId) ?? '' }),
      attributes: ['pwdLastSet', 'msDS-KeyVersionNumber'],
    })
    if (searchEntries[0] === undefined) throw new Error('the account of the test is gone')
    return searchEntries[0]
  }
  const dnOf = async (account: BenchAccount): Promise<string> => (await entryOf(account)).dn
  const version = async (account: Pick<BenchAccount, 'directoryId'>): Promise<number> =>
    Number((await entryOf(account))['msDS-KeyVersionNumber'])
  const signsIn = async ({ login }: BenchAccount, password: string): Promise<boolean> => {
    const client = new Client({ url: samba.url, tlsOptions: { ca: [readFileSync(samba.caFile)] } })
    const isTaken = await client.bind(`CORP\\${login}`, password).then(
      () => true,
      // The right password, which has to be changed.
      (error: unknown) => error instanceof Error && error.message.includes('data 773'),
    )
    await client.unbind()
    return isTaken
  }
  return {
    tellsOneWriteFromTwo: true,
    newAccount: async () => {
      const account = await addAccount(samba, admin)
      atFirst.set(account.directoryId, await version(account))
      return account
    },
    signsIn,
    passwordWrites: async (account) => (await version(account)) - (atFirst.get(account.directoryId) ?? 0),
    setElsewhere: async (account, password) => admin.modify(await dnOf(account), passwordOf(password)),
    lockOut: async (account) => {
      for (let tries = 0; tries < 5; tries += 1) await signsIn(account, 'wrong')
    },
    disable: async (account) => admin.modify(await dnOf(account), replaced('userAccountControl', off)),
    mustChange: async (account) => (await entryOf(account))['pwdLastSet'] === '0',
    makePrivileged: async (account) => {
      const inner = `CN=inner-${randomUUID().slice(0, 8)},CN=Users,${samba.suffix}`
      await admin.add(inner, { objectClass: 'group', member: await dnOf(account) })
      const member = new Attribute({ type: 'member', values: [inner] })
      const change = new Change({ operation: 'add', modification: member })
      await admin.modify(`CN=Domain Admins,CN=Users,${samba.suffix}`, change)
    },
    people: {
      rename: async (account, familyName) => {
        const dn = await dnOf(account)
        await admin.modify(dn, replaced('sn', familyName))
        await admin.modifyDN(dn, `CN=${account.login}-renamed`)
      },
      remove: async (account) => admin.del(await dnOf(account)),
      moveAway: async (account) =>
        admin.modifyDN(await dnOf(account), `CN=${account.login},OU=Away,${samba.suffix}`),
    },
  }
}

const addAccount = async (samba: Samba, admin: Client): Promise<BenchAccount> => {
  // A sign-in name has twenty characters at most.
  const login = `test-${randomUUID().slice(0, 13)}`
  const dn = `CN=${login},OU=People,${samba.suffix}`
  await admin.add(dn, [
    ...Object.entries({
      objectClass: 'user',
      sAMAccountName: login,
      givenName: 'Test',
      sn: 'Person',
      displayName: `Test Person ${login}`,
      mail: `${login}@corp.example`,
      userAccountControl: ordinary,
    }).map(([type, value]) => new Attribute({ type, values: [value] })),
    passwordOf(first).modification,
  ])
  const { searchEntries } = await admin.search(dn, {
    scope: 'base',
    attributes: ['objectGUID'],
    explicitBufferAttributes: ['objectGUID'],
  })
  const guid = searchEntries[0]?.['objectGUID']
  if (!Buffer.isBuffer(guid)) throw new Error('the account of the test has no id')
  return { directoryId: guidText(guid), login, password: first }
}
