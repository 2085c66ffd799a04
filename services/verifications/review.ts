/** The random sample of decided cases that wait for somebody who looks at them again. */
import { isSampled } from '#domain/risk/calibration/audit.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Older cases are not asked for: their raw data are going, and so is what people remember. */
const days = 30
/** Cases looked at, the newest: one in fifty of them is in the sample. */
const most = 5000

/** A decided case of the sample. */
export type Decided = {
  readonly id: string
  readonly outcome: 'passed' | 'failed'
  /** Epoch ms. */
  readonly startedAt: number
}

/**
 * The cases without a label that a member of staff may look at again, the oldest first: not what they started or
 * decided themselves, and nobody of `excluded` (D7).
 */
export const readSample = async (
  tx: Tx,
  staffId: string,
  excluded: readonly string[],
): Promise<readonly Decided[]> => {
  const decided = await tx.named<Decided>(
    'review_candidates',
    `select v.id, v.outcome, floor(extract(epoch from v.created_at) * 1000)::bigint as "startedAt"
     from verifications v
     where v.tenant_id = $1 and v.created_at >= now() - make_interval(days => $4) and v.state = 'closed'
       and v.outcome in ('passed', 'failed') and v.person_id <> all ($3::uuid[])
       and v.referrer_id is distinct from $2::uuid and v.decided_by_id is distinct from $2::text
       and not exists (select from labels l where l.tenant_id = $1 and l.verification_id = v.id)
       and not exists (select from exercises x where x.tenant_id = $1 and x.verification_id = v.id)
     order by v.created_at desc, v.id desc limit $5`,
    [tx.tenantId, staffId, excluded, days, most],
  )
  return decided.filter(isSampled).reverse()
}
