/** Whether what a message says in the name of somebody is the API's word (T11). */
import { isReported } from '#services/reports/freeze.ts'
import { raiseImpersonation, type Impersonation } from '#services/reports/impersonations.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { isStaffWord, type SaidByStaff } from '#platform/crypto/staff-word.ts'
import type { Said } from '#workflows/verification/steps.ts'
import type { ActivityDeps } from '../ports.ts'

/** What is needed to tell. */
export type SaidDeps = Pick<ActivityDeps, 'db' | 'keys' | 'log' | 'impersonations'>

/** What a message says, beside the word for it. */
export type Claim = Omit<SaidByStaff, 'operationId'>

/**
 * Looks at the API's word. Without it nothing of the message is recorded in anybody's name: it is logged and counted each
 * time, and an alarm once an hour.
 */
export const isSaid = async (deps: SaidDeps, claim: Claim, said: Said | undefined): Promise<boolean> => {
  if (said !== undefined && isStaffWord(deps.keys, { ...claim, operationId: said.operationId }, said.word))
    return true
  await tellOf(deps, claim.tenantId, claim)
  return false
}

/** What a signal says that a participant reported. */
export type ReportClaim = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  /** Absent where any report of the person will do */
  readonly reportId?: string
}

/** Looks for the report: the API stores it before it signals. A signal that tells of none is told of as above. */
export const isReportMade = async (deps: SaidDeps, claim: ReportClaim): Promise<boolean> => {
  const { tenantId, verificationId, personId, reportId } = claim
  if (await inTenant(deps.db, tenantId, (tx) => isReported(tx, personId, reportId))) return true
  await tellOf(deps, tenantId, { act: 'report', byId: personId, verificationId })
  return false
}

const tellOf = async (
  deps: SaidDeps,
  tenantId: string,
  { act, byId, verificationId }: Impersonation,
): Promise<void> => {
  deps.impersonations.refused += 1
  deps.log.error('a message to a workflow named somebody without the word of the API', {
    tenantId,
    verificationId,
    reason: act,
  })
  await inTenant(deps.db, tenantId, (tx) =>
    raiseImpersonation(tx, { act, byId: byId.slice(0, 100), verificationId }),
  )
}
