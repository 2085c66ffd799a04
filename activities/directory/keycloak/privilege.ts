/** Privileged accounts are administrators of the realm by their effective roles, and those whom the operator names. */
import { z } from 'zod'
import type { Privilege, RightFinding, SelfCheck } from '../port.ts'
import { DirectoryError } from '../directory-error.ts'
import { readAs } from '../rest/api.ts'
import { groupsOf, isIn } from './locks.ts'
import type { KeycloakOptions } from './options.ts'
import { accountOf } from './people.ts'
import type { KeycloakApi } from './session.ts'
import { logFindings, logRole } from './sign-ins.ts'

const administration = 'realm-management'
const roles = z.array(z.object({ name: z.string() }))
const mappings = z.object({
  clientMappings: z.record(z.string(), z.object({ id: z.string() })).nullish(),
})

/**
 * The id of the client whose roles are rights of administration, by our own mapping: null, where our account may not see
 * that client, and so nobody's rights either.
 */
const administrationId = async (api: KeycloakApi): Promise<string | null> => {
  const answer = await api.read(`/users/${await api.ownId()}/role-mappings`)
  return answer === null ? null : (readAs(mappings, answer.json).clientMappings?.[administration]?.id ?? null)
}

const namesOf = async (api: KeycloakApi, path: string): Promise<readonly string[]> => {
  const answer = await api.read(path)
  if (answer === null) throw new DirectoryError('answer')
  return readAs(roles, answer.json).map(({ name }) => name)
}

/**
 * Reads if an account is privileged. Effective roles are direct ones, those of its groups and all above them, and
 * composites.
 */
export const privilegeOf = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  id: string,
): Promise<Privilege> => {
  const user = await accountOf(api, options, id)
  if (user === null) return { kind: 'unknown' }
  const client = await administrationId(api)
  if (client === null) return { kind: 'unknown' }
  const mapped = `/users/${user.id}/role-mappings`
  const rights = await namesOf(api, `${mapped}/clients/${client}/composite`)
  const realmRoles = await namesOf(api, `${mapped}/realm/composite`)
  const groups = options.privilegedGroups.length === 0 ? [] : await groupsOf(api, user.id)
  const through = [
    ...rights.map((name) => `${administration} ${name}`),
    ...options.privilegedRoles.filter((name) => realmRoles.includes(name)),
    ...options.privilegedGroups.filter((above) => groups.some(({ path }) => isIn(path, above))),
  ]
  return through.length === 0 ? { kind: 'standard' } : { kind: 'privileged', through }
}

const needed = 'manage-users'
/** Come with it, and can do less. */
const harmless = new Set([needed, 'view-users', 'query-users', 'query-groups'])

/** Checks what our own account may do in this realm (N1). */
export const checkSelf = async (api: KeycloakApi, options: KeycloakOptions): Promise<SelfCheck> => {
  const client = await administrationId(api)
  if (client === null)
    return { kind: 'checked', findings: [{ kind: 'missing', right: 'view', detail: administration }] }
  const own = await namesOf(api, `/users/${await api.ownId()}/role-mappings/clients/${client}/composite`)
  const findings: RightFinding[] = [
    ...(own.includes(needed) ? [] : [{ kind: 'missing' as const, right: 'role', detail: needed }]),
    ...own
      .filter((name) => !harmless.has(name) && !(options.signInLog && name === logRole))
      .map((detail) => ({ kind: 'excess' as const, right: 'role', detail })),
    ...(await missingGroup(api, options)),
    ...(options.signInLog ? await logFindings(api, own) : []),
  ]
  return { kind: 'checked', findings }
}

const missingGroup = async (api: KeycloakApi, { lockGroup }: KeycloakOptions): Promise<RightFinding[]> => {
  if (lockGroup === undefined) return []
  const path = lockGroup.split('/').map(encodeURIComponent).join('/')
  const isThere = (await api.read(`/group-by-path${path}`)) !== null
  return isThere ? [] : [{ kind: 'missing', right: 'lock_group', detail: lockGroup }]
}
