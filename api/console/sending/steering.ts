import { isLegal, type Move } from '#domain/verification/state.ts'
import { readCaseHead, type CaseHead } from '#services/verifications/verifications.ts'
import { wasAskedToVouch } from '#services/approvals/approver-staff.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { Refused } from '../../http/errors.ts'
import { requireNotOwn } from '../scope.ts'

/** The referrer of a case. */
type Referrer = { readonly kind: string; readonly id: string | null }

/**
 * True for those who may steer a case: the person who started it, and supervisors. A case that no agent started belongs
 * to the desk: the agent who gets the call may end it, so that nobody can keep a person from help by starting a case in
 * their name (T18).
 */
export const isSteering = (staff: StaffCaller, { kind, id }: Referrer): boolean =>
  staff.role === 'supervisor' || kind !== 'agent' || id === staff.staffId

/**
 * A person who was asked to vouch in a case neither decides nor steers it: evidence and decision come from two people
 * (D1).
 * @throws Refused asked_to_vouch
 */
export const requireNotApprover = async (tx: Tx, staff: StaffCaller, id: string): Promise<void> => {
  if (await wasAskedToVouch(tx, id, staff.staffId)) throw new Refused('asked_to_vouch')
}

/**
 * The case, when this caller may steer it.
 * @throws Refused not_found, own_case, asked_to_vouch or not_permitted
 */
export const caseToSteer = async (tx: Tx, staff: StaffCaller, id: string): Promise<CaseHead> => {
  const head = await readCaseHead(tx, id)
  if (head === undefined) throw new Refused('not_found')
  await requireNotOwn(tx, staff, head.personId)
  if (!isSteering(staff, { kind: head.referrerKind, id: head.referrerId })) throw new Refused('not_permitted')
  await requireNotApprover(tx, staff, id)
  return head
}

/** @throws Refused state_does_not_allow or verification_closed */
export const requireLegal = (head: CaseHead, move: Move): void => {
  if (head.state === 'closed') throw new Refused('verification_closed')
  if (!isLegal(head.state, move)) throw new Refused('state_does_not_allow', { state: head.state })
}
