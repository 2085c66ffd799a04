import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  keepAnswer,
  releaseKey,
  reserveKey,
  type Reservation,
  type StoredAnswer,
} from '#services/staff/idempotency.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import { InvalidInput, Refused, Unavailable } from '../errors.ts'
import { refusalAnswers } from './problem-responder.ts'

/** The caller and the key of a request that may be repeated. */
export type KeyedRequest = {
  readonly tenantId: string
  /** Session owner: keys of two members of staff never meet. */
  readonly actor: string
  /** The `Idempotency-Key` header as sent. */
  readonly key: string
  /** Route name and parsed input. */
  readonly content: unknown
}

/** The end of the work; 202 is not final and is asked again on a repetition. */
export type Outcome = { readonly status: number; readonly body: unknown }

const waitMs = 250
const waitTimes = 40

const keyOf = (key: string): string => {
  if (!/^[\x21-\x7e]{8,128}$/.test(key))
    throw new InvalidInput(422, [
      { path: 'idempotency-key', code: 'missing', message: 'a header of 8 to 128 characters is needed' },
    ])
  return key
}

const reserve = async (db: Db, request: KeyedRequest, bodyHash: Buffer): Promise<Reservation> => {
  for (let time = 0; time < waitTimes; time += 1) {
    const found = await inTenant(db, request.tenantId, (tx) =>
      reserveKey(tx, request.actor, request.key, bodyHash),
    )
    if (found.kind !== 'under_way') return found
    await pause(waitMs)
  }
  throw new Unavailable(5)
}

/** The refusal a first answer stood for, thrown again so that the responder words it alike. */
const replay = (answer: StoredAnswer): Outcome => {
  const body = answer.body as {
    refusal?: { code: keyof typeof refusalAnswers; slots?: Record<string, string> }
  } | null
  if (body?.refusal !== undefined) throw new Refused(body.refusal.code, body.refusal.slots)
  return answer
}

/** Limits and blocks pass: what they refused may be tried again with the same key. */
const isFinal = (error: Refused): boolean => refusalAnswers[error.refusal.code][0] !== 429

const work = async (
  db: Db,
  request: KeyedRequest,
  operationId: string,
  run: (operationId: string) => Promise<Outcome>,
): Promise<Outcome> => {
  const settle = (answer: StoredAnswer | null): Promise<number> =>
    inTenant(db, request.tenantId, (tx) =>
      answer === null
        ? releaseKey(tx, request.actor, request.key)
        : keepAnswer(tx, request.actor, request.key, answer),
    )
  try {
    const outcome = await run(operationId)
    await settle(outcome.status === 202 ? null : outcome)
    return outcome
  } catch (error) {
    const isKept = error instanceof Refused && isFinal(error)
    await settle(isKept ? { status: 409, body: { refusal: error.refusal } } : null)
    throw error
  }
}

/**
 * Runs a request that starts or decides something once per idempotency key (Q5). Of concurrent repetitions
 * one works and the others wait for its answer.
 */
export const runOnce = async (
  db: Db,
  request: KeyedRequest,
  run: (operationId: string) => Promise<Outcome>,
): Promise<Outcome> => {
  keyOf(request.key)
  const bodyHash = createHash('sha256').update(JSON.stringify(request.content)).digest()
  const found = await reserve(db, request, bodyHash)
  if (found.kind === 'other_body') throw new Refused('idempotency_key_reused')
  if (found.kind === 'answered') return replay(found.answer)
  if (found.kind === 'mine') return work(db, request, found.operationId, run)
  throw new Unavailable()
}
