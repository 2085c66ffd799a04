import type { ActionState } from '#domain/verification/outcome.ts'
import type { RefusalCode } from '#domain/refusal.ts'

/*
 * What the reset asks of its activities, and what they answer. Part of the wire format: fields are added, never renamed.
 */

/** Which reset, and which run of its workflow writes. */
export type ResetRef = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly policyVersion: number
  readonly workflowId: string
  readonly run: { readonly id: string; readonly startedAt: string }
}

/** One record of the action row: `seq` is its place in this run. */
export type ActionRecord = {
  readonly reset: ResetRef
  readonly seq: number
  readonly state: ActionState
  /** A code; never a provider's text. */
  readonly reason: string | null
  readonly operationId: string | null
  /** ISO 8601 UTC, task time. */
  readonly at: string
}

export type IssueGrantInput = {
  readonly reset: ResetRef
  readonly seq: number
  readonly grantSeconds: number
  readonly at: string
}
/** `grantId` null: no grant was issued, and `reason` says why; the action row says failed. */
export type IssueGrantAnswer = { readonly grantId: string | null; readonly reason: RefusalCode | null }

export type OperationRef = {
  readonly reset: ResetRef
  readonly grantId: string
  readonly attempt: number
  /** Derived from grant and attempt, so that a retry finds the same row (security.md R4). */
  readonly operationId: string
}
export type RecordIntentInput = {
  readonly operation: OperationRef
  readonly seq: number
  readonly at: string
}
/** `refusal`: the directory may not be written now (grant gone, account not eligible). */
export type RecordIntentAnswer = { readonly refusal: RefusalCode | null }

export type SetPasswordInput = { readonly operation: OperationRef; readonly inputId: string }
/** What the one write said. */
export type SetPasswordAnswer =
  | { readonly kind: 'accepted' }
  /** The directory's own password rules; the grant is free again. */
  | { readonly kind: 'password_refused'; readonly triesLeft: number }
  /** Not written, for good: grant unusable, account protected. */
  | { readonly kind: 'refused'; readonly reason: RefusalCode }

export type ReadBackAnswer = { readonly kind: 'done' | 'not_done' | 'unknown' }

/** The activities of a password reset. */
export type PasswordResetActivities = {
  issueGrant(input: IssueGrantInput): Promise<IssueGrantAnswer>
  recordIntent(input: RecordIntentInput): Promise<RecordIntentAnswer>
  setPassword(input: SetPasswordInput): Promise<SetPasswordAnswer>
  readBack(input: { readonly operation: OperationRef }): Promise<ReadBackAnswer>
  recordAction(input: ActionRecord): Promise<void>
  endSessions(input: {
    readonly operation: OperationRef
    readonly seq: number
    readonly at: string
  }): Promise<void>
  clearLockout(input: { readonly operation: OperationRef }): Promise<void>
}
