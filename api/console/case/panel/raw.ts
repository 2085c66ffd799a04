import type { PolicyDecision } from '#domain/policy/decide.ts'
import type { LabelBasis } from '#domain/risk/calibration/case.ts'
import type { CheckResult } from '#domain/risk/check.ts'
import type { RiskScore } from '#domain/risk/score.ts'
import type { Band } from '#domain/risk/settings.ts'
import type { ActionState, Decision, Outcome } from '#domain/verification/outcome.ts'
import type { VerificationState } from '#domain/verification/state.ts'
import type { Channel, Purpose, Tier } from '#domain/verification/verification.ts'
import { readVerification } from '#services/verifications/verifications.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import { Refused } from '../../../http/errors.ts'
import { requireNotOwn } from '../../scope.ts'

type Time = string

/** One verification as `read_verification` gives it: rows as the tables hold them, bytea as `\x…` text. */
export type RawVerification = {
  readonly verification: {
    readonly id: string
    readonly created_at: Time
    readonly purpose: Purpose
    readonly tier: Tier
    readonly policy_version: number
    readonly person_id: string
    readonly state: VerificationState
    readonly outcome: Outcome | null
    readonly decision: Decision | null
    readonly decided_by_name: string | null
    readonly decision_reason: string | null
    readonly decided_at: Time | null
    readonly recommendation: 'approve' | 'hold' | 'refuse' | null
    readonly recommendation_reasons: readonly string[]
    readonly instruction: string | null
    readonly referrer_kind: string
    readonly referrer_id: string | null
    readonly referrer_name: string
    readonly channel: Channel
    readonly contact_id: string
    readonly contact_masked: string
    readonly contact_label: string | null
    readonly ticket: string | null
    readonly risk_tenths: number | null
    readonly band: Band | null
    readonly code_tries: number
    readonly sent_at: Time | null
    readonly opened_at: Time | null
    readonly answers_completed_at: Time | null
    readonly scored_at: Time | null
    readonly closed_at: Time | null
    readonly expires_at: Time
  }
  readonly person: {
    readonly id: string
    readonly display_name: string
    readonly work_email: string | null
    readonly title: string | null
    readonly department: string | null
    readonly office: string | null
    readonly tier: Tier
    readonly account_state: string
  }
  readonly action: {
    readonly state: ActionState
    readonly reason: string | null
    readonly recorded_at: Time
    readonly completed_at: Time | null
    readonly sessions_ended: 'done' | 'not_offered' | 'failed' | null
    readonly not_before: Time | null
  } | null
  readonly link: {
    readonly expires_at: Time
    readonly used_at: Time | null
    readonly voided_at: Time | null
  } | null
  readonly plan: {
    readonly route:
      'questions' | 'second_contact' | 'passkey' | 'provider_sign_in' | 'push' | 'recovery_sheet' | 'none'
    readonly plan_sealed: string
    readonly completed_at: Time | null
    readonly code_refusal: string | null
    readonly code_next_at: Time | null
    readonly code_given_up_at: Time | null
  } | null
  readonly scoring: {
    readonly ordinal: number
    readonly results: readonly CheckResult[]
    readonly evidence_sealed: string
    readonly evidence_digest: string
    readonly score: RiskScore
    readonly decision: PolicyDecision
  } | null
  readonly feedback: {
    readonly rating: 'easy' | 'hard'
    readonly comment_sealed: string | null
    readonly at: Time
  } | null
  readonly session: {
    readonly started_at: Time
    readonly ended_at: Time | null
    readonly language: string
  } | null
  readonly pageSeenAt: Time | null
  readonly answers: readonly {
    readonly position: number
    readonly created_at: Time
    readonly family: string
    readonly reply_sealed: string | null
    readonly verdict: 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'
    readonly timed_out: boolean
    readonly seconds_tenths: number
    readonly extensions: number
  }[]
  readonly deliveries: readonly {
    readonly kind: 'link' | 'second_code' | 'entry_code' | 'notice' | 'approver_request'
    readonly ordinal: number
    readonly channel: Channel
    readonly contact_masked: string
    readonly contact_label: string | null
    readonly status: string
    readonly error_code: string | null
    readonly report_code: string | null
    readonly begun_at: Time
    readonly finished_at: Time | null
    readonly sent_at: Time | null
    readonly delayed_at: Time | null
    readonly reported_at: Time | null
  }[]
  readonly labels: readonly {
    readonly label: string
    readonly reason: string
    readonly basis: LabelBasis
    readonly by_name: string
    readonly at: Time
  }[]
  readonly probes: readonly {
    readonly id: string
    readonly kind: 'collector' | 'request'
    readonly report_sealed: string
  }[]
  readonly events: readonly {
    readonly at: Time
    readonly type: string
    readonly actorKind: string
    readonly actorName: string | null
    readonly payload: Readonly<Record<string, unknown>>
  }[]
}

/** ISO 8601 UTC of a database time. */
export const instant = (time: Time): string => new Date(time).toISOString()

/** The same for one that may be missing. */
export const instantOrNull = (time: Time | null | undefined): string | null =>
  time == null ? null : instant(time)

/**
 * Reads a verification that this caller may see.
 * @throws Refused not_found (unknown or another tenant's), own_case
 */
export const readRaw = async (tx: Tx, staff: StaffCaller, id: string): Promise<RawVerification> => {
  const found = (await readVerification(tx, id)) as RawVerification | null
  if (found === null) throw new Refused('not_found')
  await requireNotOwn(tx, staff, found.verification.person_id)
  return found
}
