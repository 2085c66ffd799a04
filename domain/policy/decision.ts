/** The policy's answer to a case, in the form in which it is stored, shown and guarded. */
import type { CheckCode } from '../risk/check.ts'
import type { Demand } from '../risk/settings.ts'
import type { Outcome } from '../verification/outcome.ts'
import type { EvidenceKind } from './policy.ts'

/** The policy's answer, from strictest to mildest. The console shows it as a recommendation until a person decides. */
export type PolicyAnswer = 'refuse' | 'hold' | 'approve'

/** The reasons of the policy's answer that are no check; message keys of the console. */
export type NamedReason =
  | 'reported'
  | 'account_state'
  | 'approver_denied'
  | 'never_via_help_desk'
  | 'gate_closed'
  | 'floor'
  | 'risk_high'
  | 'risk_elevated'
  | 'contact_changed'
  | 'own_mailbox'
  | 'new_place'
  | 'privileged'
  | 'privilege_unread'
  | 'elevated_threat'
  | 'not_enough_questions'
  | 'evidence_missing'
  | 'unanswered_questions'
  | 'second_approval_needed'
  | 'nothing_against'

/** A reason of the policy's answer. A check is one where its finding asks for something (signs.ts). */
export type PolicyReason = NamedReason | CheckCode

/**
 * The next act. `second_contact`: send a code to another contact on file · `passkey`: ask for a passkey that the
 * participant enrolled earlier · `provider_sign_in`: ask them to sign in at the organisation's provider · `push`: ask
 * them to approve a push on their authenticator · `recovery_sheet`: ask for a
 * code of their printed sheet · `approver`: ask the manager or a person named for it · `new_evidence`: a fresh link to
 * another contact, an approver, in person, or refuse · `second_approval`: hold for a second person · `close`: nothing
 * more is possible.
 */
export type NextAction =
  | 'auto'
  | 'agent'
  | 'supervisor'
  | 'second_contact'
  | 'passkey'
  | 'provider_sign_in'
  | 'push'
  | 'recovery_sheet'
  | 'approver'
  | 'new_evidence'
  | 'second_approval'
  | 'close'

/** A demand that the policy recorded in place of asking (only-recorded.ts). */
export type WouldAsk = {
  readonly demand: Demand
  readonly reasons: readonly PolicyReason[]
  /** The participant could still have brought what is missing. */
  readonly hasWay: boolean
}

/** The answer with everything screens and guards need. */
export type PolicyDecision = {
  readonly answer: PolicyAnswer
  readonly reasons: readonly PolicyReason[]
  readonly next: NextAction
  readonly evidence: readonly EvidenceKind[]
  /** Kinds still needed, in number and by name: any of `missingClasses` counts, each once. */
  readonly missingCount: number
  readonly missingClasses: readonly EvidenceKind[]
  /** The outcome if the case is closed by this answer alone; null while a person decides. */
  readonly closesAs: Outcome | null
  readonly policyVersion: number
  /** Absent where the policy asked for everything that it demands. */
  readonly wouldAsk?: readonly WouldAsk[]
}
