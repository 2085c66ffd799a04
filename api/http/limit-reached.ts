import { countForStaff, type CountedKind, type ToCount } from '#services/staff/staff-counters.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from './callers.ts'
import { Refused } from './errors.ts'

/** The caller reached a limit: which one, and when there is room again. */
export class LimitReached extends Refused {
  readonly kind: CountedKind
  constructor(kind: CountedKind, again: Date | null = null) {
    super('agent_limit_reached', again === null ? undefined : { again: again.toISOString() })
    this.kind = kind
  }
}

/** Counts one subject for a member of staff (D8). @throws LimitReached */
export const countOrRefuse = async (
  tx: Tx,
  staffId: string,
  counted: ToCount & { readonly kind: CountedKind },
): Promise<void> => {
  const over = await countForStaff(tx, staffId, counted)
  if (over !== null) throw new LimitReached(counted.kind, over.again)
}

/**
 * The one count of people that a member of staff looks at, in every way: card, send options, access report or a contact in
 * full. The same person again costs nothing. `policy`: where it was read already. @throws LimitReached
 */
export const countLookUp = async (
  tx: Tx,
  { staffId }: StaffCaller,
  personId: string,
  policy?: Policy,
): Promise<void> => {
  const { lookUpsPerAgent: caps } = (policy ?? (await currentPolicy(tx))).limits
  await countOrRefuse(tx, staffId, { kind: 'look_up', subject: personId, caps })
}
