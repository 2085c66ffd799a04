/** Reads who administers the tenant, and what we may do ourselves. */
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import type { Privilege, RightFinding, SelfCheck } from '../port.ts'
import { readAs, type Api } from '../rest/api.ts'
import type { EntraOptions } from './options.ts'
import { missingLog } from '../sign-in-span.ts'
import { pagesOf, accountOf } from './people.ts'
import { logScopes, scopes, type EntraApi } from './session.ts'

const memberships = z.object({
  value: z.array(
    z.object({
      '@odata.type': z.string(),
      id: z.string(),
      displayName: z.string().nullish(),
      roleTemplateId: z.string().nullish(),
      /** Groups that may have roles: a member has those roles, or may come to have them. */
      isAssignableToRole: z.boolean().nullish(),
    }),
  ),
})
const scopedRoles = z.object({ value: z.array(z.object({ roleId: z.string() })) })

type Membership = z.output<typeof memberships>['value'][number]

/** `who`: `/users/<id>` or `/me`. */
const membershipsOf = async (api: Api, who: string): Promise<readonly Membership[]> => {
  const all: Membership[] = []
  for await (const { json } of pagesOf(api, `${who}/transitiveMemberOf?$top=999`))
    all.push(...readAs(memberships, json).value)
  return all
}

/** Roles over a part of the tenant alone, which are not among the memberships. */
const scopedRolesOf = async (api: Api, who: string): Promise<readonly string[]> => {
  const answer = await api.read(`${who}/scopedRoleMemberOf`)
  if (answer === null) throw new DirectoryError('answer')
  return readAs(scopedRoles, answer.json).value.map(({ roleId }) => roleId)
}

const isRole = (one: Membership): boolean => one['@odata.type'] === '#microsoft.graph.directoryRole'

/**
 * The privilege of an account: by roles in force, groups that may have roles, and the groups that the operator names, however
 * deep.
 */
export const privilegeOf = async (api: Api, options: EntraOptions, id: string): Promise<Privilege> => {
  const user = await accountOf(api, options, id)
  if (user === null) return { kind: 'unknown' }
  const who = `/users/${user.id}`
  const named = new Set(options.privilegedGroups)
  const through = [
    ...(await membershipsOf(api, who))
      .filter((one) => isRole(one) || one.isAssignableToRole === true || named.has(one.id))
      .map(({ displayName, id: group }) => displayName || group),
    ...(await scopedRolesOf(api, who)),
  ]
  return through.length === 0 ? { kind: 'standard' } : { kind: 'privileged', through }
}

/** Scopes that come with every sign-in. */
const harmless = new Set(['openid', 'profile', 'email', 'offline_access', 'User.Read'])

/** May read the log of the whole tenant: Microsoft's own id of that role, the same in every tenant. */
const logReader = '4a5d8f65-41da-4de4-8968-e035b65339cf'

/**
 * Checks what was granted to the app, and which roles our account has: one over chosen units, and none over the whole
 * tenant but the one that reads the log, where it is read.
 */
export const checkSelf = async (
  api: EntraApi,
  readLog: Parameters<typeof missingLog>[0] | null,
): Promise<SelfCheck> => {
  const isForLog = ({ roleTemplateId }: Membership): boolean =>
    readLog !== null && roleTemplateId === logReader
  const roles = (await membershipsOf(api, '/me')).filter((one) => isRole(one) && !isForLog(one))
  const scoped = await scopedRolesOf(api, '/me')
  const held = api.grantedScopes()
  const needed: readonly string[] = scopes
  const allowed = new Set([...needed, ...harmless, ...(readLog === null ? [] : logScopes)])
  const findings: RightFinding[] = [
    ...needed
      .filter((scope) => !held.includes(scope))
      .map((detail) => ({ kind: 'missing' as const, right: 'scope', detail })),
    ...held
      .filter((scope) => !allowed.has(scope))
      .map((detail) => ({ kind: 'excess' as const, right: 'scope', detail })),
    ...roles.map(({ displayName, id }) => ({
      kind: 'excess' as const,
      right: 'role_over_all',
      detail: displayName || id,
    })),
    ...(roles.length + scoped.length === 0
      ? [{ kind: 'missing' as const, right: 'role', detail: 'Authentication Administrator' }]
      : []),
    ...(readLog === null ? [] : await missingLog(readLog, [...logScopes, 'Reports Reader'].join(' '))),
  ]
  return { kind: 'checked', findings }
}
