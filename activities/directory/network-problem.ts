import { DirectoryError, type DirectoryProblem } from './directory-error.ts'

const untrusted =
  /^(CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)|^ERR_SSL_|^EPROTO$/

/** Says why a connection failed, from the system's own error code. */
export const networkProblem = (error: unknown): DirectoryProblem => {
  const name = error instanceof Error && 'code' in error ? String(error.code) : ''
  return untrusted.test(name) ? 'untrusted' : 'unreachable'
}

/** Whatever went wrong on the way, in the port's words; the system's own stay behind, since they name addresses. */
export const clearNetworkError = (error: unknown): DirectoryError =>
  error instanceof DirectoryError ? error : new DirectoryError(networkProblem(error))
