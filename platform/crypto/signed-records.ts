/** Records that the worker signs: a row that was changed by hand counts for nothing (G8, T11). */
import { signed } from './worker-signature.ts'

/** The signed fields of an approval. Times are ISO 8601 UTC, the hash is hexadecimal. */
export type ApprovalFields = {
  readonly id: string
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly ordinal: 1 | 2
  /** For a second approval: the first one that it completes. */
  readonly firstId: string | null
  readonly staffId: string
  readonly screenHash: string
  readonly approvedAt: string
  readonly expiresAt: string
}

/** Approvals: each staff member's own. */
export const { sign: signApproval, isGenuine: isApprovalGenuine } = signed<ApprovalFields>(
  'countersign.approval.v1',
  {
    ...{ id: 'plain', tenantId: 'plain', verificationId: 'plain', personId: 'plain', ordinal: 'plain' },
    ...{ firstId: 'plain', staffId: 'plain', screenHash: 'plain', approvedAt: 'time', expiresAt: 'time' },
  },
)

/** The signed fields of a decision to approve. The digest is hexadecimal, the time ISO 8601 UTC. */
export type DecisionFields = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly tier: string
  readonly policyVersion: number
  /** Staff who approved, the first one first; `policy` where the policy did. */
  readonly approvers: readonly string[]
  /** The directory's answer about the account's rights when it was approved; null: nothing beyond our own row. */
  readonly privilegeFound: string | null
  readonly evidenceDigest: string
  /** The portal session that was alive, whose code it rests on; null: none was. */
  readonly sessionId: string | null
  readonly decidedAt: string
}

/** Decisions that let something happen. */
export const { sign: signDecision, isGenuine: isDecisionGenuine } = signed<DecisionFields>(
  'countersign.decision.v1',
  {
    ...{ tenantId: 'plain', verificationId: 'plain', personId: 'plain', purpose: 'plain', tier: 'plain' },
    ...{ policyVersion: 'plain', approvers: 'plain', privilegeFound: 'plain', evidenceDigest: 'plain' },
    ...{ sessionId: 'plain', decidedAt: 'time' },
  },
)

/**
 * The signed fields of a decision that could not be acted on at once. The digest is hexadecimal, the time ISO 8601 UTC.
 */
export type ScheduleFields = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly policyVersion: number
  readonly approvers: readonly string[]
  readonly evidenceDigest: string
  /** As the decision says. */
  readonly sessionId: string | null
  readonly scheduledAt: string
  /** The waiting time of the policy at that moment; 0 where only the participant is waited for. */
  readonly waitSeconds: number
}

/** Schedules: since when a decision counts, and how long it waits. */
export const { sign: signSchedule, isGenuine: isScheduleGenuine } = signed<ScheduleFields>(
  'countersign.schedule.v1',
  {
    ...{ tenantId: 'plain', verificationId: 'plain', personId: 'plain', purpose: 'plain' },
    ...{ policyVersion: 'plain', approvers: 'plain', evidenceDigest: 'plain', sessionId: 'plain' },
    ...{ scheduledAt: 'time', waitSeconds: 'plain' },
  },
)
