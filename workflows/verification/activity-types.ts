import type { Move, Progress, VerificationState } from '#domain/verification/state.ts'
import type { Decision } from '#domain/verification/outcome.ts'
import type { Channel, Purpose, Tier } from '#domain/verification/verification.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import type {
  ActorRef,
  ApproverSaidAnswer,
  DeliveryReport,
  PasskeyAnswer,
  ProviderSignInAnswer,
  PushAnswer,
  RecoveryCodeAnswer,
  SecondCodeAnswer,
  StaffAttestation,
} from '../messages.ts'

/*
 * The inputs and answers of the activities that a verification asks for. Part of the wire format: fields are added,
 * never renamed. Ids, codes and masked values only.
 */

/** Names the verification, and the run of its workflow that writes; the order key of every record is (run start, seq). */
export type CaseRef = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: Purpose
  readonly tier: Tier
  readonly policyVersion: number
  readonly referrer: { readonly kind: 'agent' | 'self_service' | 'api_client'; readonly id: string }
  readonly ticket: string | null
  /** ISO 8601 UTC; start of the first run. */
  readonly createdAt: string
  readonly expiresAt: string
  readonly run: { readonly id: string; readonly startedAt: string }
}

/** The workflow's state as a record carries it: whole, never an increment. */
export type Snapshot = Progress & {
  readonly channel: Channel
  readonly contactId: string
  readonly contactMasked: string
  readonly linkOrdinal: number
  /** Row of `deliveries` of the current link; empty where none was begun. */
  readonly linkDeliveryId: string
  /** The session whose code came by the newest link; null until one did. */
  readonly portalSessionId: string | null
}

/**
 * The id of a request in the name of staff, and the API's attestation of it: what it asks for is recorded with both, or not
 * at all.
 */
export type StaffRequest = { readonly operationId: string; readonly attestation?: StaffAttestation }

/** One move as recorded. `create` is the birth of the verification. */
export type RecordedMove = {
  readonly seq: number
  readonly move: Move | 'create'
  readonly from: VerificationState | null
  readonly to: VerificationState
  readonly actor: ActorRef
  /** ISO 8601 UTC, task time. */
  readonly occurredAt: string
  /** A code or the staff's words for a cancellation; never the participant's. */
  readonly reason?: string
  /** Id of the report that ended it, or of the delivery that it reports. */
  readonly ref?: string
  /** The facts of the person come from the last reading, since the directory did not answer in time. */
  readonly person?: 'late'
  /** The attestation of a start, and of everything that staff asked for. */
  readonly staffRequest?: StaffRequest
}

/** Input of an activity that moves the state itself: `snapshot` is what is recorded so far. */
export type StepInput = {
  readonly case: CaseRef
  readonly snapshot: Snapshot
  /** Task time, ISO 8601 UTC: becomes `occurred_at` of what the step records. */
  readonly at: string
}

export type DeliverLinkInput = {
  readonly case: CaseRef
  readonly ordinal: number
  readonly channel: Channel
  readonly contactId: string
  readonly linkSeconds: number
  /**
   * The act and the person or client who asks for it; absent where the child of a decision sends, which has checked that
   * itself.
   */
  readonly asked?: {
    readonly act: 'start' | 'resend'
    readonly byId: string
    readonly staffRequest: StaffRequest
  }
}
/** `refusal`: nothing was sent and why; a provider's no has none. */
export type DeliverLinkAnswer = {
  readonly delivery: 'accepted' | 'refused' | 'unknown'
  readonly deliveryId: string
  readonly linkExpiresAt: string
  readonly refusal: RefusalCode | null
  /**
   * `read`: the person's directory was read anew before; `late`: it did not answer in time. Absent where there is
   * nothing to ask.
   */
  readonly person?: 'read' | 'late'
}

export type RecordTransitionInput = {
  readonly case: CaseRef
  readonly snapshot: Snapshot
  readonly moves: readonly RecordedMove[]
  readonly deliveryReports?: readonly DeliveryReport[]
}

export type AcceptMatchCodeInput = StepInput & { readonly inputId: string; readonly codeSeconds: number }
export type AcceptMatchCodeAnswer =
  | {
      readonly accepted: true
      readonly portalSessionId: string
      readonly route: 'questions' | 'second_contact' | 'none'
      readonly moves: readonly Move[]
    }
  | { readonly accepted: false; readonly reason: RefusalCode; readonly triesLeft: number }

export type DeliverSecondCodeInput = {
  readonly case: CaseRef
  readonly ordinal: number
  readonly codeSeconds: number
  /** Input with which the participant asked for it again; absent the first time. */
  readonly askId?: string
}
export type DeliverSecondCodeAnswer = { readonly delivery: 'accepted' | 'refused' | 'unknown' }
export type AcceptSecondCodeInput = { readonly case: CaseRef; readonly inputId: string; readonly at: string }
/** `asksAgain`: the code that was refused is to be sent now. */
export type AcceptSecondCodeAnswer = SecondCodeAnswer | { readonly asksAgain: true }

export type AcceptPasskeyInput = { readonly case: CaseRef; readonly inputId: string; readonly at: string }
export type AcceptProviderSignInInput = AcceptPasskeyInput
export type AcceptPushInput = AcceptPasskeyInput
export type AcceptRecoveryCodeInput = AcceptPasskeyInput

export type AskApproverInput = {
  readonly case: CaseRef
  readonly ordinal: number
  readonly actor: ActorRef
  /** Set where staff ask: an approver who was asked before may be asked again. Absent where the policy asks. */
  readonly staffRequest?: StaffRequest
}
/** `seconds`: how long the approver may answer. */
export type AskApproverStepAnswer =
  | { readonly asked: true; readonly seconds: number }
  | { readonly asked: false; readonly refusal: RefusalCode }
export type AcceptApproverAnswerInput = {
  readonly case: CaseRef
  readonly inputId: string
  readonly at: string
}

/**
 * `approverOver`: ordinal of a request that nobody answered in time. `withoutApprover`: none could be asked, so the answer
 * may not be to ask one.
 */
export type ScoreInput = StepInput & {
  readonly completionId: string
  readonly approverOver?: number
  readonly withoutApprover?: true
}
/** `moves` are recorded already. `childId`: set when policy approved by itself and the purpose acts. */
export type ScoreAnswer = {
  readonly moves: readonly Move[]
  readonly recommendation: 'approve' | 'hold' | 'refuse'
  readonly riskTenths: number
  readonly band: string
  readonly childId: string | null
  /** No move: the workflow asks for a code to a different contact, and the case stays in `answering`. */
  readonly asksSecondContact: boolean
  /** No move: an approver is to be asked. */
  readonly asksApprover: boolean
}

export type RecordDecisionInput = StepInput & {
  readonly decision: Decision
  readonly reason: string
  readonly actor: ActorRef
  readonly screenHash: string
  readonly staffRequest: StaffRequest
}
/**
 * `refusal` set: nothing was decided. `childId`: id of the workflow that acts, where the purpose acts. `first`: no move, a
 * first approval that waits so long for the second (`expiresAt`: ISO 8601 UTC, the same moment).
 */
export type RecordDecisionAnswer = {
  readonly refusal: RefusalCode | null
  readonly moves: readonly Move[]
  readonly childId: string | null
  readonly first?: { readonly id: string; readonly seconds: number; readonly expiresAt: string }
}

/** Ends a first approval that nobody followed; where it is over already, nothing happens. */
export type EndFirstApprovalInput = {
  readonly case: CaseRef
  readonly approvalId: string
  readonly at: string
}

/** The activities of a verification. */
export type VerificationActivities = {
  deliverLink(input: DeliverLinkInput): Promise<DeliverLinkAnswer>
  recordTransition(input: RecordTransitionInput): Promise<void>
  acceptMatchCode(input: AcceptMatchCodeInput): Promise<AcceptMatchCodeAnswer>
  deliverEntryCode(input: DeliverSecondCodeInput): Promise<DeliverSecondCodeAnswer>
  deliverSecondCode(input: DeliverSecondCodeInput): Promise<DeliverSecondCodeAnswer>
  acceptSecondCode(input: AcceptSecondCodeInput): Promise<AcceptSecondCodeAnswer>
  askApprover(input: AskApproverInput): Promise<AskApproverStepAnswer>
  acceptApproverAnswer(input: AcceptApproverAnswerInput): Promise<ApproverSaidAnswer>
  acceptPasskey(input: AcceptPasskeyInput): Promise<PasskeyAnswer>
  acceptProviderSignIn(input: AcceptProviderSignInInput): Promise<ProviderSignInAnswer>
  acceptPush(input: AcceptPushInput): Promise<PushAnswer>
  acceptRecoveryCode(input: AcceptRecoveryCodeInput): Promise<RecoveryCodeAnswer>
  scoreVerification(input: ScoreInput): Promise<ScoreAnswer>
  recordDecision(input: RecordDecisionInput): Promise<RecordDecisionAnswer>
  endFirstApproval(input: EndFirstApprovalInput): Promise<void>
}
