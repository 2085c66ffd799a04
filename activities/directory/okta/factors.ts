/** Second factors, and reading back. */
import { z } from 'zod'
import type { MfaResetAnswer, ReadBack, Write, WriteSent } from '../port.ts'
import { readAs, statusProblem, type Api } from '../rest/api.ts'
import type { OktaOptions } from './options.ts'
import { foundBy, isUsable, stateOf, versionOf } from './people.ts'
import { sendInTime } from './write.ts'

const factors = z.array(z.object({ id: z.string() }))

const countFactors = async (api: Api, id: string): Promise<number> => {
  const answer = await api.read(`/api/v1/users/${id}/factors`)
  return answer === null ? 0 : readAs(factors, answer.json).length
}

/** Takes all factors away, in one request; Okta has the person set up others at the next sign-in. */
export const resetMfa = async (api: Api, options: OktaOptions, write: Write): Promise<MfaResetAnswer> => {
  const found = await foundBy(api, options, write.directoryId)
  if (found === null || !isUsable(found.user)) return { kind: 'not_written' }
  const removed = await countFactors(api, found.user.id)
  const answer = await sendInTime(api, `/api/v1/users/${found.user.id}/lifecycle/reset_factors`, write)
  if (answer === null) return { kind: 'not_written' }
  if (answer.status !== 200) throw statusProblem(answer)
  return { kind: 'accepted', removed, enrolment: null }
}

/** Reads what became of a write, by the account as it is now, looked up by id, which is never behind. */
export const readBack = async (
  api: Api,
  options: OktaOptions,
  { directoryId, effect, expectedVersion }: WriteSent,
): Promise<ReadBack> => {
  const found = await foundBy(api, options, directoryId)
  if (found === null) return { kind: 'unknown', version: null }
  const version = versionOf(found.user)
  const isDone = async (): Promise<boolean> => {
    if (effect === 'unlock') return stateOf(found.user) !== 'locked'
    if (effect === 'reset_mfa') return (await countFactors(api, directoryId)) === 0
    return effect === 'set_password' && version !== expectedVersion
  }
  return { kind: (await isDone()) ? 'done' : 'not_done', version }
}
