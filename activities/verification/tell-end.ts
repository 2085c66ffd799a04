import type { Outcome } from '#domain/verification/outcome.ts'
import { isActing } from '#domain/verification/verification.ts'
import type { NoticeKind } from '#domain/messages/kinds.ts'
import { addNotices } from '#services/sending/notices.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef, Snapshot } from '#workflows/verification/activity-types.ts'

/**
 * The notice of each end. A report has its own notice (`frozen`), and so has an action that is done or stopped after an
 * approval.
 */
const kinds: Readonly<Record<Outcome, NoticeKind | null>> = {
  passed: 'finished',
  failed: 'refused',
  timed_out: 'ended',
  not_enough_questions: 'ended',
  cancelled: 'ended',
  undelivered: 'ended',
  reported: null,
}

/**
 * Tells contacts that a case ended, however it ended (B12): every contact after a decision; without one, only the contacts
 * that got the notice of its start.
 */
export const tellEnd = async (
  tx: Tx,
  { verificationId, personId, purpose }: CaseRef,
  { outcome, contactId }: Snapshot,
): Promise<void> => {
  const kind = outcome === null ? null : kinds[outcome]
  if (kind === null || (kind === 'finished' && isActing(purpose))) return
  const exceptContactId = kind === 'ended' ? contactId : null
  await addNotices(tx, { verificationId, personId, kind, exceptContactId })
}

/** Tells every contact that what was approved is not done, and will not be (B12). */
export const tellNothingDone = (
  tx: Tx,
  { verificationId, personId }: Pick<CaseRef, 'verificationId' | 'personId'>,
): Promise<number> => addNotices(tx, { verificationId, personId, kind: 'ended', exceptContactId: null })
