/** Whether what a message says in the name of somebody is the API's word (security.md T11). */
import { raiseImpersonation } from '#services/reports/impersonations.ts'
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
  const { tenantId, verificationId, byId, act } = claim
  if (said !== undefined && isStaffWord(deps.keys, { ...claim, operationId: said.operationId }, said.word))
    return true
  deps.impersonations.refused += 1
  deps.log.error('a message to a workflow named somebody without the word of the API', {
    tenantId,
    verificationId,
    reason: act,
  })
  await inTenant(deps.db, tenantId, (tx) =>
    raiseImpersonation(tx, { act, byId: byId.slice(0, 100), verificationId }),
  )
  return false
}
