import type { ApproverChoice } from '#domain/policy/approver.ts'
import { may } from '#domain/roles.ts'
import { mayAskApproverIn } from '#domain/verification/state.ts'
import { approverFor } from '#services/approvals/approver-choice.ts'
import { readApproverRequests, type ApproverRequestRow } from '#services/approvals/approver-requests.ts'
import { wasAskedToVouch } from '#services/approvals/approver-staff.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { readPolicy } from '#services/policy/policies.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { AskedApprover } from '../../../contract/console-approvers.ts'
import type { VerificationPanel } from '../../../contract/console-verifications.ts'
import type { ApiDeps } from '../../../deps.ts'
import { isSteering } from '../../sending/steering.ts'
import type { PanelApproval } from './approval.ts'
import type { RawVerification } from './raw.ts'

type Deps = Pick<ApiDeps, 'keys' | 'factTools'>

/** The people who were asked to vouch in a case, the caller's tie to it, and the people whom it could ask now. */
export type Vouching = {
  readonly requests: readonly ApproverRequestRow[]
  /** The caller is one of those who were asked. */
  readonly isApprover: boolean
  /** Null where this caller may not ask, or nobody may in this state. */
  readonly choice: (ApproverChoice & { readonly name: string | null }) | null
}

/** A case as the panel's rules look at it. */
export type PanelCase = RawVerification & { readonly vouching: Vouching; readonly approval: PanelApproval }

/** Reads it for one caller. Whom it could ask is worked out for those only who may ask. */
export const readVouching = async (
  deps: Deps,
  tx: Tx,
  staff: StaffCaller,
  { verification }: Pick<RawVerification, 'verification'>,
): Promise<Vouching> => {
  const requests = await readApproverRequests(tx, verification.id)
  const isApprover = requests.length > 0 && (await wasAskedToVouch(tx, verification.id, staff.staffId))
  const mayAsk =
    may(staff.role, 'verifications.steer') &&
    isSteering(staff, { kind: verification.referrer_kind, id: verification.referrer_id }) &&
    mayAskApproverIn(verification.state)
  return { requests, isApprover, choice: mayAsk ? await choiceOf(deps, tx, staff, verification) : null }
}

const choiceOf = async (
  deps: Deps,
  tx: Tx,
  staff: StaffCaller,
  verification: RawVerification['verification'],
): Promise<Vouching['choice']> => {
  const { name, approver, problem, passedOver } = await approverFor(deps, tx, {
    policy: await readPolicy(tx, verification.policy_version),
    verificationId: verification.id,
    personId: verification.person_id,
    purpose: verification.purpose,
    tier: verification.tier,
    isElevatedThreat: await isThreatElevated(tx),
    askerId: staff.staffId,
    isRepeat: true,
    now: Date.now(),
  })
  return { name, approver, problem, passedOver }
}

const seesNames = (staff: StaffCaller): boolean => may(staff.role, 'evidence.read_restricted')

/** One who was asked to vouch, as this caller may see them. */
export const askedOf = (row: ApproverRequestRow, staff: StaffCaller): AskedApprover => ({
  relation: row.relation,
  name: seesNames(staff) ? row.name : null,
  askedAt: row.askedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  answer: row.answer ?? (row.isOver ? 'silent' : 'waiting'),
  answeredAt: row.answeredAt?.toISOString() ?? null,
  channel: row.channel,
  contactMasked: row.contactMasked,
  delivery: row.delivery,
})

/** The panel's part about approvers: names only for those who may see restricted evidence, as with the check's. */
export const vouchingParts = (
  { vouching: { requests, choice } }: PanelCase,
  staff: StaffCaller,
): Pick<VerificationPanel, 'approvers' | 'nextApprover'> => ({
  approvers: requests.map((row) => askedOf(row, staff)),
  nextApprover:
    choice === null || choice.approver === null
      ? null
      : { relation: choice.approver.as, name: seesNames(staff) ? choice.name : null },
})
