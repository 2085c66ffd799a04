import type { ActionState } from '#domain/verification/outcome.ts'
import type { ActingPurpose, actions } from '#domain/verification/verification.ts'
import type { RefusalCode } from '#domain/refusal.ts'

/*
 * The inputs and answers of the activities that a reset asks for. Part of the wire format: fields are added, never
 * renamed.
 */

/** Names the reset, and the run of its workflow that writes. */
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
  /** The reason as a code; never a provider's text. */
  readonly reason: string | null
  readonly operationId: string | null
  /** ISO 8601 UTC, task time. */
  readonly at: string
}

export type IssueGrantInput = {
  readonly reset: ResetRef
  readonly seq: number
  readonly grantSeconds: number
  /** The session of the participant who came back; null: the decision's own. */
  readonly returnedSessionId: string | null
  readonly at: string
}
/**
 * `grantId` null: no grant was issued, and `reason` says why; the action row says failed, or expired where the time of the
 * decision is over.
 */
export type IssueGrantAnswer = {
  readonly grantId: string | null
  readonly reason: RefusalCode | 'time_over' | null
}

export type OperationRef = {
  readonly reset: ResetRef
  readonly grantId: string
  readonly attempt: number
  /** Derived from grant and attempt, so that a retry finds the same row (R4). */
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
/** The directory's answer to the one write. */
export type SetPasswordAnswer =
  | { readonly kind: 'accepted' }
  /** The directory's own password rules; the grant is free again. */
  | { readonly kind: 'password_refused'; readonly triesLeft: number }
  /** Not written, for good: grant unusable, account protected. */
  | { readonly kind: 'refused'; readonly reason: RefusalCode }

export type ReadBackAnswer = { readonly kind: 'done' | 'not_done' | 'unknown' }

/** The directory's answer to the one write of an account without a password; the read back tells the whole truth. */
export type WriteAnswer =
  | { readonly kind: 'accepted' }
  /** Not written, for good: grant unusable, account protected, nothing to do there. */
  | { readonly kind: 'refused'; readonly reason: RefusalCode }

/** The activities that every child has: they issue its grant and record the state of its action. */
export type GrantActivities = {
  issueGrant(input: IssueGrantInput): Promise<IssueGrantAnswer>
  recordAction(input: ActionRecord): Promise<void>
}

/** The activities around every write. */
export type WriteActivities = GrantActivities & {
  recordIntent(input: RecordIntentInput): Promise<RecordIntentAnswer>
  readBack(input: { readonly operation: OperationRef }): Promise<ReadBackAnswer>
}

type AfterWrite = { readonly operation: OperationRef; readonly seq: number; readonly at: string }

/** `portalSessionId`: where the code, if the directory issues one, may be shown, and nowhere else. */
export type ResetMfaInput = { readonly operation: OperationRef; readonly portalSessionId: string }

/** Writes that take or answer more than others. The code of an MFA reset never passes here: histories are logs. */
type OwnWrites = {
  setPassword(input: SetPasswordInput): Promise<SetPasswordAnswer>
  resetMfa(input: ResetMfaInput): Promise<WriteAnswer>
}

type Write = (typeof actions)[ActingPurpose]['activity']

/** The one write of each action, by the name that its purpose gives it. */
export type Writes = OwnWrites & {
  readonly [W in Exclude<Write, keyof OwnWrites>]: (input: {
    readonly operation: OperationRef
  }) => Promise<WriteAnswer>
}

/** The activities after a write. */
type AfterWriteActivities = {
  endSessions(input: AfterWrite): Promise<void>
  clearLockout(input: { readonly operation: OperationRef }): Promise<void>
}

/** Everything that a child may call. */
export type ActionActivities = WriteActivities & AfterWriteActivities & { readonly write: Writes }

/** The same as the worker registers them: writes beside the others. */
export type RegisteredActionActivities = WriteActivities & AfterWriteActivities & Writes
