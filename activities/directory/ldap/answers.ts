import { ResultCodeError } from 'ldapts'
import { DirectoryError, type DirectoryProblem } from '../directory-error.ts'
import { networkProblem } from '../network-problem.ts'

/** Result codes of RFC 4511 that we tell apart. */
export const resultCode = {
  noSuchAttribute: 16,
  constraintViolation: 19,
  noSuchObject: 32,
  invalidCredentials: 49,
  insufficientAccess: 50,
  unwillingToPerform: 53,
} as const

/** The result code of an error, or null when it is something else. */
export const codeOf = (error: unknown): number | null =>
  error instanceof ResultCodeError ? error.code : null

const problems: Readonly<Record<number, DirectoryProblem>> = {
  [resultCode.invalidCredentials]: 'credentials',
  [resultCode.insufficientAccess]: 'rights',
  51: 'throttled',
  52: 'unreachable',
}

const problemOf = (error: unknown): DirectoryProblem => {
  const code = codeOf(error)
  if (code !== null) return problems[code] ?? 'answer'
  return networkProblem(error)
}

/** Whatever went wrong, in the port's words; the server's own stay in `cause`, which is never logged. */
export const clearAnswer = (error: unknown): DirectoryError =>
  error instanceof DirectoryError ? error : new DirectoryError(problemOf(error))
