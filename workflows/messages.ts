import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common'
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { RefusalCode } from '#domain/refusal.ts'
import type { ActionState, Decision, Outcome } from '#domain/verification/outcome.ts'
import type { VerificationState } from '#domain/verification/state.ts'
import {
  actingPurposes,
  actions,
  type ActingPurpose,
  type Channel,
  type Purpose,
  type Tier,
} from '#domain/verification/verification.ts'

/*
 * Everything that outsiders may know of the workflows: names, inputs, answers, ids, queues. A wire format: once
 * released, nothing here is renamed. Payloads carry ids, codes and masked values only, since histories are logs:
 * never a token, match code, password, answer, contact or name.
 */

type ActionType = (typeof actions)[ActingPurpose]['workflow']

/** Workflow types: one for a verification, one for each action, and one for work that belongs to no case. */
export const workflowTypes = {
  verification: 'verification',
  ...(Object.fromEntries(
    actingPurposes.map((purpose) => [actions[purpose].workflow, actions[purpose].workflow]),
  ) as { readonly [Type in ActionType]: Type }),
  directorySearch: 'directorySearch',
  maintenance: 'maintenance',
} as const

/** A message is tried this often while no provider has taken it. */
export const sendAttempts = 8

/** Task queues; workflows and their records share one, so that eager dispatch works. */
export const taskQueues = (prefix: string) =>
  ({
    main: `${prefix}-main`,
    delivery: `${prefix}-delivery`,
    directory: `${prefix}-directory`,
    maintenance: `${prefix}-maintenance`,
  }) as const

/**
 * `<tenant>/<kind>/<opaque id>`, at most 255 characters, no personal data. Whatever is done to an account, reset, unlock or
 * new factors, has one id made of the account, so that the server keeps two of them from running side by side; its kind
 * keeps the name of the first.
 */
export const workflowId = (
  tenantId: string,
  kind: 'verification' | 'password-reset' | 'directory-search',
  id: string,
): string => `${tenantId}/${kind}/${id}`

/** Operators find an execution by these: keywords and one time, never personal data. */
export const searchAttributes = {
  tenant: defineSearchAttributeKey('TenantId', 'KEYWORD'),
  kind: defineSearchAttributeKey('CaseKind', 'KEYWORD'),
  purpose: defineSearchAttributeKey('Purpose', 'KEYWORD'),
  /** The state of a verification; for a reset, the state of its action. */
  state: defineSearchAttributeKey('CaseState', 'KEYWORD'),
  /** Set once a verification is scored. */
  band: defineSearchAttributeKey('RiskBand', 'KEYWORD'),
  /** The id of the person or client that asked for it. */
  agent: defineSearchAttributeKey('AgentRef', 'KEYWORD'),
  openedAt: defineSearchAttributeKey('OpenedAt', 'DATETIME'),
}

/** Attributes of an execution that starts now; state and band follow as they change. */
export const attributesAtStart = (
  kind: 'verification' | ActingPurpose,
  { tenantId, purpose, referrer }: Pick<VerificationInput, 'tenantId' | 'purpose' | 'referrer'>,
  now: Date,
): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: searchAttributes.tenant, value: tenantId },
    { key: searchAttributes.kind, value: kind },
    { key: searchAttributes.purpose, value: purpose },
    { key: searchAttributes.state, value: kind === 'verification' ? 'created' : 'none' },
    { key: searchAttributes.agent, value: referrer.id },
    { key: searchAttributes.openedAt, value: now },
  ])

/** The actor by kind and id only; activities look the display name up. */
export type ActorRef = {
  readonly kind: 'agent' | 'participant' | 'approver' | 'api_client' | 'provider' | 'system'
  readonly id: string
}

/**
 * The API's attestation for what is done in the name of staff (`platform/crypto/staff-attestation.ts`): the worker refuses a
 * message without it. `steppedUpAt`: ISO 8601 UTC of the passkey of an approval; null without one.
 */
export type StaffAttestation = {
  readonly steppedUpAt: string | null
  readonly keyId: string
  readonly mac: string
}

/** Every duration of a verification in seconds, from its policy, so that tests need no time skipping. */
export type Lifetimes = {
  readonly linkSeconds: number
  readonly codeSeconds: number
  /** From start to decision; when it is over the verification closes by itself. */
  readonly verificationSeconds: number
  /** A grant lives this long after the decision. */
  readonly grantSeconds: number
}

/** Input of the workflow `verification`. */
export type VerificationInput = {
  readonly tenantId: string
  readonly verificationId: string
  readonly purpose: Purpose
  readonly tier: Tier
  readonly policyVersion: number
  readonly personId: string
  readonly referrer: { readonly kind: 'agent' | 'self_service' | 'api_client'; readonly id: string }
  readonly channel: Channel
  readonly contactId: string
  readonly contactMasked: string
  readonly ticket: string | null
  readonly lifetimes: Lifetimes
  /** Without it the worker starts nothing. */
  readonly attestation?: StaffAttestation
  /** Prefix of the task queues, from the worker's configuration. */
  readonly queuePrefix: string
  /** State carried over by continue-as-new; absent on the first run. */
  readonly carried?: unknown
}

/** The answer of `open` and `resend`, once their move is recorded. */
export type SendAnswer = {
  readonly state: VerificationState
  /** accepted by the provider, refused by it, or unknown (shown, never re-sent silently). */
  readonly delivery: 'accepted' | 'refused' | 'unknown'
  readonly contactMasked: string
  readonly linkOrdinal: number
  /** ISO 8601 UTC. */
  readonly linkExpiresAt: string
  readonly verificationExpiresAt: string
  /** Set when nothing was sent because a limit or rule forbids it. */
  readonly refusal: RefusalCode | null
}

/** The answer to a typed match code; a wrong one is an accepted message whose answer says no. */
export type MatchCodeAnswer =
  | {
      readonly accepted: true
      readonly portalSessionId: string
      readonly route: 'questions' | 'second_contact' | 'none'
    }
  | { readonly accepted: false; readonly reason: RefusalCode; readonly triesLeft: number }

/** The answer to a decision. */
export type DecisionAnswer = {
  readonly state: VerificationState
  readonly outcome: Outcome | null
  readonly decision: Decision | null
  /** Set when the activity refused (evidence missing, own case ...): nothing was recorded as decided. */
  readonly refusal: RefusalCode | null
  /** A first approval is recorded and waits so long for the second, ISO 8601 UTC; absent otherwise. */
  readonly awaitsSecondUntil?: string
}

/** Opens the verification: sends the link. Update-with-start; no validator that input can fail. */
export const openUpdate = defineUpdate<SendAnswer, []>('verification.open')

/** A fresh link; kills the older one. */
export type ResendInput = {
  readonly channel: Channel
  readonly contactId: string
  readonly contactMasked: string
  readonly actor: ActorRef
  readonly attestation?: StaffAttestation
}
export const resendUpdate = defineUpdate<SendAnswer, [ResendInput]>('verification.resend')

/** `inputId`: row of `sealed_inputs` with what was typed; for a match code, with the portal session that is to begin. */
export type SubmitInput = { readonly inputId: string }
export const submitMatchCodeUpdate = defineUpdate<MatchCodeAnswer, [SubmitInput]>(
  'verification.submitMatchCode',
)

/** The code to a different contact: right, or given up, it completes the answers. No reason: it was asked for again. */
export type SecondCodeAnswer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: RefusalCode | null; readonly triesLeft: number }
export const submitSecondCodeUpdate = defineUpdate<SecondCodeAnswer, [SubmitInput]>(
  'verification.submitSecondCode',
)

/** The agent asks for an approver. The directory decides who that is, never the caller. */
export type AskApproverInput = { readonly actor: ActorRef; readonly attestation?: StaffAttestation }
export type AskApproverAnswer = { readonly asked: boolean; readonly refusal: RefusalCode | null }
export const askApproverUpdate = defineUpdate<AskApproverAnswer, [AskApproverInput]>(
  'verification.askApprover',
)

/**
 * The answer to what an approver said, by row of `sealed_inputs`; wrong digits are an accepted message whose answer
 * says no.
 */
export type ApproverSaidAnswer =
  | { readonly accepted: true; readonly said: 'yes' | 'no' | 'not_sure' }
  | { readonly accepted: false; readonly reason: RefusalCode; readonly triesLeft: number }
export const answerApproverUpdate = defineUpdate<ApproverSaidAnswer, [SubmitInput]>(
  'verification.answerApprover',
)
/** The answer to a passkey's proof, or to "not at hand". `isOver`: nothing more is asked by this route. */
export type PasskeyAnswer = {
  readonly isOver: boolean
  readonly refusal: RefusalCode | null
  readonly triesLeft: number
}
/** The participant's passkey on the route `passkey`, or that it is not at hand; either may complete the answers. */
export const submitPasskeyUpdate = defineUpdate<PasskeyAnswer, [SubmitInput]>('verification.submitPasskey')

/** The answer to a sign-in at the organisation's provider, or to "not now". `isOver`: nothing more is asked by this route. */
export type ProviderSignInAnswer = { readonly isOver: boolean; readonly triesLeft: number }
/** The participant's sign-in on the route `provider_sign_in`, or that they cannot; either may complete the answers. */
export const submitProviderSignInUpdate = defineUpdate<ProviderSignInAnswer, [SubmitInput]>(
  'verification.submitProviderSignIn',
)

/** The answer to "send me a push", or to "I cannot approve one". `isOver`: nothing more is asked by this route. */
export type PushAnswer = { readonly isOver: boolean; readonly pushesLeft: number }
/** The participant wants a push on the route `push`, or cannot approve one; the latter completes the answers. */
export const submitPushUpdate = defineUpdate<PushAnswer, [SubmitInput]>('verification.submitPush')

/** The answer to a code of a printed sheet, or to "not at hand". `isOver`: nothing more is asked by this route. */
export type RecoveryCodeAnswer = {
  readonly isOver: boolean
  readonly isWrong: boolean
  readonly triesLeft: number
}
/** The participant's code on the route `recovery_sheet`, or that none is at hand; either may complete the answers. */
export const submitRecoveryCodeUpdate = defineUpdate<RecoveryCodeAnswer, [SubmitInput]>(
  'verification.submitRecoveryCode',
)

/** `screenHash`: hash of what the decider was shown (D4), hex. */
export type DecideInput = {
  readonly decision: Decision
  readonly reason: string
  readonly actor: ActorRef
  readonly screenHash: string
  readonly attestation?: StaffAttestation
}
export const decideUpdate = defineUpdate<DecisionAnswer, [DecideInput]>('verification.decide')

export type CancelInput = {
  readonly actor: ActorRef
  readonly reason: string
  readonly attestation?: StaffAttestation
}
export const cancelUpdate = defineUpdate<{ readonly state: VerificationState }, [CancelInput]>(
  'verification.cancel',
)

/** Nothing more is asked: all steps of the plan are done, or the gate closed. Sent once; deduplicated by id. */
export const answersCompletedSignal = defineSignal<[{ readonly completionId: string }]>(
  'verification.answersCompleted',
)

/** A provider's later report. Information, never evidence. */
export type DeliveryReport = {
  readonly reportId: string
  readonly deliveryId: string
  readonly status: 'delivered' | 'undelivered'
  /** The provider's own code for why it did not arrive. */
  readonly code?: string
}
export const deliveryReportedSignal = defineSignal<[DeliveryReport]>('verification.deliveryReported')

/** The participant said "this was not me" and confirmed it, on the portal or from a message. */
export const reportedSignal = defineSignal<[{ readonly reportId: string }]>('verification.reported')

/** For support and tests; screens read PostgreSQL. */
export type VerificationView = {
  readonly state: VerificationState
  readonly outcome: Outcome | null
  readonly decision: Decision | null
  readonly seq: number
  readonly recordedSeq: number
}
export const viewQuery = defineQuery<VerificationView>('verification.view')

/** Input of every child that acts. They outlive their parent. */
export type PasswordResetInput = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly policyVersion: number
  readonly grantSeconds: number
  readonly queuePrefix: string
  /** The terms on which a participant comes back whose session ended before the grant. */
  readonly returning: {
    readonly linkSeconds: number
    readonly codeSeconds: number
    readonly seconds: number
  }
}

/** The answer to a submitted password. `triesLeft` counts the directory's policy refusals (N4). */
export type SubmitPasswordAnswer = {
  readonly action: ActionState
  readonly refusal: RefusalCode | null
  readonly triesLeft: number
}

/** `inputId`: row of `sealed_inputs` with the new password, sealed to the worker. */
export const submitPasswordUpdate = defineUpdate<SubmitPasswordAnswer, [SubmitInput]>(
  'passwordReset.submitPassword',
)

/** The participant asks for it on the verified device; `portalSessionId`: their session, where a code may be shown. */
export type ResetMfaSaid = { readonly portalSessionId: string }
export type ResetMfaAnswer = { readonly action: ActionState; readonly refusal: RefusalCode | null }
export const resetMfaUpdate = defineUpdate<ResetMfaAnswer, [ResetMfaSaid]>('mfaReset.resetMfa')

/** To any child: voids the grant if it is not spent yet ("this was not me", or a newer decision for the same account). */
export type RevokeInput = { readonly reportId: string; readonly reason?: 'reported' | 'superseded' }
export const revokeSignal = defineSignal<[RevokeInput]>('passwordReset.revoke')

export const resetViewQuery = defineQuery<{ readonly action: ActionState; readonly seq: number }>(
  'passwordReset.view',
)

/** The match code of a link by which the participant comes back; wrong, it is an accepted message whose answer says no. */
export const submitReturnCodeUpdate = defineUpdate<MatchCodeAnswer, [SubmitInput]>(
  'passwordReset.submitReturnCode',
)
/** A fresh link to come back by; kills the older one. */
export const sendReturnLinkUpdate = defineUpdate<SendAnswer, [ResendInput]>('passwordReset.sendReturnLink')

/** Staff stop what is approved and not done yet. */
export type StopInput = CancelInput
export type StopAnswer = { readonly action: ActionState; readonly refusal: RefusalCode | null }
export const stopActionUpdate = defineUpdate<StopAnswer, [StopInput]>('passwordReset.stop')
