import { actingPurposes, type ActingPurpose } from '#domain/verification/verification.ts'
import { isOnHold } from '../reports/duress.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A case that was approved and is on hold, where nothing about its action is recorded yet. */
export type ActionOnHold = { readonly id: string; readonly purpose: ActingPurpose; readonly decidedAt: Date }

/** Approved cases without an action that quick presses may hold; `$2` null: of anybody, else those that this person
 * pressed for; `$3`: purposes that act. */
const candidates = `
  select v.id, v.purpose, v.decided_at as "decidedAt" from verifications v
  left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
  where v.tenant_id = $1 and v.outcome = 'passed' and coalesce(a.state, 'none') = 'none' and v.decided_at is not null
    and v.purpose = any ($3) and v.id in (
      select verification_id from duress_marks
      where tenant_id = $1 and cleared_at is null and ($2::uuid is null or staff_id = $2)
      union
      select verification_id from case_copies where tenant_id = $1 and ($2::uuid is null or staff_id = $2))`

/** Cases on hold that a reader must not tell from others: all of them, or those that `pressedBy` gave the signal for. */
export const readActionsOnHold = async (
  tx: Tx,
  pressedBy: string | null,
): Promise<readonly ActionOnHold[]> => {
  const onHold: ActionOnHold[] = []
  for (const one of await tx.query<ActionOnHold>(candidates, [tx.tenantId, pressedBy, actingPurposes]))
    if (await isOnHold(tx, one.id)) onHold.push(one)
  return onHold
}
