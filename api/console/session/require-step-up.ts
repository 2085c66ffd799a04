import { readStepUp } from '#services/staff/staff-passkeys.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'

/**
 * Lets pass who confirmed with a passkey within five minutes, and who never had one: their organisation is below the bar
 * and the console says so (F5, F6).
 * @throws Refused step_up_required
 */
export const requireStepUp = async ({ db }: Pick<ApiDeps, 'db'>, staff: StaffCaller): Promise<void> => {
  const proof = await inTenant(db, staff.tenantId, (tx) => readStepUp(tx, staff.sessionId))
  if (proof.isDemanded && proof.secondsLeft === 0) throw new Refused('step_up_required')
}
