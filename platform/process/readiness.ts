/** The readiness of a process: load balancers and operators ask if it can do its work; one code for API and worker. */
import type { Logger } from './log.ts'
import { atMost } from './at-most.ts'

/** The sentence for each reason why a part is not ready; the word is in the answer, the sentence in the log. */
const sentences = {
  no_answer: 'not ready: a part gives no answer',
  schema_missing: 'not ready: the database was never migrated; run migrate',
  schema_older: 'not ready: the database lacks migrations of this build; run migrate',
  schema_newer: 'not ready: the database was migrated by a later build; start that one',
  schema_differs: 'not ready: the database was migrated by another build; start that one',
  functions_differ:
    'not ready: another build wrote the functions of the database; run migrate of the newer of the two',
  database_role: 'not ready: DATABASE_URL names a role that is not this process’s own',
  namespace_missing: 'not ready: Temporal has no namespace of the name in TEMPORAL_NAMESPACE; create it',
  search_attributes_missing: 'not ready: the namespace in Temporal lacks search attributes; create them',
  static_files_missing:
    'not ready: STATIC_DIR lacks pages of console or portal; name the folder that was built',
  not_polling: 'not ready: the workers do not poll',
} as const

/** The reason why a part is not ready. */
export type Reason = keyof typeof sentences

/** One thing that a process needs. */
export type Probe = {
  readonly part: string
  /**
   * Finds what keeps the part from being used, and the names of what is missing; null: nothing. A look that throws is
   * no answer.
   */
  readonly look: () => Promise<Lack | null>
  /** The process counts as ready for this long while the part gives no answer; without it no moment. */
  readonly patienceMs?: number
}

/** The lack that keeps a part from being used. */
export type Lack = { readonly reason: Reason; readonly names?: readonly string[] }

type Part = { readonly state: string; readonly isReady: boolean }

/** The answer of `/health/ready`: each part with `ready` or the word for what is wrong. */
export type Readiness = { readonly isReady: boolean; readonly parts: Readonly<Record<string, string>> }

/** Longest wait for one part, so that a probe has its answer within two seconds whatever hangs. */
const deadlineMs = 1_500
/** An answer is good for this long, so that probes cost nothing. */
const freshMs = 1_000
/** The process looks this often without being asked, so that the log says what is wrong and since when. */
const everyMs = 5_000

type Watched = (now: number) => Promise<Part>

const watch = ({ part, look, patienceMs = 0 }: Probe, log: Logger): Watched => {
  let pending: Promise<Lack | null> | undefined
  let silentSince: number | undefined
  let said: string | undefined
  const ask = (): Promise<Lack | null> =>
    (pending ??= look()
      .catch((): Lack => ({ reason: 'no_answer' }))
      .finally(() => {
        pending = undefined
      }))
  const tell = (lack: Lack | null): void => {
    const word = lack === null ? undefined : [lack.reason, ...(lack.names ?? [])].join('/')
    if (word === said) return
    if (lack === null) log.info('ready again', { part })
    // eslint-disable-next-line house/constant-log-message -- each sentence is a constant of the table above
    else log.warn(sentences[lack.reason], { part, reason: word })
    said = word
  }
  return async (now) => {
    const lack = await atMost(deadlineMs, ask(), { reason: 'no_answer' } as const)
    tell(lack)
    if (lack?.reason !== 'no_answer') silentSince = undefined
    if (lack === null) return { state: 'ready', isReady: true }
    if (lack.reason !== 'no_answer')
      return { state: [lack.reason, ...(lack.names ?? [])].join('/'), isReady: false }
    silentSince ??= now
    return { state: 'no_answer', isReady: now - silentSince < patienceMs }
  }
}

/** The end of a process is no answer of its parts. */
const ending: Readiness = { isReady: false, parts: { process: 'ending' } }

/** Readiness of a process. */
export type Ready = {
  readonly look: () => Promise<Readiness>
  /** Looks by itself from now on, so that the log says what is wrong, and since when, although nobody asks. Gives its end. */
  readonly keepLooking: () => () => void
}

/** Looks at all parts at once, each under a deadline of its own. */
export const createReadiness = (options: {
  readonly log: Logger
  readonly probes: readonly Probe[]
  readonly isEnding: () => boolean
}): Ready => {
  const parts = options.probes.map((probe) => ({ part: probe.part, watched: watch(probe, options.log) }))
  const lookNow = async (): Promise<Readiness> => {
    const now = performance.now()
    const found = await Promise.all(
      parts.map(async ({ part, watched }) => ({ part, ...(await watched(now)) })),
    )
    return {
      isReady: found.every(({ isReady }) => isReady),
      parts: Object.fromEntries(found.map(({ part, state }) => [part, state])),
    }
  }
  let last: { readonly at: number; readonly found: Promise<Readiness> } | undefined
  const look = (): Promise<Readiness> => {
    if (options.isEnding()) return Promise.resolve(ending)
    if (last === undefined || performance.now() - last.at > freshMs)
      last = { at: performance.now(), found: lookNow() }
    return last.found
  }
  return {
    look,
    keepLooking: () => {
      const timer = setInterval(() => void look(), everyMs)
      timer.unref()
      return () => {
        clearInterval(timer)
      }
    },
  }
}
