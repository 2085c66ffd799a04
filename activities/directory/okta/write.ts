/** Writes to Okta. Each is one request, sent once; what is no clear answer is thrown (R4). */
import { z } from 'zod'
import { isLate } from '../late.ts'
import type { LockAnswer, PasswordOptions, StepAnswer, Write, WriteAnswer } from '../port.ts'
import { statusProblem, type Api } from '../rest/api.ts'
import type { Answered } from '../rest/client.ts'
import type { OktaOptions } from './options.ts'
import { foundBy, isUsable, stateOf, versionOf, type Found } from './people.ts'

const problem = z.object({ errorCode: z.string(), errorSummary: z.string().nullish() })

/** The password is below the policy (E0000080), one of the last (E0000014), or invalid as a field of the request (E0000001). */
const isPasswordRefused = ({ status, json }: Answered): boolean => {
  const told = problem.safeParse(json).data
  if (told === undefined || (status !== 400 && status !== 403)) return false
  if (told.errorCode === 'E0000080' || told.errorCode === 'E0000014') return true
  return told.errorCode === 'E0000001' && /\bpassword\b/i.test(told.errorSummary ?? '')
}

/** Sends a write in time; null: nothing was written, and the server or we said so. */
export const sendInTime = async (
  api: Api,
  path: string,
  write: Write,
  more: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answered | null> => {
  const answer = await api.send(path, { ...more, method: 'POST', mayGo: () => !isLate(write) })
  // 412: the account changed in between · 429: Okta did not look at the request.
  return answer === null || answer.status === 412 || answer.status === 429 ? null : answer
}

/** Set over what was read just now, where the server gave a tag for it; the version has to be the one that the intent names. */
export const setPassword = async (
  api: Api,
  options: OktaOptions,
  write: Write,
  password: string,
  { mustChange }: PasswordOptions,
): Promise<WriteAnswer> => {
  const found = await foundBy(api, options, write.directoryId)
  const kind = whyNot(found, write)
  if (found === null || kind !== null) return { kind: kind ?? 'not_written' }
  const place = `/api/v1/users/${found.user.id}`
  const answer = await sendInTime(api, `${place}?strict=${String(options.honoursHistory)}`, write, {
    body: { credentials: { password: { value: password } } },
    ...(found.tag === null ? {} : { headers: { 'if-match': found.tag } }),
  })
  if (answer === null) return { kind: 'not_written' }
  if (isPasswordRefused(answer)) return { kind: 'password_refused', rule: 'policy' }
  if (answer.status !== 200) throw statusProblem(answer)
  if (mustChange) await expire(api, place)
  return { kind: 'accepted' }
}

const whyNot = (found: Found | null, write: Write): 'not_written' | 'not_offered' | null => {
  if (found === null || !isUsable(found.user)) return 'not_written'
  // Such a password is kept elsewhere, and Okta does not set it.
  if ((found.user.credentials?.provider?.type ?? 'OKTA') !== 'OKTA') return 'not_offered'
  return versionOf(found.user) === write.expectedVersion ? null : 'not_written'
}

/** A second write: if it is lost, the password is set without the duty to change it. */
const expire = async (api: Api, place: string): Promise<void> => {
  const answer = await api.send(`${place}/lifecycle/expire_password`, { method: 'POST' })
  if (answer?.status !== 200) throw statusProblem(answer ?? { status: 0 })
}

/** Ends a lockout after wrong passwords. */
export const unlock = async (api: Api, options: OktaOptions, write: Write): Promise<LockAnswer> => {
  const found = await foundBy(api, options, write.directoryId)
  if (found === null || stateOf(found.user) !== 'locked') return { kind: 'not_written' }
  const answer = await sendInTime(api, `/api/v1/users/${found.user.id}/lifecycle/unlock`, write)
  if (answer === null) return { kind: 'not_written' }
  if (answer.status !== 200) throw statusProblem(answer)
  return { kind: 'accepted' }
}

/** Ends every session with Okta itself, and the tokens that it gave to others. */
export const endSessions = async (api: Api, options: OktaOptions, id: string): Promise<StepAnswer> => {
  if ((await foundBy(api, options, id)) === null) return 'failed'
  const path = `/api/v1/users/${id}/sessions?oauthTokens=true&forgetDevices=true`
  const answer = await api.send(path, { method: 'DELETE' })
  return answer?.status === 204 ? 'done' : 'failed'
}

/** Lifts a lockout after wrong passwords, when the new password is set. */
export const clearLockout = async (api: Api, options: OktaOptions, id: string): Promise<StepAnswer> => {
  const found = await foundBy(api, options, id)
  if (found === null || !isUsable(found.user)) return 'failed'
  if (stateOf(found.user) === 'active') return 'done'
  const answer = await api.send(`/api/v1/users/${id}/lifecycle/unlock`, { method: 'POST' })
  return answer?.status === 200 ? 'done' : 'failed'
}
