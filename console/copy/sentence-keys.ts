import type { EventType } from '#domain/events/catalog.ts'
import type { NamedReason, NextAction } from '#domain/policy/decide.ts'
import type { ApproverProblem } from '#domain/policy/approver.ts'
import type { SendRefusal, SendWarning } from '#domain/policy/may-send.ts'
import type { QuestionText } from '#domain/questions/plan.ts'
import type { Breach } from '#domain/risk/device-proof.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import type { SharedFloorCode } from '#domain/risk/floors.ts'

/** Reasons of an action that are not refusals of the domain; kept by the reset workflow. */
type ActionReason =
  'cancelled' | 'time_over' | 'reported' | 'superseded' | 'stopped' | `read_back_${'not_done' | 'unknown'}`

type WarningName =
  | `${'contact' | 'password' | 'mfa'}_changed${'' | '_now'}`
  | `directory_${'away' | 'held'}`
  | 'no_contacts'
  | 'one_contact'
  | 'never_via_help_desk'
  | 'blocked'
  | `account_${'locked' | 'disabled' | 'deleted' | 'not_started'}`
  | 'privileged'
  | 'failed_today'
  | 'many_attempts'
  | 'reported'

/** The reasons that stop sending altogether, besides the policy's reasons for one contact. */
type SendStop = 'purpose_not_offered' | 'account_disabled' | 'open_verification' | 'no_contacts'

/** Keys of sentences that the server may name, besides those of the checks. A language that lacks one does not compile. */
export type SentenceKey =
  | `warning.${WarningName}`
  | `send.${SendRefusal | SendWarning | SendStop}`
  | `policy.${NamedReason}`
  | 'policy.sign'
  | `instruction.${NextAction | 'yours' | 'second_code_refused'}`
  | `ask_approver.${ApproverProblem}`
  | `refusal.${RefusalCode | ActionReason}`
  | `event.${EventType}`
  | 'event.second_code.not_sent'
  | 'event.second_code.limit_reached'
  | `breach.${Breach}`
  | `floor.${SharedFloorCode}`
  | QuestionText['key']
  | 'question.unknown'

/** A table of sentences by key. `{name}` is a slot; `[ … {name} …]` is left out where the slot is empty. */
export type Sentences = Readonly<Record<SentenceKey, string>>
