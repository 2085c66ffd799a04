/** `npm run demo:keycloak`: a real Keycloak under the demo, with people of `lab`, two of them locked out and one an administrator. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoPassword } from '#platform/server/db/seeds/demo.ts'
import { cacheFolder } from '../data-folder.ts'
import type { DemoDirectory, DemoDirectoryOptions } from '../demo-directory.ts'
import { movedTenant, openDemoRows, type MovedPerson } from '../demo-people.ts'
import { installPrograms, keycloakPrograms } from './install.ts'
import { askByForm, type KeycloakAdmin } from './keycloak-admin.ts'
import { realmNames } from './keycloak-realm.ts'
import { startKeycloak, type Keycloak } from './keycloak.ts'

const name = 'keycloak'
/** Wrong passwords that lock an account (keycloak-realm.ts). */
const triesToLock = 5

/** Starts Keycloak, fills the realm once, and writes the operator's file. */
export const start = async ({
  dataFolder,
  databaseUrl,
  notify,
}: DemoDirectoryOptions): Promise<DemoDirectory> => {
  installPrograms(keycloakPrograms, notify)
  const folder = join(dataFolder, 'directory-keycloak')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  notify('Starting Keycloak; the first time it is fetched and made ready, which takes a minute …')
  const keycloak = await startKeycloak({ folder, cache: cacheFolder(dataFolder), isKept: true })
  try {
    const seeded = await seedOnce(folder, keycloak, databaseUrl)
    return {
      directoryEnv: { DIRECTORIES: writeFile(folder, keycloak) },
      lines: linesOf(keycloak, seeded),
      stop: () => keycloak.stop(),
    }
  } catch (error) {
    await keycloak.stop()
    throw error
  }
}

const writeFile = (folder: string, { url, caFile, serviceSecret }: Keycloak): string => {
  const clientSecretFile = join(folder, 'service-secret')
  writeFileSync(clientSecretFile, `${serviceSecret}\n`, { mode: 0o600 })
  chmodSync(clientSecretFile, 0o600)
  const path = join(folder, 'directories.json')
  const directory = {
    ...{ kind: 'keycloak', tenant: movedTenant, name, url, caFile, realm: realmNames.realm },
    ...{ clientId: realmNames.serviceClient, clientSecretFile, lockGroup: realmNames.lockGroup },
  }
  writeFileSync(path, JSON.stringify({ directories: [directory] }, null, 2))
  return path
}

type Seeded = { readonly locked: readonly string[]; readonly admin: string; readonly ordinary: string }

/** Whoever is there after an earlier start is as they were left. */
const seedOnce = async (folder: string, keycloak: Keycloak, databaseUrl: string): Promise<Seeded> => {
  const rows = await openDemoRows(databaseUrl)
  const note = join(folder, 'people-moved')
  try {
    if (!existsSync(note)) {
      const people = await rows.people()
      const [first, second, admin, ordinary] = people
      if (first === undefined || second === undefined || admin === undefined || ordinary === undefined)
        throw new Error('The demo organisation has too few people: npm run db:reset makes it anew.')
      await fill(keycloak.admin, people)
      const ids = await idsOf(keycloak.admin)
      await makeAdministrator(keycloak.admin, ids.get(admin.login) ?? '')
      await rows.move(name, ids)
      for (const { login } of [first, second]) await lockOut(keycloak, login)
      const seeded = { locked: [first.login, second.login], admin: admin.login, ordinary: ordinary.login }
      writeFileSync(note, JSON.stringify(seeded))
    }
    return JSON.parse(readFileSync(note, 'utf8')) as Seeded
  } finally {
    await rows.close()
  }
}

/** As Keycloak imports somebody. */
const representationOf = (person: MovedPerson): object => {
  const attributes = {
    title: person.title,
    department: person.department,
    office: person.office,
    country: person.country,
    locale: person.language,
  }
  return {
    username: person.login,
    enabled: true,
    firstName: person.givenName,
    lastName: person.familyName,
    email: person.workEmail,
    emailVerified: true,
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([key, value]) => (value ? [[key, [value]]] : [])),
    ),
    credentials: [{ type: 'password', value: demoPassword, temporary: false }],
  }
}

/** A start that was cut short left some of them there. */
const fill = (admin: KeycloakAdmin, people: readonly MovedPerson[]): Promise<unknown> =>
  admin.must('POST', '/partialImport', { ifResourceExists: 'SKIP', users: people.map(representationOf) })

type Named = { readonly id: string; readonly name: string }

const idsOf = async (admin: KeycloakAdmin): Promise<ReadonlyMap<string, string>> => {
  const found = await admin.must<readonly { id: string; username: string }[]>('GET', '/users?max=10000')
  return new Map(found.map(({ id, username }) => [username, id]))
}

/** By a group within a group that has a right of the realm's administration: nothing on the person's own page says so. */
const makeAdministrator = async (admin: KeycloakAdmin, id: string): Promise<void> => {
  const outer = await groupOf(admin, '/operations', (group) => admin.must('POST', '/groups', group))
  const path = `/groups/${outer.id}/children`
  const inner = await groupOf(admin, '/operations/server-room', (group) => admin.must('POST', path, group))
  const [management] = await admin.must<readonly Named[]>('GET', '/clients?clientId=realm-management')
  const roles = await admin.must<readonly Named[]>('GET', `/clients/${management?.id ?? ''}/roles`)
  const right = roles.filter((role) => role.name === 'view-events')
  await admin.must('POST', `/groups/${outer.id}/role-mappings/clients/${management?.id ?? ''}`, right)
  await admin.must('PUT', `/users/${id}/groups/${inner.id}`)
}

const groupOf = async (
  admin: KeycloakAdmin,
  path: string,
  make: (group: { readonly name: string }) => Promise<unknown>,
): Promise<Named> => {
  const { status } = await admin.ask('GET', `/group-by-path${path}`)
  if (status === 404) await make({ name: path.split('/').at(-1) ?? '' })
  return admin.must<Named>('GET', `/group-by-path${path}`)
}

const tokenAddress = ({ url }: Keycloak): string =>
  `${url}/realms/${realmNames.realm}/protocol/openid-connect/token`

const lockOut = async (keycloak: Keycloak, username: string): Promise<void> => {
  const form = { grant_type: 'password', client_id: realmNames.signInClient, username, password: 'wrong' }
  for (let tries = 0; tries < triesToLock; tries += 1)
    await askByForm(keycloak.caFile, tokenAddress(keycloak), form)
}

const linesOf = (keycloak: Keycloak, { locked, admin, ordinary }: Seeded): string[] => [
  `Keycloak at ${keycloak.url} (realm ${realmNames.realm}): people of ${movedTenant} have their accounts there`,
  `  locked out ${locked.join(', ')} · administrator by a group within a group ${admin} · neither ${ordinary}`,
  `  look from outside: curl --cacert ${keycloak.caFile} ${tokenAddress(keycloak)} -d grant_type=password ` +
    `-d client_id=${realmNames.signInClient} -d username=${ordinary} -d 'password=${demoPassword}'`,
]
