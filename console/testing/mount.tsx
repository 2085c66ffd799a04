import { render } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import type { Role } from '#domain/roles.ts'
import { App } from '../App.tsx'
import { setSessionOver } from '../api.ts'
import { speak } from '../copy/index.ts'
import { answersFor, answerTo, type Answers } from './answers.ts'
import { listOf } from './fixtures.ts'

/** Rows of the list, few for speed. */
const shortList = 6

/** One call that the console made. */
type Made = {
  readonly name: string
  readonly url: string
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Tells of changes, as the server would. */
type Stream = {
  tell: (ids: readonly string[], event?: 'verifications' | 'people' | 'settings') => void
  /** Changes may have been missed: the stream came (again), or the server says so, or gives its place away. */
  miss: (event: 'open' | 'gap' | 'pause') => void
  /** Streams that are open. */
  count: () => number
}

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static readonly open = new Set<FakeEventSource>()
  constructor() {
    super()
    FakeEventSource.open.add(this)
  }
  close() {
    FakeEventSource.open.delete(this)
  }
}

const stream: Stream = {
  tell: (ids, event = 'verifications') => {
    for (const source of FakeEventSource.open)
      source.dispatchEvent(new MessageEvent(event, { data: JSON.stringify({ ids }) }))
  },
  miss: (event) => {
    for (const source of FakeEventSource.open) source.dispatchEvent(new Event(event))
  },
  count: () => FakeEventSource.open.size,
}

/** The console asks this of the window beyond the emulated one: media queries, event streams. */
const fillGaps = (isWide: boolean) => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: isWide }))
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('scrollTo', () => undefined)
}

const fakeFetch = (answers: Answers, calls: Made[]) => (path: string, init: RequestInit) => {
  const found = answerTo(answers, init.method ?? 'GET', new URL(path, 'http://localhost').pathname)
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
  if (found === null) return Promise.reject(new TypeError(`no answer to ${path}`))
  calls.push({ name: found.name, url: path, body, headers: init.headers as Record<string, string> })
  return Promise.resolve(found.body).then((body) => Response.json(body, { status: found.status }))
}

/** The whole console at an address, with fixture answers; `answers` replaces some of them. */
export const mountConsole = async (
  path: string,
  options: { role?: Role; answers?: Answers; isWide?: boolean } = {},
) => {
  const role = options.role ?? 'supervisor'
  const answers = {
    ...answersFor(role),
    'console.listVerifications': () => listOf(shortList, role),
    ...options.answers,
  }
  const calls: Made[] = []
  fillGaps(options.isWide ?? true)
  FakeEventSource.open.clear()
  vi.stubGlobal('fetch', fakeFetch(answers, calls))
  localStorage.clear()
  setSessionOver(false)
  await speak('en')
  history.replaceState(null, '', path)
  return {
    ...render(() => <App />),
    user: userEvent.setup(),
    calls,
    stream,
    callsTo: (name: string) => calls.filter((call) => call.name === name),
  }
}
