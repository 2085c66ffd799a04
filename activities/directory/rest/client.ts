/** One request by HTTPS: the named authority, an end to every wait, no redirect followed, and a limit to what is read. */
import { readFileSync } from 'node:fs'
import { request as open, type RequestOptions } from 'node:https'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { DirectoryError } from '../directory-error.ts'
import { clearNetworkError } from '../network-problem.ts'

/** A request. */
export type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Asked right before the request is sent, once there is a connection: at false, nothing is sent. */
  readonly mayGo?: (() => boolean) | undefined
  readonly signal?: AbortSignal | undefined
}

/** An answer; `json` is undefined where the body is empty. */
export type Answered = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly json: unknown
}

/** Nothing was sent, and nothing will be. */
export class NotSent extends DirectoryError {
  constructor() {
    super('unreachable')
  }
}

/** Asks once. @throws DirectoryError for whatever is no answer: a lost connection says nothing about a write (R4) */
export type Ask = (asked: Asked) => Promise<Answered>

/** Limits of one request. N8: 10 s for a connection and 20 s for an operation at most; a write is over after 15 s. */
const limits = {
  connectMs: 5_000,
  operationMs: 10_000,
  /** Longest body that is read; a page of 500 people with all their fields has a tenth of it. */
  mostBytes: 16 * 2 ** 20,
}
type Limits = typeof limits

/** Asks servers whose certificates the named authority signed, or one that Node knows. */
export const createAsk = (caFile: string | undefined, changed: Partial<Limits> = {}): Ask => {
  const ca = caFile === undefined ? {} : { ca: [readFileSync(caFile)] }
  const tls = { ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true } as const
  return (asked) => ask(asked, tls, { ...limits, ...changed })
}

const ask = (
  asked: Asked,
  tls: RequestOptions & { readonly minVersion: 'TLSv1.2' },
  { connectMs, operationMs, mostBytes }: Limits,
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method, url, headers = {}, body, signal } = asked
    if (signal?.aborted === true) {
      reject(new DirectoryError('unreachable'))
      return
    }
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    // No connection is kept: one that the server closed meanwhile would lose a write that it never saw.
    const request = open(url, { ...tls, method, agent: false, headers: { ...headers, ...length } })
    const give = (after: number): NodeJS.Timeout => setTimeout(() => request.destroy(), after)
    const [connecting, whole] = [give(connectMs), give(operationMs)]
    const onAbort = (): void => void request.destroy()
    signal?.addEventListener('abort', onAbort, { once: true })
    const end = (): void => {
      clearTimeout(connecting)
      clearTimeout(whole)
      signal?.removeEventListener('abort', onAbort)
    }
    request.once('socket', (socket) =>
      socket.once('secureConnect', () => {
        clearTimeout(connecting)
        if (asked.mayGo?.() !== false) return void request.end(body)
        reject(new NotSent())
        request.destroy()
      }),
    )
    request.once('close', () => {
      end()
      // The first result counts; this one is for an end that no other event reported.
      reject(new DirectoryError('unreachable'))
    })
    request.once('error', (error) => reject(clearNetworkError(error)))
    request.once('response', (response) => {
      answerOf(response, mostBytes).then(resolve, reject)
    })
  })

const answerOf = async (response: IncomingMessage, mostBytes: number): Promise<Answered> => {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > mostBytes) throw new DirectoryError('answer')
      chunks.push(chunk)
    }
  } catch (error) {
    throw clearNetworkError(error)
  }
  const { statusCode = 0, headers } = response
  return { status: statusCode, headers, json: jsonOf(Buffer.concat(chunks).toString('utf8'), statusCode) }
}

/** A body that is no JSON is no answer, unless the status alone says all that there is to say. */
const jsonOf = (text: string, status: number): unknown => {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (status >= 400) return undefined
    throw new DirectoryError('answer')
  }
}
