import { createSignal } from 'solid-js'
import { createClient, ProblemError } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'

const [csrfToken, setCsrfToken] = createSignal<string | null>(null)

/** Kept in memory only; the session's cookie is out of reach of scripts. */
export { setCsrfToken }

/** Typed calls of the console's API. */
export const call = createClient(consoleRoutes)({ csrfToken })

/** An idempotency key for one intention of the user, kept over its retries. */
export const newKey = (): string => crypto.randomUUID()

/** The code of a refusal or failure, for the copy to put into words. */
export const codeOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.code : 'offline'
