import type { Counts } from '#domain/policy/caps.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { SendCounts } from '#domain/policy/send.ts'
import type { OpenContact } from '#services/people/contacts-read.ts'
import { countSends, nextSendAt } from '#services/sending/deliveries.ts'
import { tellOfBudget, type Budget } from '#services/sending/send-budget.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { valueIndex } from '#platform/crypto/sealing.ts'
import type { ActivityDeps } from '../ports.ts'

/** A number without its last four digits: what pumping of a whole range is counted by (H3). Null for e-mail. */
export const prefixIndexOf = (
  deps: Pick<ActivityDeps, 'keys'>,
  tx: Tx,
  contact: OpenContact,
): Buffer | null =>
  contact.kind === 'phone'
    ? valueIndex(deps.keys, tx.tenantId, 'phone_prefix', contact.value.slice(0, -4))
    : null

/** From here on admins and the operator are told that a tenant's messages run out (H3). */
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

/** Tells of a budget that runs out, in the transaction that counts it: admins by mail and the audit, and the log (H3). */
const warnOfBudget = async (
  { log, budgetAlarms }: Pick<ActivityDeps, 'log' | 'budgetAlarms'>,
  tx: Tx,
  caps: Policy['limits']['sendsPerTenant'],
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

/** What was sent of late to this person, number, range and from this tenant (H3). Starts were counted when asked for (D8). */
export const countForSend = async (
  deps: Pick<ActivityDeps, 'keys' | 'log' | 'budgetAlarms'>,
  tx: Tx,
  { limits }: Policy,
  contact: OpenContact,
): Promise<SendCounts> => {
  const sendsPerTenant = await countSends(tx, 'tenant', null, limits.sendsPerTenant)
  await warnOfBudget(deps, tx, limits.sendsPerTenant, sendsPerTenant)
  return {
    sendsPerParticipant: await countSends(tx, 'person', contact.personId, limits.sendsPerParticipant),
    sendsPerContact: await countSends(tx, 'number', contact.valueIndex, limits.sendsPerContact),
    sendsPerPrefix: await countSends(tx, 'prefix', prefixIndexOf(deps, tx, contact), limits.sendsPerPrefix),
    sendsPerTenant,
    startsPerAgent: limits.startsPerAgent.map(() => 0),
  }
}

/** When the limits let one more message to this contact through; null: now. Starts are not counted here, as above. */
export const nextSendTo = async (
  deps: Pick<ActivityDeps, 'keys'>,
  tx: Tx,
  { limits }: Policy,
  contact: OpenContact,
): Promise<Date | null> => {
  const times = [
    await nextSendAt(tx, 'person', contact.personId, limits.sendsPerParticipant),
    await nextSendAt(tx, 'number', contact.valueIndex, limits.sendsPerContact),
    await nextSendAt(tx, 'prefix', prefixIndexOf(deps, tx, contact), limits.sendsPerPrefix),
    await nextSendAt(tx, 'tenant', null, limits.sendsPerTenant),
  ]
  return times.reduce((latest, at) => (latest !== null && (at === null || latest > at) ? latest : at))
}
