import { freeze, isWriteUnderWay, reportTermsOf, type Frozen, type Report } from '../reports/freeze.ts'
import { readPolicy } from '../policy/policies.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import type { Logger } from '#platform/process/log.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'

type Deps = {
  readonly db: Db
  readonly verifications: Pick<Verifications, 'reported' | 'revoke'>
  readonly log: Logger
}

/** Freezes in the given transaction; what follows beside it is the case's policy's to say (B9, B13). */
export const freezeCase = async (
  tx: Tx,
  report: Omit<Report, 'blockSeconds' | 'locking' | 'reportSeconds'> & { readonly policyVersion: number },
): Promise<Frozen> => {
  const { policyVersion, ...rest } = report
  const policy = await readPolicy(tx, policyVersion)
  return freeze(tx, { ...rest, ...reportTermsOf(policy) })
}

/** Between two looks at a write that is under way, milliseconds. */
const lookMs = 200

/**
 * A write that the report came too late for is let end before the report is answered: once it is, nothing is written any
 * more (R5). It ends by itself, since a write has its own deadline.
 */
const outlastWrites = async ({ db }: Deps, tenantId: string, personId: string): Promise<void> => {
  while (await inTenant(db, tenantId, (tx) => isWriteUnderWay(tx, personId)))
    await new Promise((resolve) => setTimeout(resolve, lookMs))
}

/**
 * Moves the workflows on after the freeze is committed. It holds without them: a signal that is lost is sent again by
 * the reconciler (B13, R3).
 */
export const tellWorkflows = async (
  deps: Deps,
  tenantId: string,
  reportId: string,
  frozen: Frozen,
): Promise<void> => {
  // An operator's alert watches for this line (B9: within 60 s), so it comes before anything that may have to be waited
  // for.
  if (frozen.isNew) deps.log.warn('participant reported: this was not me', { tenantId, eventId: reportId })
  const told = [
    ...frozen.openVerificationIds.map((verificationId) => tellCase(deps, tenantId, verificationId, reportId)),
    ...frozen.resetIds.map((resetId) => tellReset(deps, resetId, reportId)),
  ]
  await Promise.all(told)
  await outlastWrites(deps, tenantId, frozen.personId)
}

const tellCase = async (
  { verifications, log }: Deps,
  tenantId: string,
  verificationId: string,
  reportId: string,
): Promise<void> => {
  const reply = await verifications.reported({ tenantId, verificationId }, reportId)
  if (reply.kind !== 'answered')
    log.warn('report was not delivered yet', { verificationId, reason: reply.kind })
}

const tellReset = async ({ verifications, log }: Deps, resetId: string, reportId: string): Promise<void> => {
  const reply = await verifications.revoke(resetId, { reportId, reason: 'reported' })
  if (reply.kind !== 'answered') log.warn('revocation was not delivered yet', { reason: reply.kind })
}
