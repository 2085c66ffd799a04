/** A small browser for `smoke`: cookies by host, our own headers, answers checked for their shape. */
import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { CommandError } from '#cli/command.ts'

/** Longest wait for one answer, milliseconds. */
const longestMs = 30_000
/** So often a call is repeated that the service cannot do right now, each time after the pause that it names, at most this. */
const mostRepeats = 3
const longestPauseSeconds = 15

/** One answer with its body read. */
export type PageAnswer = {
  readonly url: URL
  readonly status: number
  readonly text: string
  readonly location: string | null
  /** Seconds, where the answer names them */
  readonly retryAfter: number | null
}

/** The parts of a request; a `form` is sent as a page's form, `json` as our own pages call the API. */
export type Asked = {
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A browser with its own cookies. */
export type Browser = {
  /** One request, redirects not followed. */
  readonly send: (url: URL, asked?: Asked) => Promise<PageAnswer>
  /** The same, redirects followed. */
  readonly visit: (url: URL, asked?: Asked) => Promise<PageAnswer>
  /**
   * Calls an API: the answer must be JSON of the given shape. A call that is answered "try again" is repeated as it is, under
   * the same key. @throws CommandError naming what was refused
   */
  readonly call: <T>(shape: z.ZodType<T>, url: URL, asked?: Asked) => Promise<T>
}

const bodyOf = ({ form, json }: Asked): { body?: string; type?: string } => {
  if (form !== undefined)
    return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
  return json === undefined ? {} : { body: JSON.stringify(json), type: 'application/json' }
}

type Own = Readonly<Record<string, string>>

const headersOf = (url: URL, asked: Asked, cookies: string, own: Own): Record<string, string> => {
  const { type } = bodyOf(asked)
  return {
    'user-agent': 'countersign-smoke',
    'accept-language': 'en',
    ...own,
    ...(cookies === '' ? {} : { cookie: cookies }),
    ...(type === undefined ? {} : { 'content-type': type, origin: url.origin }),
    ...(asked.json === undefined ? {} : { 'x-countersign': '1' }),
    ...asked.headers,
  }
}

/** Keeps cookies as a browser does that knows one path: by host name, whatever the port. */
const createJar = () => {
  const jar = new Map<string, Map<string, string>>()
  return {
    of: (url: URL): string =>
      [...(jar.get(url.hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; '),
    keep: (url: URL, lines: readonly string[]): void => {
      const mine = jar.get(url.hostname) ?? new Map<string, string>()
      jar.set(url.hostname, mine)
      for (const line of lines) {
        const [pair = '', ...attributes] = line.split(';')
        const at = pair.indexOf('=')
        const isEnded = attributes.some((attribute) => /^\s*max-age=0\s*$|1970/i.test(attribute))
        if (isEnded) mine.delete(pair.slice(0, at))
        else mine.set(pair.slice(0, at), pair.slice(at + 1))
      }
    },
  }
}

const unreachable = (url: URL, error: unknown): CommandError => {
  const cause = error instanceof Error && error.name === 'TimeoutError' ? 'in time' : 'at all'
  return new CommandError(`${url.origin} does not answer ${cause}: is the stack running? (npm start)`)
}

/** The code of a refusal of our own API; never a whole page. */
const codeOf = (text: string): string => {
  try {
    const { code } = JSON.parse(text) as { code?: unknown }
    return typeof code === 'string' ? code : 'no code'
  } catch {
    return 'no code'
  }
}

/** A fresh browser without cookies. `own`: headers that it sends with every request in the place of our own. */
export const createBrowser = (own: Own = {}): Browser => {
  const jar = createJar()
  const send: Browser['send'] = async (url, asked = {}) => {
    const { body } = bodyOf(asked)
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: headersOf(url, asked, jar.of(url), own),
        redirect: 'manual',
        signal: AbortSignal.timeout(longestMs),
        ...(body === undefined ? {} : { body }),
      })
      jar.keep(url, response.headers.getSetCookie())
      const location = response.headers.get('location')
      const retryAfter = Number(response.headers.get('retry-after')) || null
      return { url, status: response.status, text: await response.text(), location, retryAfter }
    } catch (error) {
      throw unreachable(url, error)
    }
  }
  const visit: Browser['visit'] = async (url, asked = {}) => {
    let answer = await send(url, asked)
    for (let hops = 0; answer.location !== null && hops < 10; hops += 1)
      answer = await send(new URL(answer.location, answer.url))
    return answer
  }
  const call: Browser['call'] = async (shape, url, asked = {}) => {
    let answer = await send(url, asked)
    for (let turn = 0; turn < mostRepeats && answer.status === 503 && answer.retryAfter !== null; turn += 1) {
      await pause(Math.min(answer.retryAfter, longestPauseSeconds) * 1000)
      answer = await send(url, asked)
    }
    const { status, text } = answer
    if (status >= 400)
      throw new CommandError(`${url.pathname} was refused: ${String(status)} (${codeOf(text)}).`)
    const read = shape.safeParse(text === '' ? null : JSON.parse(text))
    if (read.success) return read.data
    const field = read.error.issues[0]?.path.join('.') ?? ''
    throw new CommandError(`${url.pathname} answered in another shape than expected, at "${field}".`)
  }
  return { send, visit, call }
}
