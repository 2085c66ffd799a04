/** Decides what an error means for the next try. Nothing else decides it. */
import { ApplicationFailure } from '@temporalio/common'
import type { SendResult } from './ports.ts'

/** Classes of PostgreSQL errors that no repetition heals: bad data, broken constraints, a clash in the audit chain. */
const finalClasses = ['22', '23', 'CS']

const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' || typeof code === 'number' ? String(code) : ''
}

/** Our own failures pass; everything else becomes a failure that says its kind and nothing of its text. */
export const toFailure = (error: unknown): ApplicationFailure => {
  if (error instanceof ApplicationFailure) return error
  const name = error instanceof Error ? error.name : 'Error'
  const code = codeOf(error)
  const nonRetryable = finalClasses.some((start) => /^[0-9A-Z]{5}$/.test(code) && code.startsWith(start))
  const type = code === '' ? name : `${name}:${code}`
  return ApplicationFailure.create({ message: `activity failed: ${type}`, type, nonRetryable })
}

/** Errors of a connection that was never made: the provider has seen nothing. */
const neverConnected = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNECTION',
  'EDNS',
]

/** The system's activity when a connection was never made. Mailers overwrite the code and leave this. */
const beforeConnected = ['connect', 'getaddrinfo']

const isBeforeConnected = (error: unknown): boolean => {
  const { syscall } = (error ?? {}) as { syscall?: unknown }
  return typeof syscall === 'string' && beforeConnected.includes(syscall)
}

/** An SMS provider's answer by HTTP status; `providerCode` is its own code for a refused request. */
export const ofHttpStatus = (status: number, providerCode: string): SendResult => {
  // Clearly turned away before anything was accepted.
  if (status === 429 || status === 503) return { kind: 'not_taken', code: `http_${String(status)}` }
  if (status >= 400 && status < 500) return { kind: 'refused', code: providerCode }
  return { kind: 'unknown', code: `http_${String(status)}` }
}

/** No answer at all: only a connection that was never made proves that nothing was sent. */
export const ofNetworkError = (error: unknown): SendResult => {
  const { cause } = (error ?? {}) as { cause?: unknown }
  const code = codeOf(error) || codeOf(cause)
  return neverConnected.includes(code) || isBeforeConnected(error) || isBeforeConnected(cause)
    ? { kind: 'not_taken', code }
    : { kind: 'unknown', code: code || 'no_answer' }
}

/** A mail server's reply: 4xx before DATA and refused recipients prove that nothing was taken. */
export const ofSmtpError = (error: unknown): SendResult => {
  const { responseCode, command } = (error ?? {}) as { responseCode?: number; command?: string }
  if (responseCode === undefined) return ofNetworkError(error)
  const code = `smtp_${String(responseCode)}`
  if (responseCode >= 500) return { kind: 'refused', code }
  return command === 'DATA' ? { kind: 'unknown', code } : { kind: 'not_taken', code }
}
