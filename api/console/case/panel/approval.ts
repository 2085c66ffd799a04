/** The panel's part about approvals: what an approval by this caller would be, who gave which, who may give the second. */
import { mayApprove, type Approval } from '#domain/policy/who-decides.ts'
import type { Refusal } from '#domain/refusal.ts'
import { may } from '#domain/roles.ts'
import type { Tier } from '#domain/verification/verification.ts'
import { endOf, readApprovalContext, type ApprovalContext } from '#services/approvals/approval-case.ts'
import type { StoredApproval } from '#services/approvals/approvals.ts'
import { secondApproversFor } from '#services/approvals/second-approvers.ts'
import type { Scoring } from '#services/risk/scorings.ts'
import type { ScreenHashes } from '#services/verifications/screen-hash.ts'
import { readStepUp } from '#services/staff/staff-passkeys.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseHead } from '#services/verifications/verifications.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { VerificationPanel } from '../../../contract/console-verifications.ts'
import type { ApiDeps } from '../../../deps.ts'

type Deps = Pick<ApiDeps, 'keys'>

/** The case, as far as approvals look at it. */
export type ApprovedCase = {
  readonly head: Pick<CaseHead, 'id' | 'purpose' | 'tier' | 'state'>
  readonly personTier: Tier
  readonly scoring: Pick<Scoring, 'policyVersion' | 'decision'>
  readonly hashes: ScreenHashes
}

/** Reads the context of an approval for the caller; nobody's own case gets here (D7). */
export const approvalContextOf = (
  { keys }: Deps,
  tx: Tx,
  staff: StaffCaller,
  { head, personTier, scoring, hashes }: ApprovedCase,
): Promise<ApprovalContext> =>
  readApprovalContext(
    keys,
    tx,
    { id: staff.staffId, role: staff.role, personId: staff.personId, isOwnCase: false },
    {
      ...{ verificationId: head.id, purpose: head.purpose, tier: head.tier, personTier },
      ...{ policyVersion: scoring.policyVersion, decision: scoring.decision, caseHash: hashes.ofCase },
    },
  )

/** Beside the rows of approvals, the panel knows this. */
export type PanelApproval = {
  /** The reason why this caller may not approve; null where they may. */
  readonly problem: Refusal | null
  readonly gives: Approval | null
  readonly part: VerificationPanel['approval']
}

/** Before there is anything to approve. */
const unscored: PanelApproval = {
  problem: { code: 'evidence_missing' },
  gives: null,
  part: { isNeeded: false, given: [], mayGiveSecond: [] },
}

type Given = VerificationPanel['approval']['given'][number]

const stateOf = ({ keys }: Deps, row: StoredApproval, caseHash: string, isOpen: boolean): Given['state'] => {
  if (row.approval.ordinal === 2 || row.usedAt !== null) return 'counts'
  const end = endOf(keys, row, caseHash)
  if (end !== null) return end
  return isOpen ? 'waiting' : 'unused'
}

const givenOf = (deps: Deps, row: StoredApproval, { head, hashes }: ApprovedCase): Given => ({
  ordinal: row.approval.ordinal,
  byName: row.staffName,
  reason: row.reason,
  at: row.approval.approvedAt,
  expiresAt: row.approval.expiresAt,
  state: stateOf(deps, row, hashes.ofCase, head.state !== 'closed'),
})

/** Without a passkey of their own nobody gives a second approval (D1). */
const passkeyProblem = async (tx: Tx, staff: StaffCaller): Promise<Refusal | null> =>
  (await readStepUp(tx, staff.sessionId)).hasPasskey ? null : { code: 'passkey_required' }

/** Names of who could give the second approval now, for those who decide. */
const secondNames = async (
  tx: Tx,
  staff: StaffCaller,
  { head }: ApprovedCase,
  { about, newest }: ApprovalContext,
): Promise<string[]> => {
  const isOpen = head.state === 'awaiting_decision' && about.needsSecond
  if (!isOpen || !may(staff.role, 'verifications.decide')) return []
  const firstId = about.first === null ? null : (newest?.approval.staffId ?? null)
  return [...(await secondApproversFor(tx, head.id, firstId))]
}

/** Reads it for one caller. */
export const readPanelApproval = async (
  deps: Deps,
  tx: Tx,
  staff: StaffCaller,
  about: Omit<ApprovedCase, 'scoring'> & { readonly scoring: ApprovedCase['scoring'] | null },
): Promise<PanelApproval> => {
  const { scoring } = about
  if (scoring === null) return unscored
  const known = { ...about, scoring }
  const context = await approvalContextOf(deps, tx, staff, known)
  const result = mayApprove(context.decision, context.decider, context.about)
  const gives = result.ok ? result.value.gives : null
  const missing = gives === 'second' ? await passkeyProblem(tx, staff) : null
  return {
    problem: result.ok ? missing : result.error,
    gives,
    part: {
      isNeeded: context.about.needsSecond,
      given: context.approvals.map((row) => givenOf(deps, row, known)),
      mayGiveSecond: await secondNames(tx, staff, known, context),
    },
  }
}
