/** The part of the port that writes. Adapters alone have these; everybody else goes through a guard (guarded.ts). */
import type { ActingPurpose, writeOf } from '#domain/verification/verification.ts'

/** An account, found by its immutable id: exactly one, or none (N6). */
export type Account = {
  readonly directoryId: string
  /** Rises, or changes, with every write; reading back compares it. */
  readonly version: string
  readonly state: 'active' | 'locked' | 'disabled'
}

/** One write, identified so that a repeat and a zombie are recognised. */
export type Write = {
  readonly directoryId: string
  readonly operationId: string
  /** The account's version when the intent was recorded; another version means that there was another write. */
  readonly expectedVersion: string
  /** By the database's clock: past this moment the write must not happen any more. ISO 8601 UTC. */
  readonly notAfter: string
}

/** The options of a new password. */
export type PasswordOptions = {
  /** The person has to choose another one at the next sign-in. */
  readonly mustChange: boolean
}

/** The answer to a write. `password_refused`: by the directory's own rules, nothing was written. */
export type WriteAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'password_refused'; readonly rule: string }
  | { readonly kind: 'not_written' }
  | { readonly kind: 'not_offered' }

/** The answer to a lock, or to an unlock. */
export type LockAnswer = { readonly kind: 'accepted' | 'not_written' | 'not_offered' }

/**
 * The way for the person to enrol a new factor: a code that the directory issued, such as a temporary access pass. Good
 * once, for the verified device alone; never logged.
 */
export type Enrolment = {
  readonly code: string
  /** ISO 8601 UTC, as the directory said. */
  readonly expiresAt: string
}

/** The answer to an MFA reset. */
export type MfaResetAnswer =
  | {
      readonly kind: 'accepted'
      readonly removed: number
      /** Null: no code is needed, since the directory enrols at the next sign-in with the password. */
      readonly enrolment: Enrolment | null
    }
  | { readonly kind: 'not_written' | 'not_offered' }

/** The intended effect of a write. */
export type Effect = (typeof writeOf)[ActingPurpose] | 'lock_account'

/** A write that was sent, or may have been. */
export type WriteSent = Omit<Write, 'notAfter'> & { readonly effect: Effect }

/**
 * The result of a read back: if the write happened. `unknown`: the account changed, and not by this operation, or
 * nobody can tell by whom.
 */
export type ReadBack = { readonly kind: 'done' | 'not_done' | 'unknown'; readonly version: string | null }

/** The answer to a step beside the write. */
export type StepAnswer = 'done' | 'not_offered' | 'failed'

/**
 * These methods change an account. They throw whatever is not a clear answer and leave it to reading back: a lost connection
 * says nothing about the write (R4).
 */
export type DirectoryWriting = {
  find(directoryId: string): Promise<Account | null>
  /** Once, never twice. An account that is disabled, or privileged where the adapter sees it, is not written. */
  setPassword(write: Write, password: string, options: PasswordOptions): Promise<WriteAnswer>
  /** Lifts a lockout after wrong passwords, without a new one. */
  unlock(write: Write): Promise<LockAnswer>
  /** Locks the account and ends its sessions; a disabled account stays as it is. */
  lockAccount(write: Write): Promise<LockAnswer>
  /** Removes second factors, so that new ones can be enrolled. */
  resetMfa(write: Write): Promise<MfaResetAnswer>
  readBack(sent: WriteSent): Promise<ReadBack>
  endSessions(directoryId: string): Promise<StepAnswer>
  /** Lifts a lockout after a new password, unless the account was written since that operation. */
  clearLockout(directoryId: string, operationId: string): Promise<StepAnswer>
}

/** These writes are sent once, before a time that they must not pass, and read back. */
export const writeMethods = ['setPassword', 'unlock', 'lockAccount', 'resetMfa'] as const
