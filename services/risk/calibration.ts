/** The calibration report over a tenant's stored cases: bounded, in short transactions, changing nothing. */
import type { CheckStatus, EvidenceClass } from '#domain/risk/check.ts'
import type { StaffLabel, CalibrationCase, CalibrationResult } from '#domain/risk/calibration/case.ts'
import type { Band, CheckSettings } from '#domain/risk/settings.ts'
import type { Outcome } from '#domain/verification/outcome.ts'
import { type Tx, inTenant } from '#platform/database/transaction.ts'
import { calibrate, type CalibrationReport } from '#domain/risk/calibration/report.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { Db } from '#platform/database/connect.ts'
import { currentVersion, readVersion } from '../policy/policy-versions.ts'

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
  readonly isLabelledSeeing: boolean
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
    (select l.label from labels l where l.tenant_id = $1 and l.verification_id = v.id and l.basis <> 'panel'
      order by l.at desc, l.id limit 1) as "staffLabel",
    exists (select from labels l where l.tenant_id = $1 and l.verification_id = v.id and l.basis = 'panel')
      as "isLabelledSeeing",
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

/** Days looked back by default. */
export const calibrationDays = 90
/** Cases looked at at most, the newest. */
export const mostCalibrated = 10_000
const pageSize = 500
/** A person who began within so many days is new. */
const newHireDays = 90

/** The report with what it was made of. */
export type Calibration = {
  readonly policy: Policy
  readonly days: number
  /** Start of the oldest and the newest case, epoch ms; null where there is none */
  readonly from: number | null
  readonly to: number | null
  /** There are more cases in the window than were looked at */
  readonly isCapped: boolean
  readonly report: CalibrationReport
}

/** The window to look at; `hasLeft`: nobody waits for the answer any more. */
export type CalibrationWindow = {
  readonly days: number
  readonly most: number
  readonly hasLeft: () => boolean
}

type Collected = {
  readonly cases: readonly CalibrationCase[]
  readonly isCapped: boolean
}

/** Makes the report. Reads pages of five hundred cases, each in a transaction of its own, and stops when nobody waits. */
export const readCalibration = async (
  db: Db,
  tenantId: string,
  window: CalibrationWindow,
): Promise<Calibration> => {
  const { cases, isCapped } = await collect(db, tenantId, window)
  const { policy } = await inTenant(db, tenantId, currentVersion)
  const settings = await settingsOfVersions(db, tenantId, cases)
  const now = Date.now()
  return {
    policy,
    days: window.days,
    from: cases.at(-1)?.startedAt ?? null,
    to: cases[0]?.startedAt ?? null,
    isCapped,
    report: calibrate(cases, {
      settings: { checks: policy.score.checks },
      settingsOf: (version) => settings.get(version),
      now,
    }),
  }
}

const collect = async (
  db: Db,
  tenantId: string,
  { days, most, hasLeft }: CalibrationWindow,
): Promise<Collected> => {
  const cases: CalibrationCase[] = []
  let after: CalibrationPlace | null = null
  while (!hasLeft()) {
    const from: CalibrationPlace | null = after
    // One more than may be looked at tells whether there are more.
    const size = Math.min(pageSize, most + 1 - cases.length)
    const page: readonly CalibrationRow[] = await inTenant(db, tenantId, (tx) =>
      calibrationPage(tx, days, from, size),
    )
    cases.push(...page.map(caseOf))
    const last = page.at(-1)
    if (last === undefined || page.length < size || cases.length > most) break
    after = last
  }
  return { cases: cases.slice(0, most), isCapped: cases.length > most }
}

const settingsOfVersions = (
  db: Db,
  tenantId: string,
  cases: readonly CalibrationCase[],
): Promise<ReadonlyMap<number, CheckSettings>> =>
  inTenant(db, tenantId, async (tx: Tx) => {
    const settings = new Map<number, CheckSettings>()
    for (const version of new Set(cases.map(({ policyVersion }) => policyVersion))) {
      const found = await readVersion(tx, version)
      if (found !== undefined) settings.set(version, { checks: found.policy.score.checks })
    }
    return settings
  })

/** A row as the domain takes it. */
export const caseOf = (row: CalibrationRow): CalibrationCase => {
  const results = row.results.map(
    ([code, mode, status, weight, quality, evidenceClass]): CalibrationResult => ({
      ...{ code, mode, status, weight, quality, evidenceClass },
    }),
  )
  const { isMobile, isAssisted, tenureDays } = row
  return {
    ...row,
    results,
    cohorts: {
      place: placeOf(results),
      country: row.country,
      device: isMobile === null ? null : isMobile ? 'mobile' : 'desktop',
      access: isAssisted === null ? null : isAssisted ? 'assisted' : 'unassisted',
      tenure: tenureDays === null ? null : tenureDays < newHireDays ? 'new_hire' : 'established',
    },
  }
}

/** In the office: from the organisation's own networks. Not known where it has not said which they are. */
const placeOf = (results: readonly CalibrationResult[]): 'office' | 'remote' | null => {
  const egress = results.find(({ code }) => code === 'NET_CORP_EGRESS')
  if (egress?.status !== 'pass') return null
  return egress.weight > 0 ? 'office' : 'remote'
}
