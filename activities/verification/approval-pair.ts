/** Two approvals of one case, as a grant must find them (D1, D4, G8). */
import { isApprovalGenuine } from '#platform/crypto/signed-records.ts'
import type { DecidedCase } from '#services/actions/actions.ts'
import { readApprovals, type StoredApproval } from '#services/approvals/approvals.ts'
import { compareWith } from '#services/staff/compare-persons.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'

const areOnePair = (first: StoredApproval, second: StoredApproval): boolean =>
  first.usedAt !== null &&
  second.approval.firstId === first.approval.id &&
  second.approval.screenHash === first.approval.screenHash &&
  Date.parse(second.approval.approvedAt) < Date.parse(first.approval.expiresAt)

/** A pair is as old as the approval that completed it. */
const isValidAt = ({ approval: { approvedAt, expiresAt } }: StoredApproval, at: number): boolean =>
  Date.parse(approvedAt) <= at && at < Date.parse(expiresAt)

/**
 * True if the two who are named signed as two people, one after the other, for the same screen, and if that was valid
 * at a moment (D5). `at`: milliseconds; when the decision is acted on, or when it was scheduled.
 */
export const isPairGenuine = async (
  keys: KeyRing,
  tx: Tx,
  { verificationId, personId, decidedById, secondBy }: DecidedCase,
  at: number,
): Promise<boolean> => {
  const all = (await readApprovals(tx, verificationId)).filter(
    ({ approval, signature }) =>
      approval.personId === personId && isApprovalGenuine(keys, approval, signature),
  )
  const second = all.find(({ approval }) => approval.ordinal === 2)
  const first = all.find(({ approval }) => approval.id === second?.approval.firstId)
  if (first === undefined || second === undefined) return false
  const areNamed = first.approval.staffId === decidedById && second.approval.staffId === secondBy
  const areTwoPeople = (await compareWith(tx, second.approval.staffId, [first.approval.staffId])) === null
  return areNamed && areOnePair(first, second) && areTwoPeople && isValidAt(second, at)
}
