import type { Db } from '#platform/database/connect.ts'
import type { TextTools } from '#domain/questions/plan.ts'
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Channel } from '#domain/verification/verification.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { Logger } from '#platform/process/log.ts'
import type { FactTools } from '#platform/facts/fact-deps.ts'
import type { OpenDirectory } from './directory/port.ts'
import type { Sender } from '#services/messages/letterhead.ts'
import type { PushServices } from './push/port.ts'

/** One message to one recipient. Never logged. */
export type Message = {
  readonly channel: Channel
  /** E.164, or one plain address. */
  readonly to: string
  /** E-mail only. */
  readonly subject: string | null
  readonly text: string
  /** The same in HTML, for e-mail; null or absent: text alone. */
  readonly html?: string | null
  /** The organisation's name and address for answers, for e-mail; absent: the operator's. */
  readonly sender?: Sender
  /** Our id of the attempt; a provider that can carries it back. */
  readonly reference: string
}

/**
 * The result of a message. `not_taken`: provably nothing was accepted, so the same attempt may begin again · `unknown`:
 * it may have gone out, so it is never sent again silently (R2).
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'not_taken'; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string }

/** Sends messages; answers instead of throwing. */
export type Messenger = { send(message: Message): Promise<SendResult> }

/**
 * Asks a carrier whether the SIM card behind a number was swapped or ported of late (B20). Answers instead of
 * throwing, and within a few seconds.
 */
export type NumberCheck = { check(e164: string): Promise<NumberOutcome> }

/** The number of alarms to admins about a budget of messages. */
export type BudgetAlarms = Record<'nearly_used' | 'used_up', number>

/** Messages in the name of a member of staff or a participant that did not come from the API. */
export type Impersonations = { refused: number }

/** Contacts on file that do not open. */
export type UnreadableCount = { found: number }

/** Activities need these from outside. */
export type ActivityDeps = {
  readonly db: Db
  readonly keys: KeyRing
  readonly messenger: Messenger
  readonly numberCheck: NumberCheck
  /** Origin of the portal, without a trailing slash: the only host that a link ever names (C15). */
  readonly portalUrl: string
  readonly textTools: TextTools
  readonly factTools: FactTools
  readonly openDirectory: OpenDirectory
  /** The organisations' services for pushes to authenticators, by tenant. */
  readonly pushes: PushServices
  readonly log: Logger
  /** Budgets of messages that ran out, or nearly did, since this process started; counted up when admins get a mail (H3). */
  readonly budgetAlarms: BudgetAlarms
  /** Counted up when one is refused (T11). */
  readonly impersonations: Impersonations
  /** Counted up when admins get a mail, once a day for each (E1). */
  readonly unreadable: UnreadableCount
}
