/** This is a loop, since a forced agent cannot wait until Temporal is back. */
import { raiseDuress, takeCopiedCases } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'

type WatchDeps = Pick<ActivityDeps, 'db' | 'log'>

/** Marks the cases for which an agent gave the silent signal; returns how many. The log names neither case nor person. */
export const watchDuress = async ({ db, log }: WatchDeps, tenantId: string): Promise<number> => {
  const raised = await inTenant(db, tenantId, async (tx) => {
    let count = 0
    for (const verificationId of await takeCopiedCases(tx))
      if ((await raiseDuress(tx, verificationId)) !== undefined) count += 1
    return count
  })
  if (raised > 0) log.warn('an alarm was raised for supervisors', { tenantId })
  return raised
}
