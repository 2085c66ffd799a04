/** First and second approvals as rows and events (D1, D4, D5). */
import { firstApprovalSeconds } from '#domain/policy/second-approval.ts'
import { signApproval, type ApprovalFields } from '#platform/crypto/signed-records.ts'
import {
  addApproval,
  endFirstApproval,
  readApprovals,
  useFirstApproval,
  type ApprovalEnd,
  type StoredApproval,
} from '#services/approvals/approvals.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { eventOf, recordEvents, uuidOf, type Event } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type {
  EndFirstApprovalInput,
  RecordDecisionAnswer,
  RecordDecisionInput,
} from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

/** The same for every try of one activity. */
const idOf = ({ case: { verificationId }, actor, at }: RecordDecisionInput): string =>
  uuidOf('approval', verificationId, actor.id, at)

/** The person who approves, and the case as it was shown. */
type Given = {
  readonly staffName: string
  readonly personId: string
  readonly caseHash: string
}

const sign = async (
  keys: KeyRing,
  tx: Tx,
  input: RecordDecisionInput,
  { staffName, personId, caseHash }: Given,
  firstId: string | null,
): Promise<Parameters<typeof addApproval>[1]> => {
  const now = (await databaseNow(tx)).getTime()
  const approval: ApprovalFields = {
    id: idOf(input),
    tenantId: tx.tenantId,
    verificationId: input.case.verificationId,
    personId,
    ordinal: firstId === null ? 1 : 2,
    firstId,
    staffId: input.actor.id,
    screenHash: caseHash,
    approvedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + firstApprovalSeconds * 1000).toISOString(),
  }
  return { approval, signature: signApproval(keys, approval), staffName, reason: input.reason }
}

const about = (verificationId: string) => ({ kind: 'verification', id: verificationId }) as const

const waiting = ({ id, expiresAt }: ApprovalFields): RecordDecisionAnswer => ({
  ...{ refusal: null, moves: [], childId: null },
  first: { id, seconds: firstApprovalSeconds, expiresAt },
})

/** Reads what an earlier try of this very activity recorded, where only its answer was lost. */
export const repeatedFirst = async (
  tx: Tx,
  input: RecordDecisionInput,
): Promise<RecordDecisionAnswer | null> => {
  const all = await readApprovals(tx, input.case.verificationId)
  const own = all.find(({ approval }) => approval.ordinal === 1 && approval.id === idOf(input))
  return own === undefined ? null : waiting(own.approval)
}

/** Records a first approval: no move, the case waits for the second person. */
export const recordFirst = async (
  keys: KeyRing,
  tx: Tx,
  input: RecordDecisionInput,
  given: Given,
): Promise<RecordDecisionAnswer> => {
  const signed = await sign(keys, tx, input, given, null)
  const { verificationId } = input.case
  // Another first approval lives: the agent who pressed the button has not seen it.
  if (!(await addApproval(tx, signed))) return { refusal: 'state_does_not_allow', moves: [], childId: null }
  const { id, expiresAt } = signed.approval
  await recordEvents(
    tx,
    { kind: 'agent', id: input.actor.id, name: given.staffName },
    verificationId,
    [{ type: 'approval.first_given', object: about(verificationId), payload: { approvalId: id, expiresAt } }],
    [uuidOf('approval-first', id)],
    'to_consoles',
  )
  return waiting(signed.approval)
}

/** Spends the first approval and stores the second; its event goes before the decision's. Null: it was over by then. */
export const recordSecond = async (
  keys: KeyRing,
  tx: Tx,
  input: RecordDecisionInput,
  given: Given,
  first: StoredApproval,
): Promise<Event | null> => {
  const signed = await sign(keys, tx, input, given, first.approval.id)
  if (!(await useFirstApproval(tx, first.approval.id)) || !(await addApproval(tx, signed))) return null
  const { verificationId } = input.case
  const payload = { approvalId: signed.approval.id, firstId: first.approval.id }
  return eventOf(
    { kind: 'agent', id: input.actor.id, name: given.staffName },
    { type: 'approval.second_given', object: about(verificationId), payload, occurredAt: input.at },
    uuidOf('approval-second', signed.approval.id),
  )
}

/** Ends a first approval that nobody used, with its event; where it is over already, nothing happens. */
export const endFirst = async (
  tx: Tx,
  { id, verificationId }: Pick<ApprovalFields, 'id' | 'verificationId'>,
  reason: ApprovalEnd,
): Promise<void> => {
  if (!(await endFirstApproval(tx, id, reason))) return
  await recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    verificationId,
    [{ type: 'approval.ended', object: about(verificationId), payload: { approvalId: id, end: reason } }],
    [uuidOf('approval-ended', id)],
    'to_consoles',
  )
}

/** The time of a first approval is over. */
export const createEndFirstApproval =
  (deps: Pick<ActivityDeps, 'db'>) =>
  ({ case: { tenantId, verificationId }, approvalId }: EndFirstApprovalInput): Promise<void> =>
    inTenant(deps.db, tenantId, (tx) => endFirst(tx, { id: approvalId, verificationId }, 'expired'))
