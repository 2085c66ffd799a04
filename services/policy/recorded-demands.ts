/** Demands that policies only recorded: the cases that would have been asked for more proof. */
import { isAsked } from '#domain/policy/only-recorded.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { demands, type Demand } from '#domain/risk/settings.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The count of one demand. */
export type RecordedDemand = {
  readonly demand: Demand
  readonly cases: number
  readonly passed: number
  readonly peopleWithoutWay: number
}

/** Scorings that are counted at most, the newest first. */
const most = 100_000

/** A case counts once for each demand that any of its scorings recorded. */
const sql = `
  select w.demand, count(distinct s.verification_id)::integer as cases,
    (count(distinct s.verification_id) filter (where v.outcome = 'passed'))::integer as passed,
    (count(distinct v.person_id) filter (where not w."hasWay"))::integer as "peopleWithoutWay"
  from (select verification_id, decision from scorings
    where tenant_id = $1 and created_at > now() - interval '30 days' and decision -> 'wouldAsk' is not null
    order by created_at desc limit $2) s
  join verifications v on v.tenant_id = $1 and v.id = s.verification_id
  cross join lateral jsonb_to_recordset(s.decision -> 'wouldAsk') as w (demand text, "hasWay" boolean)
  group by w.demand`

/** Demands that a policy only records, with the cases of the last thirty days; and those that were recorded in that time. */
export const readRecordedDemands = async (tx: Tx, policy: Policy): Promise<RecordedDemand[]> => {
  const rows = await tx.named<RecordedDemand>('recorded_demands', sql, [tx.tenantId, most])
  const found = new Map(rows.map((row) => [row.demand, row]))
  return demands.flatMap((demand) => {
    const none = isAsked(policy, demand) ? [] : [{ demand, cases: 0, passed: 0, peopleWithoutWay: 0 }]
    const row = found.get(demand)
    return row === undefined ? none : [row]
  })
}
