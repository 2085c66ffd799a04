/** The worker believes a message in the name of a person only if the API attested it (T11). */
import { isReported } from '#services/reports/freeze.ts'
import { raiseImpersonation, type Impersonation } from '#services/reports/impersonations.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { isAttestation, type StaffStatement } from '#platform/crypto/staff-attestation.ts'
import type { StaffRequest } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

/** The dependencies of the check, with those of the alarm. */
export type AttestationDeps = Pick<ActivityDeps, 'db' | 'keys' | 'log' | 'impersonations'>

/** The claim that a message makes; the attestation comes beside it. */
export type Claim = Omit<StaffStatement, 'operationId'>

/**
 * Checks the API's attestation. Without it nothing of the message is recorded in anybody's name: it is logged and counted each
 * time, and an alarm once an hour.
 */
export const isAttested = async (
  deps: AttestationDeps,
  claim: Claim,
  staffRequest: StaffRequest | undefined,
): Promise<boolean> => {
  if (
    staffRequest !== undefined &&
    isAttestation(deps.keys, { ...claim, operationId: staffRequest.operationId }, staffRequest.attestation)
  )
    return true
  await tellOf(deps, claim.tenantId, claim)
  return false
}

/** A signal claims that a participant reported this. */
export type ReportClaim = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  /** Absent where any report of the person will do */
  readonly reportId?: string
}

/** Looks for the report: the API stores it before it signals. A signal without one raises the same alarm as above. */
export const isReportMade = async (deps: AttestationDeps, claim: ReportClaim): Promise<boolean> => {
  const { tenantId, verificationId, personId, reportId } = claim
  if (await inTenant(deps.db, tenantId, (tx) => isReported(tx, personId, reportId))) return true
  await tellOf(deps, tenantId, { act: 'report', byId: personId, verificationId })
  return false
}

const tellOf = async (
  deps: AttestationDeps,
  tenantId: string,
  { act, byId, verificationId }: Impersonation,
): Promise<void> => {
  deps.impersonations.refused += 1
  deps.log.error('a message to a workflow named somebody without the attestation of the API', {
    tenantId,
    verificationId,
    reason: act,
  })
  await inTenant(deps.db, tenantId, (tx) =>
    raiseImpersonation(tx, { act, byId: byId.slice(0, 100), verificationId }),
  )
}
