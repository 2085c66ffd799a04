/** Starts without an agent are counted under the policy's limits (D8, H3, H6). */
import type { Cap, Limits } from '#domain/policy/policy.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import { countForStaff, type Counted } from '#services/staff/staff-counters.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'
import type { ApiDeps } from '../deps.ts'
import { LimitReached } from '../http/limit-reached.ts'
import { limitedAs } from '../http/middleware/rate-limit.ts'

/** A start is counted by these. */
type Start = {
  readonly tenantId: string
  readonly personId: string
  readonly operationId: string
  readonly referrer: { readonly kind: 'api_client' | 'self_service'; readonly id: string }
  readonly from?: string | null
}

type Count = { readonly of: string; readonly kind: Counted; readonly caps: readonly Cap[] }

/** An address is counted as a keyed digest, and forgotten with its counts. */
const addressOf = ({ keys }: Pick<ApiDeps, 'keys'>, { tenantId, from }: Start): string =>
  uuidOf('self-start', pseudonymOf(keys, tenantId, 'self_start_address', limitedAs(from ?? null)))

/** Always in this order, so that no two starts wait for each other. */
const countsOf = (deps: Pick<ApiDeps, 'keys'>, start: Start, limits: Limits): readonly Count[] => {
  const { referrer, tenantId } = start
  if (referrer.kind === 'api_client') return [{ of: referrer.id, kind: 'start', caps: limits.startsPerAgent }]
  return [
    { of: referrer.id, kind: 'start', caps: limits.selfStartsPerPerson },
    { of: addressOf(deps, start), kind: 'self_start_address', caps: limits.selfStartsPerAddress },
    { of: tenantId, kind: 'self_start', caps: limits.selfStartsPerTenant },
  ]
}

/** Counts one start everywhere, or nowhere: what is refused leaves with its transaction. @throws LimitReached */
export const countStart = async (
  deps: Pick<ApiDeps, 'keys'>,
  tx: Tx,
  start: Start,
  limits: Limits,
): Promise<void> => {
  const subject = `${start.personId}/${start.operationId}`
  for (const { of, kind, caps } of countsOf(deps, start, limits)) {
    const over = await countForStaff(tx, of, { kind, subject, caps })
    if (over !== null) throw new LimitReached('start', over.again)
  }
}
