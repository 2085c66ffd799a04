/** What every directory can be asked (architecture.md section 2). Adapters know their protocol and nothing of grants. */

/** An account, found by its immutable id: exactly one, or none (security.md N6). */
export type Account = {
  readonly directoryId: string
  /** Rises, or changes, with every write: what a write is read back by. */
  readonly version: string
  readonly state: 'active' | 'locked' | 'disabled'
}

/** One write, identified so that a repeat and a zombie are recognised. */
export type Write = {
  readonly directoryId: string
  readonly operationId: string
  /** The account's version when the intent was recorded; another one means that somebody else wrote. */
  readonly expectedVersion: string
  /** By the database's clock: past this moment the write must not happen any more. ISO 8601 UTC. */
  readonly notAfter: string
}

/** What a write came to. `password_refused`: by the directory's own rules, nothing was written. */
export type WriteAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'password_refused'; readonly rule: string }
  | { readonly kind: 'not_written' }

/** What a lock came to. */
export type LockAnswer = { readonly kind: 'accepted' | 'not_written' | 'not_offered' }

/** Whether a write happened. `unknown`: the account changed, and not by this operation. */
export type ReadBack = { readonly kind: 'done' | 'not_done' | 'unknown'; readonly version: string | null }

/** What an extra step came to. */
export type StepAnswer = 'done' | 'not_offered' | 'failed'

/** One directory. */
export type Directory = {
  find(directoryId: string): Promise<Account | null>
  setPassword(write: Write, password: string): Promise<WriteAnswer>
  /** Locks the account and ends its sessions; a disabled account stays as it is. */
  lockAccount(write: Write): Promise<LockAnswer>
  readBack(write: Omit<Write, 'notAfter'>): Promise<ReadBack>
  endSessions(directoryId: string): Promise<StepAnswer>
  /** Lifts a lockout after a new password, unless somebody wrote the account since that operation. */
  clearLockout(directoryId: string, operationId: string): Promise<StepAnswer>
}

/** What guards need to know of a write beside its grant: nothing here comes from the caller's say-so. */
export type GuardedWrite = {
  readonly verificationId: string
  readonly grantId: string
  readonly operationId: string
  /** Row of `sealed_inputs`; opened and deleted by the guard. */
  readonly inputId: string
}

/** A lock, and the report that it rests on; there is no grant for it, since it can only take away (security.md B13). */
export type GuardedLock = { readonly reportId: string; readonly operationId: string }

/** What a guarded lock came to. */
export type GuardedLockAnswer =
  | { readonly kind: 'accepted' | 'lost' | 'not_offered' }
  | { readonly kind: 'refused'; readonly problem: string }

/** What a guarded write came to. */
export type GuardedAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'password_refused'; readonly triesLeft: number }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'lost' }

/** A directory that is written under a grant, or locked under a report, and in no other way. */
export type GuardedDirectory = Omit<Directory, 'setPassword' | 'lockAccount'> & {
  lockAccount(lock: GuardedLock): Promise<GuardedLockAnswer>
  setPassword(write: GuardedWrite): Promise<GuardedAnswer>
}

/** Opens a directory of a tenant by name, always guarded. @throws when the name is not known here */
export type OpenDirectory = (tenantId: string, name: string) => GuardedDirectory
