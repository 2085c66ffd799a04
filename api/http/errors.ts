import { refusal, type Refusal, type RefusalCode } from '#domain/refusal.ts'

/** One field at fault: where, what kind of fault, and a sentence. Never what was sent (K12). */
export type Issue = { readonly path: string; readonly code: string; readonly message: string }

/** Something understood that is not done. The responder turns it into a problem; nothing else catches it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(code: RefusalCode, slots?: Refusal['slots']) {
    super(code)
    this.refusal = refusal(code, slots)
  }
}

/**
 * A request that cannot be understood. 422: a value is wrong. 400: its shape is (unknown or repeated keys, a list
 * where one value belongs; B7, C14). 413, 415: too large, another content type.
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly status: 400 | 403 | 405 | 413 | 415 | 422
  readonly code: string
  readonly issues: readonly Issue[]
  constructor(status: InvalidInput['status'], issues: readonly Issue[], code = 'invalid_input') {
    super(code)
    this.status = status
    this.code = code
    this.issues = issues
  }
}

/** A part we depend on did not answer in time; the caller may repeat the request with the same key. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds = 2) {
    super('unavailable')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Ends a request whose branch cannot be reached; answers 500. */
export const invariant: (condition: unknown, what: string) => asserts condition = (condition, what) => {
  if (!condition) throw new Error(`invariant: ${what}`)
}
