import type { Counts } from '#domain/policy/caps.ts'
import type { Limits } from '#domain/policy/policy.ts'
import { tellOfBudget, type Budget } from '#services/sending/send-budget.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'

/** From this share on admins and the operator learn that a tenant's messages run out (H3). */
const nearlyShare = 0.8

const stateOf = (max: number, count: number): Budget['state'] | null => {
  if (count >= max) return 'used_up'
  return count + 1 >= Math.ceil(max * nearlyShare) ? 'nearly_used' : null
}

/** The log says it once on the way up, and each time that a message is refused for it. */
const logBudget = (log: ActivityDeps['log'], tenantId: string, { state, max, count }: Budget): void => {
  if (state === 'used_up') log.warn('a tenant has used up its messages', { tenantId, count })
  else if (count + 1 === Math.ceil(max * nearlyShare))
    log.warn('a tenant has used most of its messages', { tenantId, count: count + 1 })
}

/** Warns of a budget that runs out, in the transaction that counts it: admins by mail, the audit, and the log (H3). */
export const warnOfBudget = async (
  { log, budgetAlarms }: Pick<ActivityDeps, 'log' | 'budgetAlarms'>,
  tx: Tx,
  { sendsPerTenant: caps }: Limits,
  counts: Counts,
): Promise<void> => {
  for (const [index, { max, seconds }] of caps.entries()) {
    const count = counts[index] ?? 0
    const state = stateOf(max, count)
    if (state === null) continue
    logBudget(log, tx.tenantId, { state, max, seconds, count })
    if (await tellOfBudget(tx, { state, max, seconds, count })) budgetAlarms[state] += 1
  }
}
