import { createSignal } from 'solid-js'
import { createClient, ProblemError } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { askStepUp } from './step-up.ts'

const [csrfToken, setCsrfToken] = createSignal<string | null>(null)
const [isSessionOver, setSessionOver] = createSignal(false)

/** Kept in memory only; the session's cookie is out of reach of scripts. */
export { csrfToken, setCsrfToken }

/** True once a call was told that the session has ended; every screen then gives way to the way in. */
export { isSessionOver, setSessionOver }

const ask = createClient(consoleRoutes)({ csrfToken })

/** The same as `call`, but a refusal for want of a step-up is the caller's. */
export const callOnce: typeof ask = async (name, input, options) => {
  try {
    return await ask(name, input, options)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) setSessionOver(true)
    throw error
  }
}

/**
 * Typed calls of the console's API. Where one needs a passkey (security.md F6), the person is asked for it and the call made
 * again. Throws `ProblemError`, or `TypeError` without a connection.
 */
export const call: typeof ask = async (name, input, options) => {
  try {
    return await callOnce(name, input, options)
  } catch (error) {
    const isAsked = error instanceof ProblemError && error.problem.code === 'step_up_required'
    if (!isAsked || !(await askStepUp())) throw error
    return callOnce(name, input, options)
  }
}

/** An idempotency key for one intention of the user, kept over its retries. */
export const newKey = (): string => crypto.randomUUID()

/** The code of a refusal or failure, for the copy to put into words. */
export const codeOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.code : 'offline'
