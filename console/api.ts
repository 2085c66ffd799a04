import { createSignal } from 'solid-js'
import { createClient, createFileClient, ProblemError } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import type { Fault } from './copy/sentences.ts'
import { askStepUp } from './step-up.ts'

const [csrfToken, setCsrfToken] = createSignal<string | null>(null)
const [isSessionOver, setSessionOver] = createSignal(false)

/** Kept in memory only; the session's cookie is out of reach of scripts. */
export { csrfToken, setCsrfToken }

/** True once the API answered that the session has ended; every screen then gives way to the sign-in page. */
export { isSessionOver, setSessionOver }

const ask = createClient(consoleRoutes)({ csrfToken })
const askForFile = createFileClient(consoleRoutes)({ csrfToken })

/** Runs a call; where the session has ended, the sign-in page takes over. */
const watched = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) setSessionOver(true)
    throw error
  }
}

/** Where a passkey is needed (F6), the person is asked for it and the work done again. */
const confirmed = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const isAsked = error instanceof ProblemError && error.problem.code === 'step_up_required'
    if (!isAsked || !(await askStepUp())) throw error
    return work()
  }
}

/** The same as `call`, but the caller handles a refusal for want of a step-up. */
export const callOnce: typeof ask = (name, input, options) => watched(() => ask(name, input, options))

/**
 * Typed calls of the console's API. Where one needs a passkey, the person is asked for it and the call made again. Throws
 * `ProblemError`, or `TypeError` without a connection.
 */
export const call: typeof ask = (name, input, options) => confirmed(() => callOnce(name, input, options))

/** The same for a route that answers with a file. */
export const callForFile: typeof askForFile = (name, input, options) =>
  confirmed(() => watched(() => askForFile(name, input, options)))

/** An idempotency key for one intention of the reader, kept over its retries. */
export const newKey = (): string => crypto.randomUUID()

/** A refusal or failure, for the copy to put into words. */
export const faultOf = (error: unknown): Fault =>
  error instanceof ProblemError
    ? { code: error.problem.code, slots: error.problem.slots }
    : { code: 'offline' }
