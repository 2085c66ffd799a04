/** `npm run demo:keycloak`: a real Keycloak under the demo, with people of `lab`, two of them locked out and one an administrator. */
import { demoPassword } from '../../seeds/demo.ts'
import { cacheFolder } from '../data-folder.ts'
import type { DemoDirectory, DemoDirectoryOptions } from '../demo/demo-directory.ts'
import type { MovedPerson } from '../demo/demo-people.ts'
import { startDemo } from './demo-server.ts'
import { installPrograms, keycloakPrograms } from './install.ts'
import { askByForm, type KeycloakAdmin } from './keycloak-admin.ts'
import { realmNames } from './keycloak-realm.ts'
import { startKeycloak, type Keycloak } from './keycloak.ts'

/** Starts Keycloak, fills the realm once, and writes the operator's file. */
export const start = (options: DemoDirectoryOptions): Promise<DemoDirectory> =>
  startDemo<Keycloak>(options, {
    short: 'keycloak',
    name: 'keycloak',
    start: (folder) => {
      installPrograms(keycloakPrograms, options.notify)
      options.notify('Starting Keycloak; the first time it is fetched and made ready, which takes a minute …')
      return startKeycloak({ folder, cache: cacheFolder(options.dataFolder), isKept: true })
    },
    fill: async ({ admin: keycloak }, _, { all, admin }) => {
      // A start that was cut short left some of them there.
      const users = all.map(representationOf)
      await keycloak.must('POST', '/partialImport', { ifResourceExists: 'SKIP', users })
      const ids = await idsOf(keycloak)
      await makeAdministrator(keycloak, ids.get(admin.login) ?? '')
      return ids
    },
    tryWrongPassword: ({ url, caFile }, username) =>
      askByForm(caFile, tokenAddress(url), { ...signIn, username, password: 'wrong' }),
    secretOf: ({ serviceSecret }) => serviceSecret,
    entryOf: ({ url, caFile }, clientSecretFile) => ({
      ...{ kind: 'keycloak', url, caFile, realm: realmNames.realm },
      ...{ clientId: realmNames.serviceClient, clientSecretFile, lockGroup: realmNames.lockGroup },
    }),
    linesOf: ({ url, caFile }, username) => [
      `Keycloak at ${url} (realm ${realmNames.realm})`,
      `curl --cacert ${caFile} ${tokenAddress(url)} -d grant_type=${signIn.grant_type} ` +
        `-d client_id=${signIn.client_id} -d username=${username} -d 'password=${demoPassword}'`,
    ],
  })

const signIn = { grant_type: 'password', client_id: realmNames.signInClient }
const tokenAddress = (url: string): string =>
  `${url}/realms/${realmNames.realm}/protocol/openid-connect/token`

/** A person in the form that Keycloak imports. */
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
