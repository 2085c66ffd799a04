/** A realm with the service account that Countersign needs, line by line as docs/directories.md gives it. */
import type { KeycloakAdmin } from './keycloak-admin.ts'

/** The realm of tests and demos, and what is in it. */
export const realmNames = {
  realm: 'corp',
  serviceClient: 'countersign',
  /** A public client that takes passwords, so that a test may sign in. */
  signInClient: 'sign-in',
  lockGroup: '/locked',
  lockRole: 'locked',
} as const

const { realm, serviceClient, signInClient, lockRole } = realmNames

/** The realm, as it is imported. Cheap hashes: many passwords are set by tests. */
const representation = (secret: string) => ({
  realm,
  enabled: true,
  sslRequired: 'all',
  bruteForceProtected: true,
  failureFactor: 5,
  waitIncrementSeconds: 600,
  quickLoginCheckMilliSeconds: 0,
  maxFailureWaitSeconds: 900,
  editUsernameAllowed: true,
  adminEventsEnabled: true,
  eventsEnabled: true,
  adminPermissionsEnabled: true,
  passwordPolicy:
    'hashAlgorithm(pbkdf2-sha512) and hashIterations(1000) and length(8) and maxLength(128) and passwordHistory(3)',
  clients: [
    {
      clientId: serviceClient,
      secret,
      publicClient: false,
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
      directAccessGrantsEnabled: false,
    },
    {
      clientId: signInClient,
      publicClient: true,
      directAccessGrantsEnabled: true,
      standardFlowEnabled: true,
      redirectUris: ['https://localhost/*'],
    },
  ],
  roles: { realm: [{ name: lockRole }] },
  groups: [{ name: lockRole, realmRoles: [lockRole] }],
  users: [
    {
      username: `service-account-${serviceClient}`,
      enabled: true,
      serviceAccountClientId: serviceClient,
      clientRoles: { 'realm-management': ['manage-users'] },
    },
  ],
})

type Named = { readonly id: string }

/** Makes the realm. `every`: an administrator of all realms · `admin`: of this one. */
export const makeRealm = async (
  every: KeycloakAdmin,
  admin: KeycloakAdmin,
  secret: string,
): Promise<void> => {
  await every.must('POST', '', representation(secret))
  const profile = await admin.must<object>('GET', '/users/profile')
  // Attributes that the realm's profile does not know are kept, and administrators alone may write them.
  await admin.must('PUT', '/users/profile', { ...profile, unmanagedAttributePolicy: 'ADMIN_EDIT' })
  await letSeeRights(admin)
  for (const [flow, form, bound] of [
    ['direct grant', 'direct grant', 'directGrantFlow'],
    ['browser', 'browser forms', 'browserFlow'],
  ] as const)
    await keepLockedOut(admin, flow, form, bound)
}

const clientId = async (admin: KeycloakAdmin, name: string): Promise<string> => {
  const [client] = await admin.must<readonly Named[]>('GET', `/clients?clientId=${name}`)
  return client?.id ?? ''
}

/** The service account may see the one client whose roles are rights of administration: without it, it knows no administrator. */
const letSeeRights = async (admin: KeycloakAdmin): Promise<void> => {
  const [service, permissions, management] = [
    await clientId(admin, serviceClient),
    await clientId(admin, 'admin-permissions'),
    await clientId(admin, 'realm-management'),
  ]
  const account = await admin.must<Named>('GET', `/clients/${service}/service-account-user`)
  const server = `/clients/${permissions}/authz/resource-server`
  const policy = await admin.must<Named>('POST', `${server}/policy/user`, {
    name: serviceClient,
    users: [account.id],
  })
  await admin.must('POST', `${server}/permission/scope`, {
    name: 'may see who administers',
    resourceType: 'Clients',
    resources: [management],
    scopes: ['view'],
    policies: [policy.id],
  })
}

type Execution = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly displayName: string
  readonly providerId?: string
}

/** A copy of a flow that denies everybody with the role of the lock group, after the form. */
const keepLockedOut = async (
  admin: KeycloakAdmin,
  flow: string,
  form: string,
  bound: string,
): Promise<void> => {
  const copy = `${flow} with locks`
  const inner = `locked accounts of ${flow}`
  const flows = '/authentication/flows'
  const at = (name: string): string => `${flows}/${encodeURIComponent(name)}`
  await admin.must('POST', `${at(flow)}/copy`, { newName: copy })
  const place = form === flow ? copy : `${copy} forms`
  await admin.must('POST', `${at(place)}/executions/flow`, { alias: inner, type: 'basic-flow', provider: '' })
  for (const provider of ['conditional-user-role', 'deny-access-authenticator'])
    await admin.must('POST', `${at(inner)}/executions/execution`, { provider })
  for (const execution of await admin.must<readonly Execution[]>('GET', `${at(copy)}/executions`)) {
    const { id, displayName, providerId } = execution
    const isCondition = providerId === 'conditional-user-role'
    const isOurs = displayName === inner || isCondition || providerId === 'deny-access-authenticator'
    if (!isOurs) continue
    const requirement = displayName === inner ? 'CONDITIONAL' : 'REQUIRED'
    await admin.must('PUT', `${at(copy)}/executions`, { ...execution, requirement })
    if (isCondition)
      await admin.must('POST', `/authentication/executions/${id}/config`, {
        alias: `is locked in ${flow}`,
        config: { condUserRole: lockRole, negate: 'false' },
      })
  }
  await admin.must('PUT', '', { realm, [bound]: copy })
}
