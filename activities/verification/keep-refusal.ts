import { readPolicy } from '#services/policy/policies.ts'
import { nextSendTo } from '#services/sending/judge-contacts.ts'
import { keepRefusedCode, notDelivered } from '#services/sending/refused-codes.ts'
import type { OpenContact } from '#services/people/contacts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import { isRefusedByProvider, type Sent } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { otherWayOf } from './obtainable.ts'

/**
 * Keeps with the plan why no second code was sent, when the first of the contacts that can get one later is free again,
 * and what the case can ask for instead: the page says it, and the panel. A code that was sent takes it back.
 */
export const keepRefusal = async (
  deps: ActivityDeps,
  tx: Tx,
  ref: CaseRef,
  sent: Sent,
  held: readonly OpenContact[],
): Promise<void> => {
  const refusal = isRefusedByProvider(sent) ? notDelivered : sent.refusal
  if (refusal === null) return keepRefusedCode(tx, ref.verificationId, null)
  const policy = await readPolicy(tx, ref.policyVersion)
  const otherWay = await otherWayOf(deps, tx, ref, policy)
  const nextAt = await firstFree(deps, tx, policy, held)
  await keepRefusedCode(tx, ref.verificationId, { refusal, nextAt, otherWay })
}

/** Null where waiting does not help. A limit that let go meanwhile is free now. */
const firstFree = async (
  deps: ActivityDeps,
  tx: Tx,
  policy: Awaited<ReturnType<typeof readPolicy>>,
  held: readonly OpenContact[],
): Promise<Date | null> => {
  let first: Date | null = null
  for (const contact of held) {
    const at = (await nextSendTo(deps, tx, policy, contact)) ?? new Date()
    if (first === null || at < first) first = at
  }
  return first
}
