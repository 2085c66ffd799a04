/** A real Keycloak under the contract's suite; its own log of what administrators did is the oracle of writes. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { askByForm, type KeycloakAdmin } from '#dev/stack/directories/keycloak-admin.ts'
import { realmNames } from '#dev/stack/directories/keycloak-realm.ts'
import { startKeycloak, type Keycloak } from '#dev/stack/directories/keycloak.ts'
import { createKeycloak } from '../keycloak/adapter.ts'
import { keycloakOptions } from '../keycloak/options.ts'
import type { BenchAccount, DirectoryBench } from './bench.ts'

/** A realm, and the adapter on it. */
export type KeycloakScene = {
  readonly keycloak: Keycloak
  readonly bench: DirectoryBench
  /** The options in the operator's file; parts may be changed. */
  options(change?: Readonly<Record<string, unknown>>): ReturnType<typeof keycloakOptions.parse>
  /** A private file of this test. */
  secret(name: string, value: string): string
  close(): Promise<void>
}

const first = 'First-Harbour-1-first'
const person = { attribute: 'kind', value: 'person' } as const
const powerful = { clientId: 'too-powerful', secret: 'Another-secret-1' } as const

/** Starts a Keycloak with an empty realm. */
export const openKeycloakScene = async (): Promise<KeycloakScene> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-keycloak-'))
  const cache = cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA']))
  const keycloak = await startKeycloak({ folder, cache, isKept: false })
  const secret = (name: string, value: string): string => {
    const file = join(folder, name)
    writeFileSync(file, `${value}\n`, { mode: 0o600 })
    return file
  }
  const options = (change: Readonly<Record<string, unknown>> = {}) =>
    keycloakOptions.parse({
      kind: 'keycloak',
      tenant: 'corp',
      name: 'corp',
      url: keycloak.url,
      caFile: keycloak.caFile,
      realm: realmNames.realm,
      clientId: realmNames.serviceClient,
      clientSecretFile: secret('service', keycloak.serviceSecret),
      people: person,
      lockGroup: realmNames.lockGroup,
      ...change,
    })
  await addService(keycloak.admin, powerful.clientId, powerful.secret, ['realm-admin'])
  const tooPowerful = createKeycloak(
    options({ clientId: powerful.clientId, clientSecretFile: secret('powerful', powerful.secret) }),
  )
  // The role to see clients stands for the permission to see the one client, which the realm gives to our own account.
  const reader = { clientId: 'log-reader', secret: 'Reader-of-logs-1' } as const
  const roles = ['manage-users', 'view-clients', 'view-events']
  await addService(keycloak.admin, reader.clientId, reader.secret, roles)
  const log = createKeycloak(
    options({
      clientId: reader.clientId,
      clientSecretFile: secret('log', reader.secret),
      signInLog: true,
    }),
  )
  return {
    keycloak,
    options,
    secret,
    bench: {
      ...benchOf(keycloak),
      directory: createKeycloak(options()),
      tooPowerful,
      log: {
        directory: log,
        withoutRight: createKeycloak(options({ signInLog: true })),
        address: '127.0.0.1',
      },
    },
    close: async () => {
      await keycloak.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Role = { readonly id: string; readonly name: string }

const idOfClient = async (admin: KeycloakAdmin, clientId: string): Promise<string> => {
  const [client] = await admin.must<readonly { id: string }[]>('GET', `/clients?clientId=${clientId}`)
  return client?.id ?? ''
}

/** Another service account, with roles of the realm's administration. */
export const addService = async (
  admin: KeycloakAdmin,
  clientId: string,
  secret: string,
  roles: readonly string[],
): Promise<void> => {
  await admin.must('POST', '/clients', {
    clientId,
    secret,
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
  })
  const account = await admin.must<{ id: string }>(
    'GET',
    `/clients/${await idOfClient(admin, clientId)}/service-account-user`,
  )
  const management = await idOfClient(admin, 'realm-management')
  const all = await admin.must<readonly Role[]>('GET', `/clients/${management}/roles`)
  await admin.must(
    'POST',
    `/users/${account.id}/role-mappings/clients/${management}`,
    all.filter(({ name }) => roles.includes(name)),
  )
}

type Token = { readonly access_token?: string; readonly refresh_token?: string }
type Refusal = { readonly error_description?: string }

/** Signs in by a token request; null: refused. */
export const tokenOf = async (
  { url, caFile }: Keycloak,
  form: Readonly<Record<string, string>>,
): Promise<Token | Refusal> => {
  const address = `${url}/realms/${realmNames.realm}/protocol/openid-connect/token`
  const answer = await askByForm(caFile, address, { client_id: realmNames.signInClient, ...form })
  return answer.json ?? {}
}

const benchOf = (keycloak: Keycloak): Omit<DirectoryBench, 'directory' | 'tooPowerful' | 'log'> => {
  const { admin } = keycloak
  const userOf = ({ directoryId }: BenchAccount) =>
    admin.must<Readonly<Record<string, unknown>>>('GET', `/users/${directoryId}`)
  const change = async (account: BenchAccount, part: object): Promise<void> => {
    await admin.must('PUT', `/users/${account.directoryId}`, { ...(await userOf(account)), ...part })
  }
  const signsIn = async ({ login }: BenchAccount, password: string): Promise<boolean> => {
    const token = await tokenOf(keycloak, { grant_type: 'password', username: login, password })
    // The right password, which has to be changed.
    return 'access_token' in token || JSON.stringify(token).includes('Account is not fully set up')
  }
  return {
    // A password's time says that it is another one, and not how many there were.
    tellsOneWriteFromTwo: false,
    newAccount: () => addAccount(admin),
    signsIn,
    passwordWrites: async ({ directoryId }) => {
      const place = `users/${directoryId}/reset-password`
      const events = await admin.must<readonly unknown[]>(
        'GET',
        `/admin-events?operationTypes=ACTION&resourcePath=${place}`,
      )
      return events.length
    },
    setElsewhere: async ({ directoryId }, value) => {
      await admin.must('PUT', `/users/${directoryId}/reset-password`, {
        type: 'password',
        value,
        temporary: false,
      })
    },
    lockOut: async (account) => {
      for (let tries = 0; tries < 5; tries += 1) await signsIn(account, 'wrong')
    },
    disable: (account) => change(account, { enabled: false }),
    mustChange: async (account) => {
      const { requiredActions } = await userOf(account)
      return Array.isArray(requiredActions) && requiredActions.includes('UPDATE_PASSWORD')
    },
    makePrivileged: (account) => makeAdministrator(admin, account),
    people: {
      rename: (account, lastName) => change(account, { lastName, username: `${account.login}-renamed` }),
      remove: async ({ directoryId }) => {
        await admin.must('DELETE', `/users/${directoryId}`)
      },
      moveAway: (account) => change(account, { attributes: {} }),
    },
  }
}

const addAccount = async (admin: KeycloakAdmin): Promise<BenchAccount> => {
  const login = `test-${randomUUID()}`
  await admin.must('POST', '/users', {
    username: login,
    enabled: true,
    firstName: 'Test',
    lastName: 'Person',
    email: `${login}@corp.example`,
    attributes: { [person.attribute]: [person.value], mobile: ['+447700900123'], title: ['Engineer'] },
    credentials: [{ type: 'password', value: first, temporary: false }],
  })
  const [user] = await admin.must<readonly { id: string }[]>('GET', `/users?username=${login}&exact=true`)
  return { directoryId: user?.id ?? '', login, password: first }
}

/** By a group within a group whose realm role is made up of a right of administration. */
const makeAdministrator = async (admin: KeycloakAdmin, { directoryId }: BenchAccount): Promise<void> => {
  const name = `outer-${randomUUID().slice(0, 8)}`
  const management = await idOfClient(admin, 'realm-management')
  const rights = await admin.must<readonly Role[]>('GET', `/clients/${management}/roles`)
  await admin.must('POST', '/roles', { name })
  const role = await admin.must<Role>('GET', `/roles/${name}`)
  await admin.must(
    'POST',
    `/roles-by-id/${role.id}/composites`,
    rights.filter((right) => right.name === 'view-events'),
  )
  await admin.must('POST', '/groups', { name })
  const outer = await admin.must<Role>('GET', `/group-by-path/${name}`)
  const inner = await admin.must<Role>('POST', `/groups/${outer.id}/children`, { name: 'inner' })
  await admin.must('POST', `/groups/${outer.id}/role-mappings/realm`, [role])
  await admin.must('PUT', `/users/${directoryId}/groups/${inner.id}`)
}
