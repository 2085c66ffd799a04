/** The new password: a request that starts an operation, sent once, and a look at what becomes of it (R4). */
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import { isLate } from '../late.ts'
import type { ReadBack, StepAnswer, Write, WriteAnswer, WriteSent } from '../port.ts'
import { readAs, statusProblem, type Api } from '../rest/api.ts'
import type { Answered } from '../rest/client.ts'
import { factorsOf } from './factors.ts'
import type { EntraOptions } from './options.ts'
import { stateOf, accountOf, versionOf } from './people.ts'

/** The one method of every account that is its password. */
const passwordMethod = '28c10230-6103-485e-b985-444c60001490'
/** The operation is looked at so long, and so often. Milliseconds. */
const watchMs = 10_000
const betweenMs = 500
/** So long what was written may be kept from us by a copy of the directory that is behind. Milliseconds. */
const settleMs = 60_000

const operation = z.object({ status: z.string(), statusDetail: z.string().nullish() })
type Operation = z.output<typeof operation>

/** This process remembers what it sent, so that it can ask again after a lost answer. */
type Sent = { readonly at: number; place: string | null; isDone: boolean }

/** Resets of one tenant. */
export const createResets = (api: Api, options: EntraOptions) => {
  const sent = new Map<string, Sent>()
  const remember = (operationId: string): Sent => {
    for (const [id, { at }] of sent) if (performance.now() - at > 10 * settleMs) sent.delete(id)
    const one = { at: performance.now(), place: null, isDone: false }
    sent.set(operationId, one)
    return one
  }

  const setPassword = async (write: Write, password: string): Promise<WriteAnswer> => {
    const user = await accountOf(api, options, write.directoryId)
    if (user === null || stateOf(user) === 'disabled') return { kind: 'not_written' }
    // Graph has no condition for this request; between this look and the write lie milliseconds.
    if (versionOf(user) !== write.expectedVersion) return { kind: 'not_written' }
    const one = remember(write.operationId)
    const answer = await api.send(
      `/users/${user.id}/authentication/methods/${passwordMethod}/resetPassword`,
      {
        method: 'POST',
        body: { newPassword: password },
        mayGo: () => !isLate(write),
      },
    )
    const told = answer === null ? { kind: 'not_written' as const } : refusalOf(answer)
    if (told !== null || answer === null) {
      sent.delete(write.operationId)
      return told ?? { kind: 'not_written' }
    }
    one.place = placeOf(answer)
    const end = await ended(api, one.place)
    one.isDone = end.kind === 'accepted'
    return end
  }

  /** Reads what became of a write. */
  const readBack = async ({
    directoryId,
    operationId,
    effect,
    expectedVersion,
  }: WriteSent): Promise<ReadBack> => {
    const user = await accountOf(api, options, directoryId)
    if (user === null) return { kind: 'unknown', version: null }
    const version = versionOf(user)
    if (effect === 'reset_mfa') {
      const { length } = await factorsOf(api, user.id)
      return { kind: length === 0 ? 'done' : 'not_done', version }
    }
    if (effect !== 'set_password') return { kind: 'not_done', version }
    if (version !== expectedVersion) return { kind: 'done', version }
    const one = sent.get(operationId)
    return { kind: one === undefined ? 'not_done' : await fateOf(api, one), version }
  }
  return { setPassword, readBack }
}

/**
 * Reads what became of a write that does not show. @throws DirectoryError while it may still come to light: ask again
 */
const fateOf = async (api: Api, one: Sent): Promise<ReadBack['kind']> => {
  if (one.isDone) return 'done'
  if (one.place !== null) {
    const { status } = await statusAt(api, one.place)
    if (status === 'succeeded') return 'done'
    if (status === 'failed') return 'not_done'
    throw new DirectoryError('unreachable')
  }
  if (performance.now() - one.at < settleMs) throw new DirectoryError('unreachable')
  return 'not_done'
}

/** A clear word that nothing is written; null: it was taken. @throws DirectoryError for all others */
const refusalOf = (answer: Answered): WriteAnswer | null => {
  if (answer.status === 202) return null
  if (answer.status === 429) return { kind: 'not_written' }
  const told = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).safeParse(answer.json)
  const text = told.success ? `${told.data.error.code} ${told.data.error.message}` : ''
  if (answer.status === 400 && /password/i.test(text)) return { kind: 'password_refused', rule: 'policy' }
  throw statusProblem(answer)
}

/** Where the operation is looked at. */
const placeOf = ({ headers }: Answered): string => {
  if (headers.location === undefined) throw new DirectoryError('answer')
  return headers.location
}

const statusAt = async (api: Api, place: string): Promise<Operation> => {
  const answer = await api.read(place)
  if (answer === null) throw new DirectoryError('answer')
  return readAs(operation, answer.json)
}

/** Waits for the end of an operation. @throws DirectoryError when it does not come in time: nobody knows then */
const ended = async (api: Api, place: string): Promise<WriteAnswer> => {
  const until = performance.now() + watchMs
  while (performance.now() < until) {
    const { status, statusDetail } = await statusAt(api, place)
    if (status === 'succeeded') return { kind: 'accepted' }
    if (status === 'failed')
      return /password/i.test(statusDetail ?? '')
        ? { kind: 'password_refused', rule: 'policy' }
        : { kind: 'not_written' }
    await rest(betweenMs)
  }
  throw new DirectoryError('unreachable')
}

/** Ends every session, and the refresh tokens of all applications; access tokens of before run out by themselves. */
export const endSessions = async (api: Api, options: EntraOptions, id: string): Promise<StepAnswer> => {
  if ((await accountOf(api, options, id)) === null) return 'failed'
  const answer = await api.send(`/users/${id}/revokeSignInSessions`, { method: 'POST' })
  return answer?.status === 200 || answer?.status === 204 ? 'done' : 'failed'
}
