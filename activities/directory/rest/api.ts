/** A provider's API under a token: reads that may be asked again, and writes that never are (R4). */
import { setTimeout as rest } from 'node:timers/promises'
import type { z } from 'zod'
import { DirectoryError, type DirectoryProblem } from '../directory-error.ts'
import { NotSent, type Answered, type Ask, type Asked } from './client.ts'
import type { Tokens } from './tokens.ts'

/** The options of a read. */
export type ReadOptions = {
  readonly signal?: AbortSignal | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Longest time that a throttled read may wait before it is asked again. Milliseconds. */
  readonly patienceMs?: number
}

/** One write. */
export type Sent = Pick<Asked, 'method' | 'mayGo'> & {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An API. */
export type Api = {
  /** Reads what is at an address (whole, or a path below the base); null: nothing. @throws DirectoryError */
  read(place: string, options?: ReadOptions): Promise<Answered | null>
  /** Sends once, and gives whatever the server says; null: it was too late to. @throws DirectoryError where it says nothing */
  send(path: string, sent: Sent): Promise<Answered | null>
}

/** A person waits for a read; nobody waits for a sync, which may take longer. */
export const patience = { read: 2_000, sync: 60_000 } as const
const mostTries = 6

const problems: Readonly<Record<number, DirectoryProblem>> = {
  401: 'credentials',
  403: 'rights',
  410: 'cursor_over',
  429: 'throttled',
}

/** The problem behind a status that is none of those that we know. */
export const statusProblem = ({ status }: Pick<Answered, 'status'>): DirectoryError =>
  new DirectoryError(problems[status] ?? (status >= 500 ? 'unreachable' : 'answer'))

/** Parses the part of an answer that we read. @throws DirectoryError `answer`, which repeats nothing of it */
export const readAs = <T extends z.ZodType>(schema: T, json: unknown): z.output<T> => {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new DirectoryError('answer')
  return parsed.data
}

/** An API below `base`; a whole address is taken where it lies below it, and no other gets the token (J4). */
export const createApi = (
  base: string,
  ask: Ask,
  tokens: Tokens,
  waitOf: (answer: Answered) => number | null,
): Api => {
  const urlOf = (place: string): string => {
    const url = new URL(place.startsWith('/') ? `${base}${place}` : place)
    if (!url.href.startsWith(`${base}/`)) throw new DirectoryError('answer')
    return url.href
  }
  const authorised = async (asked: Asked): Promise<Answered> => {
    const token = await orAbort(tokens.get(), asked.signal)
    const answer = await ask({ ...asked, headers: { ...asked.headers, authorization: `Bearer ${token}` } })
    if (answer.status === 401) tokens.forget(token)
    return answer
  }
  const unlessLate = async (asked: Asked): Promise<Answered | null> => {
    try {
      return await authorised(asked)
    } catch (error) {
      if (error instanceof NotSent) return null
      throw error
    }
  }
  const accept = { accept: 'application/json' }
  return {
    read: async (place, { signal, headers = {}, patienceMs = patience.read } = {}) => {
      const asked: Asked = { method: 'GET', url: urlOf(place), headers: { ...accept, ...headers }, signal }
      const answer = await untilClear(() => authorised(asked), { waitOf, patienceMs, signal })
      return answer.status === 404 ? null : answer
    },
    send: (path, { body, headers = {}, ...sent }) =>
      unlessLate({
        ...sent,
        url: urlOf(path),
        headers: {
          ...accept,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

/** Resolves with the promise, or rejects when the wait ends first. */
const orAbort = async <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return promise
  let stop = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new DirectoryError('unreachable'))
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

type Patience = {
  readonly waitOf: (answer: Answered) => number | null
  readonly patienceMs: number
  readonly signal: AbortSignal | undefined
}

/** Asks until there is an answer that says something of what was asked. @throws DirectoryError */
const untilClear = async (
  once: () => Promise<Answered>,
  { waitOf, patienceMs, signal }: Patience,
): Promise<Answered> => {
  let waited = 0
  for (let tries = 1; ; tries += 1) {
    const answer = await once()
    if (answer.status === 200 || answer.status === 404) return answer
    const wait = tries === mostTries ? null : waitBefore(answer, tries, waitOf)
    waited += wait ?? Infinity
    if (wait === null || waited > patienceMs) throw statusProblem(answer)
    await rest(wait, undefined, { signal }).catch(() => {
      throw new DirectoryError('unreachable')
    })
  }
}

/** So long to wait before asking again: not at all for a token that ran out, once. Null: asking again is no use. Milliseconds. */
const waitBefore = (
  answer: Answered,
  tries: number,
  waitOf: (answer: Answered) => number | null,
): number | null => {
  if (answer.status === 401) return tries === 1 ? 0 : null
  return answer.status === 429 || answer.status === 503 ? waitOf(answer) : null
}

/** By the header of RFC 9110, in seconds. */
export const retryAfter = ({ headers }: Answered): number | null => {
  const seconds = headers['retry-after']
  return seconds !== undefined && /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : null
}
