import { freeze, reportTermsOf, type Frozen, type Report } from '#platform/server/db/freeze.ts'
import { readPolicy } from '#platform/server/db/policies.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import type { ApiDeps } from '../deps.ts'

/** Freezes in the given transaction; what follows beside it is the case's policy's to say (security.md B9, B13). */
export const freezeCase = async (
  tx: Tx,
  report: Omit<Report, 'blockSeconds' | 'locking' | 'reportSeconds'> & { readonly policyVersion: number },
): Promise<Frozen> => {
  const { policyVersion, ...rest } = report
  const policy = await readPolicy(tx, policyVersion)
  return freeze(tx, { ...rest, ...reportTermsOf(policy) })
}

/**
 * Moves the workflows on after the freeze is committed. It holds without them: a signal that is lost is sent again by
 * the reconciler (security.md B13, R3).
 */
export const tellWorkflows = async (
  deps: Pick<ApiDeps, 'verifications' | 'log'>,
  tenantId: string,
  reportId: string,
  frozen: Frozen,
): Promise<void> => {
  // What an operator's alert is made of (B9: within 60 s), so before anything that may have to be waited for.
  if (frozen.isNew) deps.log.warn('participant reported: this was not me', { tenantId, eventId: reportId })
  for (const verificationId of frozen.openVerificationIds) {
    const reply = await deps.verifications.reported({ tenantId, verificationId }, reportId)
    if (reply.kind !== 'answered')
      deps.log.warn('report was not delivered yet', { verificationId, reason: reply.kind })
  }
  for (const resetId of frozen.resetIds) {
    const reply = await deps.verifications.revoke(resetId, { reportId, reason: 'reported' })
    if (reply.kind !== 'answered') deps.log.warn('revocation was not delivered yet', { reason: reply.kind })
  }
}
