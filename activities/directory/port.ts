/** The port of every directory. Adapters know their protocol and nothing of grants. */
import type { PlainPurpose } from '#domain/verification/verification.ts'
import type { DirectoryReading } from './port-people.ts'
import type { DirectoryWriting, Enrolment } from './port-writes.ts'

export { leastSearch } from './port-people.ts'
export { writeMethods } from './port-writes.ts'
export type * from './port-people.ts'
export type * from './port-writes.ts'

/**
 * A directory may lack any of these, by the method that each is. One that is not offered answers `not_offered`, and
 * nothing pretends.
 */
export const capabilityOf = {
  search: 'search',
  refresh: 'refresh',
  sync: 'sync',
  signIns: 'sign_in_log',
  privilegeOf: 'privilege',
  listPrivileged: 'list_privileged',
  checkSelf: 'self_check',
  unlock: 'unlock',
  lockAccount: 'lock_account',
  resetMfa: 'reset_mfa',
  endSessions: 'end_sessions',
  clearLockout: 'clear_lockout',
} as const satisfies Partial<Record<keyof (DirectoryReading & DirectoryWriting), string>>

export type Capability = (typeof capabilityOf)[keyof typeof capabilityOf] | 'must_change'

/** One directory. */
export type Directory = DirectoryReading &
  DirectoryWriting & {
    readonly offers: ReadonlySet<Capability>
  }

/** Beside the grant, guards need these facts of a write: nothing here comes from the caller's say-so. */
export type GuardedAct = {
  readonly verificationId: string
  readonly grantId: string
  readonly operationId: string
}

/** An MFA reset under a grant. */
export type GuardedMfaReset = GuardedAct & {
  /** The portal session that asks. */
  readonly sessionId: string
}

/** A new password under a grant. */
export type GuardedWrite = GuardedAct & {
  /** Row of `sealed_inputs`; opened and deleted by the guard. */
  readonly inputId: string
}

/** A lock, and the report that it rests on; there is no grant for it, since it can only take away (B13). */
export type GuardedLock = { readonly reportId: string; readonly operationId: string }

/** The answer to a guarded lock. */
export type GuardedLockAnswer =
  | { readonly kind: 'accepted' | 'lost' | 'not_offered' }
  | { readonly kind: 'refused'; readonly problem: string }

/** The answer to a guarded write. */
export type GuardedAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'password_refused'; readonly triesLeft: number }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'lost' }

/** The answer to a guarded write that takes nothing but a grant. */
export type GuardedActAnswer =
  { readonly kind: 'accepted' | 'lost' } | { readonly kind: 'refused'; readonly problem: string }

/** The answer to a guarded MFA reset; a code is handed on sealed, and never to staff. */
export type GuardedMfaAnswer =
  | { readonly kind: 'accepted'; readonly enrolment: Enrolment | null }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'lost' }

/** A directory that is written under a grant, or locked under a report, and in no other way. */
export type GuardedDirectory = DirectoryReading &
  Pick<DirectoryWriting, 'find' | 'readBack' | 'endSessions' | 'clearLockout'> & {
    readonly offers: ReadonlySet<Capability>
    lockAccount(lock: GuardedLock): Promise<GuardedLockAnswer>
    setPassword(write: GuardedWrite): Promise<GuardedAnswer>
    /** A write that takes nothing but a grant of that very purpose. */
    write(purpose: PlainPurpose, act: GuardedAct): Promise<GuardedActAnswer>
    resetMfa(act: GuardedMfaReset): Promise<GuardedMfaAnswer>
  }

/** Opens a directory of a tenant by name, always guarded. @throws when the name is not known here */
export type OpenDirectory = (tenantId: string, name: string) => GuardedDirectory
