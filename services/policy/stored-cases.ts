/** Stored cases as they can be decided again, in the order in which they started. */
import type { StoredCase } from '#domain/policy/replay.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A case with what names it. */
export type ReplayRow = Omit<StoredCase, 'results'> & {
  /**
   * The check results, still as JSON: a page of them made into objects at once outlives several collections of garbage,
   * which took longer than deciding the cases anew. `storedCaseOf` reads those of one.
   */
  readonly resultsText: string
  readonly id: string
  /** ISO 8601 UTC, to the microsecond: where the next page begins. */
  readonly startedAt: string
  readonly participant: string
  readonly outcome: string | null
  readonly policyVersion: number
}

/** The last case of a page. */
export type ReplayPlace = { readonly startedAt: string; readonly id: string }

const sql = `
  select v.id, to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "startedAt",
    p.display_name as participant, v.outcome, v.purpose, v.tier, v.answered, s.policy_version as "policyVersion",
    s.results::text as "resultsText", s.decision, s.score ->> 'band' as band, n.route, n.gate,
    coalesce((select jsonb_agg(jsonb_build_object('family', a.family, 'points', a.points_row)) from answers a
      where a.tenant_id = $1 and a.verification_id = v.id and a.created_at >= v.created_at and a.verdict = 'skipped'), '[]')
      as skipped
  from verifications v
  join lateral (select policy_version, results, decision, score from scorings
    where tenant_id = $1 and verification_id = v.id order by ordinal desc limit 1) s on true
  join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
  left join plans n on n.tenant_id = v.tenant_id and n.verification_id = v.id
  where v.tenant_id = $1 and v.created_at >= now() - make_interval(days => $2)
    and ($3::timestamptz is null or (v.created_at, v.id) > ($3, $4))
  order by v.created_at, v.id limit $5`

/** One case of a page, as the domain decides it. */
export const storedCaseOf = ({ resultsText, ...row }: ReplayRow): StoredCase => ({
  ...row,
  results: JSON.parse(resultsText) as StoredCase['results'],
})

/** The next scored cases of the last `days` days; at most `limit`. */
export const replayPage = (
  tx: Tx,
  days: number,
  after: ReplayPlace | null,
  limit: number,
): Promise<readonly ReplayRow[]> =>
  tx.named<ReplayRow>('replay_page', sql, [
    tx.tenantId,
    days,
    after?.startedAt ?? null,
    after?.id ?? null,
    limit,
  ])
