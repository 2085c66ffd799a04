/** The only way to remove second factors: under a grant of that very purpose (B15), with one write. */
import { inTenant } from '#platform/database/transaction.ts'
import { allowWrite, noteNotWritten, privilegeNow, type Guard } from './allow-write.ts'
import type { Directory, GuardedMfaAnswer, GuardedMfaReset } from './port.ts'

/** Checks, spends the grant, and writes. The code that comes back is for the verified device alone (B2). */
export const guardMfaReset = async (
  guarded: Guard,
  directory: Directory,
  act: GuardedMfaReset,
): Promise<GuardedMfaAnswer> => {
  if (!directory.offers.has('reset_mfa')) return { kind: 'refused', problem: 'not_offered' }
  const privilege = await privilegeNow(guarded, directory, act)
  const permitted = await inTenant(guarded.db, guarded.tenantId, (tx) =>
    allowWrite(guarded, tx, 'mfa_reset', act, { privilege, sessionId: act.sessionId }),
  )
  if ('problem' in permitted) return { kind: 'refused', problem: permitted.problem }
  const answer = await directory.resetMfa(permitted.write)
  if (answer.kind === 'accepted') return { kind: 'accepted', enrolment: answer.enrolment }
  await noteNotWritten(guarded, act)
  return { kind: 'lost' }
}
