/**
 * These limits hold for every adapter (N8, R12), whatever its protocol: an end to every wait, rest for a directory that
 * does not answer, and no more writes in a second than it can bear. Nothing here repeats anything: a write is sent
 * once.
 */
import { setTimeout as rest } from 'node:timers/promises'
import { createBreaker, type Breaker, type BreakerOptions } from './breaker.ts'
import { DirectoryError } from './directory-error.ts'
import { writeMethods, type Directory, type Write } from './port.ts'

/** Limits of one directory. */
export type DirectoryLimits = BreakerOptions & {
  /** A question or a write that takes longer has no answer. */
  readonly operationMs: number
  /** Time between two writes, at least. */
  readonly writeEveryMs: number
}

/** Ten seconds to connect are part of it (ldap/session.ts, rest/); ten writes a second. */
export const directoryLimits: DirectoryLimits = {
  failures: 5,
  restMs: 15_000,
  operationMs: 20_000,
  writeEveryMs: 100,
  now: () => performance.now(),
}

type WriteMethod = (typeof writeMethods)[number]
/** The writes of a directory alike: each takes a write first, and answers. */
type Writing = Readonly<Record<WriteMethod, (one: Write, ...rest: unknown[]) => Promise<unknown>>>

/** A write that would begin later than this before its end is not begun. */
const leastMs = 1_000

/** A directory with its limits, and whether it is asked at all. */
export type LimitedDirectory = { readonly directory: Directory; readonly state: Breaker['state'] }

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const over = new AbortController()
  try {
    return await Promise.race([
      work,
      rest(ms, undefined, { signal: over.signal }).then(() => {
        throw new DirectoryError('unreachable')
      }),
    ])
  } finally {
    over.abort()
    // Its end comes later, and nobody waits for it any more.
    void work.catch(() => undefined)
  }
}

/** Puts the limits around a directory. */
export const withLimits = (
  directory: Directory,
  options: DirectoryLimits = directoryLimits,
): LimitedDirectory => {
  const breaker = createBreaker(options)
  const ask = <T>(work: () => Promise<T>): Promise<T> =>
    breaker.ask(() => within(options.operationMs, work()))
  let nextWriteAt = 0
  const write = async <T>(
    { notAfter }: Pick<Write, 'notAfter'>,
    work: () => Promise<T>,
  ): Promise<T | { readonly kind: 'not_written' }> => {
    const at = Math.max(options.now(), nextWriteAt)
    const waitMs = at - options.now()
    if (Date.now() + waitMs > Date.parse(notAfter) - leastMs) return { kind: 'not_written' }
    nextWriteAt = at + options.writeEveryMs
    if (waitMs > 0) await rest(waitMs)
    return ask(work)
  }
  const writing = directory as unknown as Writing
  return {
    state: breaker.state,
    directory: {
      offers: directory.offers,
      search: (...asked) => ask(() => directory.search(...asked)),
      refresh: (...asked) => ask(() => directory.refresh(...asked)),
      sync: (asked) => {
        const parts = directory.sync(asked)
        return parts === 'not_offered' ? parts : limited(parts, ask)
      },
      signIns: (span) => {
        const pages = directory.signIns(span)
        return pages === 'not_offered' ? pages : limited(pages, ask)
      },
      privilegeOf: (id) => ask(() => directory.privilegeOf(id)),
      // One question for each group: its own connections end each of them.
      listPrivileged: (signal) => breaker.ask(() => directory.listPrivileged(signal)),
      checkSelf: () => ask(() => directory.checkSelf()),
      find: (id) => ask(() => directory.find(id)),
      readBack: (sent) => ask(() => directory.readBack(sent)),
      endSessions: (id) => ask(() => directory.endSessions(id)),
      clearLockout: (id, operationId) => ask(() => directory.clearLockout(id, operationId)),
      ...(Object.fromEntries(
        writeMethods.map((name) => [
          name,
          (one: Write, ...rest: unknown[]) => write(one, () => writing[name](one, ...rest)),
        ]),
      ) as unknown as Pick<Directory, WriteMethod>),
    },
  }
}

/** Each part within the time of one operation; the time between them is the reader's own. */
async function* limited<Part>(
  parts: AsyncIterable<Part>,
  ask: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Part> {
  const reader = parts[Symbol.asyncIterator]()
  let isOver = false
  try {
    for (;;) {
      const next = await ask(() => reader.next())
      isOver = next.done === true
      if (isOver) return
      yield next.value as Part
    }
  } finally {
    // One that hangs is left behind: its own deadlines end it.
    if (!isOver) void reader.return?.().catch(() => undefined)
  }
}
