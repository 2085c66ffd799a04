/** Runs the contract's suite on the fake of Okta. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOkta } from '../okta/adapter.ts'
import { oktaOptions } from '../okta/options.ts'
import type { BenchAccount, DirectoryBench } from './bench.ts'
import { startOktaFake, type OktaFake } from './okta-fake.ts'
import { newId, signInAddress, type OktaAccount } from './okta-store.ts'

/** An organisation, and the adapter on it. */
export type OktaScene = {
  readonly fake: OktaFake
  readonly bench: DirectoryBench
  /** The options in the operator's file; parts may be changed. */
  options(change?: Readonly<Record<string, unknown>>): ReturnType<typeof oktaOptions.parse>
  accountOf(account: BenchAccount): OktaAccount
  close(): Promise<void>
}

const first = 'First-Harbour-1-first'
const person = { attribute: 'userType', value: 'Employee' } as const

/** Starts an organisation. */
export const openOktaScene = async (): Promise<OktaScene> => {
  const fake = await startOktaFake()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-okta-'))
  const key = join(folder, 'key.pem')
  writeFileSync(key, fake.privateKey, { mode: 0o600 })
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    oktaOptions.parse({
      kind: 'okta',
      tenant: 'corp',
      name: 'corp',
      url: fake.url,
      caFile: fake.caFile,
      clientId: fake.clientId,
      privateKeyFile: key,
      people: person,
      ...change,
    })
  const accountOf = ({ directoryId }: Pick<BenchAccount, 'directoryId'>): OktaAccount => {
    const account = fake.store.accounts.get(directoryId)
    if (account === undefined) throw new Error('the account of the test is gone')
    return account
  }
  return {
    fake,
    options,
    accountOf,
    bench: {
      ...benchOf(fake, accountOf),
      directory: createOkta(options()),
      tooPowerful: createOkta(options({ clientId: fake.powerfulId })),
      log: {
        directory: createOkta(options({ clientId: fake.logId, signInLog: true })),
        withoutRight: createOkta(options({ signInLog: true })),
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
  fake: OktaFake,
  accountOf: OktaScene['accountOf'],
): Omit<DirectoryBench, 'directory' | 'tooPowerful' | 'log'> => {
  const { store } = fake
  const profileOf = (login: string): Record<string, unknown> => ({
    firstName: 'Test',
    lastName: 'Person',
    email: `${login}@corp.example`,
    [person.attribute]: person.value,
  })
  const change = (account: BenchAccount, profile: Record<string, unknown>): void => {
    const found = accountOf(account)
    store.touch(found, { profile: { ...found.json.profile, ...profile } })
  }
  return {
    // A time says that it is another password, and not how many there were.
    tellsOneWriteFromTwo: false,
    newAccount: () => {
      const login = `test-${randomUUID()}`
      const { json } = store.add(login, first, profileOf(login))
      return Promise.resolve({ directoryId: json.id, login, password: first })
    },
    signsIn: ({ directoryId }, password) => Promise.resolve(store.signIn(directoryId, password)),
    passwordWrites: (account) => Promise.resolve(accountOf(account).writes),
    setElsewhere: async (account, password) => {
      store.setPassword(accountOf(account), password)
      await Promise.resolve()
    },
    lockOut: async ({ directoryId }) => {
      for (let tries = 0; tries < 5; tries += 1) store.signIn(directoryId, 'wrong')
      await Promise.resolve()
    },
    disable: async (account) => {
      store.touch(accountOf(account), { status: 'SUSPENDED' })
      await Promise.resolve()
    },
    mustChange: (account) => Promise.resolve(accountOf(account).json.status === 'PASSWORD_EXPIRED'),
    // Groups of Okta have no groups in them: a role of a group is the way to be an administrator without a role of one's own.
    makePrivileged: async (account) => {
      const group = newId('00g')
      store.roles.set(group, [{ id: newId('ra1'), type: 'USER_ADMIN', label: 'Group Administrator' }])
      accountOf(account).groups.push(group)
      await Promise.resolve()
    },
    people: {
      rename: async (account, lastName) => {
        change(account, { lastName, login: `${account.login}-renamed` })
        await Promise.resolve()
      },
      // Nobody is deleted who was not deactivated before.
      remove: async (account) => {
        store.touch(accountOf(account), { status: 'DEPROVISIONED' })
        await Promise.resolve()
      },
      moveAway: async (account) => {
        change(account, { [person.attribute]: 'Contractor' })
        await Promise.resolve()
      },
    },
  }
}
