import type { CheckText } from '#domain/risk/text.ts'
import type { ActionState } from '#domain/verification/outcome.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { OwnContact, OwnFact } from './material.ts'
import type { WithheldReason } from '#domain/access-report.ts'

/** Times are ISO 8601 UTC. */
type Instant = string

/** A question that was put: which family, over a list of how many values, and whether a reply was stored. Never the values. */
export type AskedQuestion = {
  readonly family: string
  readonly at: Instant
  /** The number of values that the list showed; null where there was no list. */
  readonly listed: number | null
  readonly isAnswered: boolean
  readonly seconds: number | null
}

/** One check of a case as its participant may read it. */
export type ReportedCheck = {
  readonly code: string
  readonly category: string
  readonly mode: 'live' | 'shadow'
  readonly status: string
  readonly text: CheckText
  /** dB in the score. */
  readonly applied: number
  readonly evidence: readonly { readonly label: string; readonly value: CheckText | string }[]
}

/** A message, a code or a notice: where it went and its result. */
export type ReportedMessage = {
  readonly kind: string
  readonly channel: string
  readonly contact: string
  readonly status: string
  readonly at: Instant
}

/** One verification of the participant. */
export type ReportedCase = {
  readonly id: string
  readonly startedAt: Instant
  readonly closedAt: Instant | null
  readonly purpose: Purpose
  readonly state: string
  readonly outcome: string | null
  readonly ticket: string | null
  readonly referrer: { readonly kind: string; readonly name: string }
  /** 0.0–10.0; null before scoring, and where it would reveal which answers were right. */
  readonly risk: number | null
  readonly band: string | null
  readonly policyVersion: number
  readonly decision: {
    readonly decision: string
    readonly by: string
    readonly second: string | null
    readonly at: Instant
    readonly reason: string | null
  } | null
  readonly action: { readonly state: ActionState; readonly at: Instant | null } | null
  readonly messages: readonly ReportedMessage[]
  readonly asked: readonly AskedQuestion[]
  readonly checks: readonly ReportedCheck[]
  /** Details of device and network are left out: another person may have used the link. */
  readonly isDetailWithheld: boolean
  readonly feedback: {
    readonly rating: string
    readonly comment: string | null
    readonly at: Instant
  } | null
  readonly labels: readonly {
    readonly label: string
    readonly reason: string
    readonly by: string
    readonly at: Instant
  }[]
  /** When the last raw report of browser and network is deleted; null when there is none (any more). */
  readonly rawUntil: Instant | null
}

/** Rows of one table as they are kept, and which of their columns are withheld. */
export type ReportedTable = {
  readonly table: string
  /** Days after which a row is deleted; null: no end is set. */
  readonly days: number | null
  readonly oldest: Instant | null
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly withheld: readonly { readonly reason: WithheldReason; readonly columns: readonly string[] }[]
}

type Dated<Row> = {
  readonly [K in keyof Row]: Row[K] extends Date
    ? Instant
    : Row[K] extends Date | null
      ? Instant | null
      : Row[K]
}

/**
 * Everything that is kept about one participant and what was done with it (M8): in words first, then table by table. Never
 * the right answer about another person, nor which answers were right.
 */
export type AccessReport = {
  readonly madeAt: Instant
  /** The reference of the request that it answers, as the audit has it. */
  readonly reference: string
  readonly organisation: string
  readonly person: {
    readonly id: string
    readonly name: string
    readonly login: string
    readonly email: string | null
    readonly title: string | null
    readonly department: string | null
    readonly team: string | null
    readonly office: string | null
    readonly country: string | null
    readonly timeZone: string | null
    readonly language: string | null
    readonly managerName: string | null
    readonly hiredOn: string | null
    readonly tier: string
    readonly accountState: string
    readonly directory: string
    readonly passwordChangedAt: Instant | null
    readonly secondStepChangedAt: Instant | null
    readonly refreshedAt: Instant
  }
  readonly contacts: readonly Dated<OwnContact>[]
  readonly facts: readonly Dated<OwnFact>[]
  readonly verifications: readonly ReportedCase[]
  /** The looks into sealed values: what was opened, when, and by which kind of hand. */
  readonly openings: readonly {
    readonly at: Instant
    readonly event: string
    readonly actorKind: string
    readonly verificationId: string | null
  }[]
  readonly tables: readonly ReportedTable[]
}
