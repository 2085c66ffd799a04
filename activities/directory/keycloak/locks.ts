/** Lockouts of the realm's brute-force detection, and the lock group, whose members the realm's flows let in nowhere. */
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import type { LockAnswer, StepAnswer, Write } from '../port.ts'
import { readAs, statusProblem } from '../rest/api.ts'
import { isLate } from '../late.ts'
import type { KeycloakOptions } from './options.ts'
import { accountOf, type KeycloakAccount } from './people.ts'
import type { KeycloakApi } from './session.ts'

const detection = z.object({ disabled: z.boolean() })
const group = z.object({ id: z.string(), path: z.string() })
const groups = z.array(group)
export type Group = z.output<typeof group>

/** The groups of an account, by path; a member of a group is also in all groups above it. */
export const groupsOf = async (
  api: KeycloakApi,
  id: string,
  signal?: AbortSignal,
): Promise<readonly Group[]> => {
  const answer = await api.read(`/users/${id}/groups?max=1000`, { signal })
  return answer === null ? [] : readAs(groups, answer.json)
}

/** True if a group is the group `above`, or is below it. */
export const isIn = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`)

const isLockedOut = async (api: KeycloakApi, id: string, signal?: AbortSignal): Promise<boolean> => {
  const answer = await api.read(`/attack-detection/brute-force/users/${id}`, { signal })
  return answer !== null && readAs(detection, answer.json).disabled
}

const isInLockGroup = async (
  api: KeycloakApi,
  { lockGroup }: KeycloakOptions,
  id: string,
  signal?: AbortSignal,
): Promise<boolean> =>
  lockGroup !== undefined && (await groupsOf(api, id, signal)).some(({ path }) => isIn(path, lockGroup))

/** Reads if the account may sign in. */
export const stateOf = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  { id, enabled }: KeycloakAccount,
  signal?: AbortSignal,
): Promise<'active' | 'locked' | 'disabled'> => {
  if (!enabled) return 'disabled'
  if (await isInLockGroup(api, options, id, signal)) return 'locked'
  return (await isLockedOut(api, id, signal)) ? 'locked' : 'active'
}

/** True if the account is locked under a report. */
export const isLocked = isInLockGroup

/** Ends a lockout after wrong passwords. A lock under a report stays. */
export const unlock = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  write: Write,
): Promise<LockAnswer> => {
  const { directoryId } = write
  const user = await accountOf(api, options, directoryId)
  if (user === null || (await stateOf(api, options, user)) !== 'locked') return { kind: 'not_written' }
  if (await isInLockGroup(api, options, directoryId)) return { kind: 'not_written' }
  return changed(api, `/attack-detection/brute-force/users/${directoryId}`, 'DELETE', write)
}

/** Locks an account, and ends its sessions. */
export const lockAccount = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  write: Write,
): Promise<LockAnswer> => {
  const user = await accountOf(api, options, write.directoryId)
  if (user?.enabled !== true) return { kind: 'not_written' }
  const id = await lockGroupId(api, options)
  const answer = await changed(api, `/users/${user.id}/groups/${id}`, 'PUT', write)
  if (answer.kind === 'accepted') await endSessions(api, options, user.id)
  return answer
}

/** Takes an account out of the lock group; what it was locked for is over with the new password. */
export const leaveLockGroup = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  id: string,
): Promise<void> => {
  if (!(await isInLockGroup(api, options, id))) return
  await api.send(`/users/${id}/groups/${await lockGroupId(api, options)}`, { method: 'DELETE' })
}

/** Lifts a lockout after wrong passwords, when the new password is set; a lock that is there now was set after it. */
export const clearLockout = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  id: string,
): Promise<StepAnswer> => {
  const user = await accountOf(api, options, id)
  if (user?.enabled !== true || (await isInLockGroup(api, options, id))) return 'failed'
  return (await forgetFailures(api, id)) ? 'done' : 'failed'
}

/** Clears the realm's count of wrong passwords, and the lockout that it caused. */
export const forgetFailures = async (api: KeycloakApi, id: string): Promise<boolean> => {
  const answer = await api.send(`/attack-detection/brute-force/users/${id}`, { method: 'DELETE' })
  return answer?.status === 204
}

/** Ends every session of an account; tokens of before are refused from now on. */
export const endSessions = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  id: string,
): Promise<StepAnswer> => {
  const account = await accountOf(api, options, id)
  if (account === null) return 'failed'
  const answer = await api.send(`/users/${account.id}/logout`, { method: 'POST' })
  return answer?.status === 204 ? 'done' : 'failed'
}

/** @throws DirectoryError `answer` when the realm has no such group */
const lockGroupId = async (api: KeycloakApi, { lockGroup = '' }: KeycloakOptions): Promise<string> => {
  const path = lockGroup.split('/').map(encodeURIComponent).join('/')
  const answer = await api.read(`/group-by-path${path}`)
  const found = answer === null ? null : readAs(group, answer.json)
  if (found?.path !== lockGroup) throw new DirectoryError('answer')
  return found.id
}

const changed = async (
  api: KeycloakApi,
  path: string,
  method: 'PUT' | 'DELETE',
  write: Write,
): Promise<LockAnswer> => {
  const answer = await api.send(path, { method, mayGo: () => !isLate(write) })
  if (answer === null) return { kind: 'not_written' }
  if (answer.status === 204) return { kind: 'accepted' }
  throw statusProblem(answer)
}
