/** The new password: one request, sent once; what is no clear answer is thrown (R4). */
import { z } from 'zod'
import { isLate } from '../late.ts'
import type { PasswordOptions, ReadBack, Write, WriteAnswer, WriteSent } from '../port.ts'
import { statusProblem } from '../rest/api.ts'
import { factorsOf, hasEnrolment } from './factors.ts'
import { forgetFailures, isLocked, leaveLockGroup, stateOf } from './locks.ts'
import type { KeycloakOptions } from './options.ts'
import { credentialsOf, accountOf, versionOf, type KeycloakAccount } from './people.ts'
import type { KeycloakApi } from './session.ts'

/** `invalidPasswordMinLengthMessage` and its like: the realm's policy refuses the password. */
const refusal = z.object({ error: z.string().regex(/^invalidPassword/) })

/** Sets a password over the version that the intent names. */
export const setPassword = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  write: Write,
  password: string,
  { mustChange }: PasswordOptions,
): Promise<WriteAnswer> => {
  const user = await accountOf(api, options, write.directoryId)
  if (user?.enabled !== true) return { kind: 'not_written' }
  // Such a password is kept by the other directory, and could not be read back here.
  if (user.federationLink) return { kind: 'not_offered' }
  // The server has no condition for this request; between this look and the write lie milliseconds.
  if (versionOf(await credentialsOf(api, user.id)) !== write.expectedVersion) return { kind: 'not_written' }
  const answer = await api.send(`/users/${user.id}/reset-password`, {
    method: 'PUT',
    body: { type: 'password', value: password, temporary: mustChange },
    mayGo: () => !isLate(write),
  })
  if (answer === null) return { kind: 'not_written' }
  if (answer.status === 400 && refusal.safeParse(answer.json).success)
    return { kind: 'password_refused', rule: 'policy' }
  if (answer.status !== 204) throw statusProblem(answer)
  await leaveLockGroup(api, options, user.id)
  // Done before the participant learns that the password is new, so that it signs in by then; `clearLockout` makes up for
  // what fails here.
  await forgetFailures(api, user.id)
  return { kind: 'accepted' }
}

/** Reads the result of a write, by the account as it is now. */
export const readBack = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  sent: WriteSent,
): Promise<ReadBack> => {
  const user = await accountOf(api, options, sent.directoryId)
  if (user === null) return { kind: 'unknown', version: null }
  const credentials = await credentialsOf(api, user.id)
  const version = versionOf(credentials)
  const isDone = async (): Promise<boolean> => {
    if (sent.effect === 'lock_account') return isLocked(api, options, user.id)
    if (sent.effect === 'unlock') return isOpen(api, options, user)
    if (sent.effect === 'reset_mfa') return factorsOf(credentials).length === 0 && hasEnrolment(user, options)
    return version !== sent.expectedVersion
  }
  // A password that was taken away altogether does not show whether ours was ever there.
  if (sent.effect === 'set_password' && version === '-' && sent.expectedVersion !== '-')
    return { kind: 'unknown', version }
  return { kind: (await isDone()) ? 'done' : 'not_done', version }
}

const isOpen = async (api: KeycloakApi, options: KeycloakOptions, user: KeycloakAccount): Promise<boolean> =>
  (await stateOf(api, options, user)) !== 'locked'
