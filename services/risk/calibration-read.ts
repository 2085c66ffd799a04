/** Scored cases as calibration counts them: newest first, page by page, no words and no evidence. */
import type { CheckStatus, EvidenceClass } from '#domain/risk/check.ts'
import type { StaffLabel } from '#domain/risk/calibration/case.ts'
import type { Band } from '#domain/risk/settings.ts'
import type { Outcome } from '#domain/verification/outcome.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** One result: code, mode, status, weight, quality, class of evidence. */
export type CompactResult = readonly [
  code: string,
  mode: 'live' | 'shadow',
  status: CheckStatus,
  weight: number,
  quality: number,
  evidenceClass: EvidenceClass | null,
]

/** A case. Times are epoch milliseconds. */
export type CalibrationRow = {
  readonly id: string
  /** ISO 8601 UTC, to the microsecond: where the next page begins. */
  readonly place: string
  readonly startedAt: number
  readonly closedAt: number | null
  readonly outcome: Outcome | null
  readonly policyVersion: number
  readonly e: number
  readonly r: number
  readonly band: Band
  readonly results: readonly CompactResult[]
  readonly staffLabel: StaffLabel | null
  readonly isExercise: boolean
  readonly dispute: 'this' | 'other' | null
  readonly country: string | null
  readonly isMobile: boolean | null
  /** null: nothing was asked */
  readonly isAssisted: boolean | null
  /** Days of work when the case began */
  readonly tenureDays: number | null
}

/** The last case of a page. */
export type CalibrationPlace = { readonly place: string; readonly id: string }

const sql = `
  select v.id, to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
    floor(extract(epoch from v.created_at) * 1000)::bigint as "startedAt",
    floor(extract(epoch from v.closed_at) * 1000)::bigint as "closedAt",
    v.outcome, s.policy_version as "policyVersion", (s.score ->> 'e')::float8 as e, (s.score ->> 'r')::float8 as r,
    s.score ->> 'band' as band, s.is_mobile as "isMobile", p.country, v.created_at::date - p.hired_on as "tenureDays",
    (select jsonb_agg(jsonb_build_array(c ->> 'code', c ->> 'mode', c ->> 'status', c -> 'weight', c -> 'quality',
      c -> 'evidenceClass')) from jsonb_array_elements(s.results) c) as results,
    (select l.label from labels l where l.tenant_id = $1 and l.verification_id = v.id order by l.at desc, l.id limit 1)
      as "staffLabel",
    coalesce((select x.is_exercise from exercises x where x.tenant_id = $1 and x.verification_id = v.id
      order by x.at desc, x.id limit 1), false) as "isExercise",
    case when exists (select from reports r where r.tenant_id = $1 and r.person_id = v.person_id
        and r.verification_id = v.id) then 'this'
      when exists (select from reports r where r.tenant_id = $1 and r.person_id = v.person_id
        and r.at >= v.created_at and r.at < v.created_at + interval '30 days') then 'other' end as dispute,
    (select bool_or(coalesce((a.input_summary ->> 'accessibility')::boolean, false)) from answers a
      where a.tenant_id = $1 and a.verification_id = v.id and a.created_at >= v.created_at) as "isAssisted"
  from verifications v
  join lateral (select policy_version, results, score, is_mobile from scorings
    where tenant_id = $1 and verification_id = v.id order by ordinal desc limit 1) s on true
  join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
  where v.tenant_id = $1 and v.created_at >= now() - make_interval(days => $2)
    and ($3::timestamptz is null or (v.created_at, v.id) < ($3, $4))
  order by v.created_at desc, v.id desc limit $5`

/** The next scored cases of the last `days` days, newest first; at most `limit`. */
export const calibrationPage = (
  tx: Tx,
  days: number,
  after: CalibrationPlace | null,
  limit: number,
): Promise<readonly CalibrationRow[]> =>
  tx.named<CalibrationRow>('calibration_page', sql, [
    tx.tenantId,
    days,
    after?.place ?? null,
    after?.id ?? null,
    limit,
  ])
