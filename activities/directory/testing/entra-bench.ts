/** Runs the contract's suite on the fake of Entra. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEntra } from '../entra/adapter.ts'
import { entraOptions } from '../entra/options.ts'
import type { BenchAccount, DirectoryBench } from './bench.ts'
import { startEntraFake, type EntraFake } from './entra-fake.ts'
import { signInAddress, type EntraEntry } from './entra-store.ts'

/** A tenant, and the adapter on it. */
export type EntraScene = {
  readonly fake: EntraFake
  readonly bench: DirectoryBench
  /** The options in the operator's file; parts may be changed. */
  options(change?: Readonly<Record<string, unknown>>): ReturnType<typeof entraOptions.parse>
  /** A private file of this test. */
  secret(name: string, value: string): string
  entryOf(account: Pick<BenchAccount, 'directoryId'>): EntraEntry
  close(): Promise<void>
}

const first = 'First-Harbour-1-first'
const person = { attribute: 'employeeType', value: 'Employee' } as const

/** Starts a tenant. */
export const openEntraScene = async (): Promise<EntraScene> => {
  const fake = await startEntraFake()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-entra-'))
  const secret = (name: string, value: string): string => {
    const file = join(folder, name)
    writeFileSync(file, `${value}\n`, { mode: 0o600 })
    return file
  }
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    entraOptions.parse({
      kind: 'entra',
      tenant: 'corp',
      name: 'corp',
      url: fake.url,
      signInUrl: fake.url,
      caFile: fake.caFile,
      organisation: fake.organisation,
      clientId: fake.clientId,
      refreshTokenFile: secret('refresh', fake.refreshTokenOf(fake.own)),
      people: person,
      ...change,
    })
  const entryOf: EntraScene['entryOf'] = ({ directoryId }) => {
    const entry = fake.store.accounts.get(directoryId)
    if (entry === undefined) throw new Error('the account of the test is gone')
    return entry
  }
  const powerful = secret('powerful', fake.refreshTokenOf(fake.powerful))
  const reader = secret('reader', fake.refreshTokenOf(fake.reader))
  return {
    fake,
    options,
    secret,
    entryOf,
    bench: {
      ...benchOf(fake, entryOf),
      directory: createEntra(options()),
      tooPowerful: createEntra(options({ refreshTokenFile: powerful })),
      log: {
        directory: createEntra(options({ refreshTokenFile: reader, signInLog: true })),
        withoutRight: createEntra(options({ signInLog: true })),
        address: signInAddress,
      },
    },
    close: async () => {
      await fake.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const benchOf = (
  { store }: EntraFake,
  entryOf: EntraScene['entryOf'],
): Omit<DirectoryBench, 'directory' | 'tooPowerful' | 'log'> => ({
  // A time says that it is another password, and not how many there were.
  tellsOneWriteFromTwo: false,
  tellsLockouts: false,
  namesByIds: true,
  newAccount: () => {
    const login = `test-${randomUUID()}@corp.example`
    const { json } = store.add(login, first, {
      displayName: 'Test Person',
      givenName: 'Test',
      surname: 'Person',
      mail: login,
      mobilePhone: '+44 7700 900123',
      [person.attribute]: person.value,
    })
    return Promise.resolve({ directoryId: json.id, login, password: first })
  },
  signsIn: ({ directoryId }, password) => Promise.resolve(store.signIn(directoryId, password)),
  passwordWrites: (account) => Promise.resolve(entryOf(account).writes),
  setElsewhere: async (account, password) => {
    store.setPassword(entryOf(account), password, false)
    await Promise.resolve()
  },
  lockOut: async ({ directoryId }) => {
    for (let tries = 0; tries < 10; tries += 1) store.signIn(directoryId, 'wrong')
    await Promise.resolve()
  },
  disable: async (account) => {
    store.touch(entryOf(account), { accountEnabled: false })
    await Promise.resolve()
  },
  mustChange: (account) => Promise.resolve(entryOf(account).mustChange),
  // Memberships are given with those of groups within groups.
  makePrivileged: async (account) => {
    entryOf(account).memberOf.push(
      { '@odata.type': '#microsoft.graph.group', id: randomUUID(), displayName: 'Inner' },
      {
        '@odata.type': '#microsoft.graph.group',
        id: randomUUID(),
        displayName: 'Outer',
        isAssignableToRole: true,
      },
    )
    await Promise.resolve()
  },
  people: {
    rename: async (account, surname) => {
      store.touch(entryOf(account), { surname, userPrincipalName: `renamed-${account.login}` })
      await Promise.resolve()
    },
    remove: async (account) => {
      store.remove(entryOf(account))
      await Promise.resolve()
    },
    moveAway: async (account) => {
      store.touch(entryOf(account), { [person.attribute]: 'Contractor' })
      await Promise.resolve()
    },
  },
})
