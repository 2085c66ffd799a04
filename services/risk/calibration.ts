/** The calibration report over a tenant's stored cases: bounded, in short transactions, changing nothing. */
import type { CalibrationCase, CalibrationResult } from '#domain/risk/calibration/case.ts'
import { calibrate, type CalibrationReport } from '#domain/risk/calibration/report.ts'
import type { CheckSettings } from '#domain/risk/settings.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { calibrationPage, type CalibrationPlace, type CalibrationRow } from './calibration-read.ts'
import type { Db } from '#platform/database/connect.ts'
import { currentVersion, readVersion } from '../policy/policy-versions.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'

/** Days looked back unless said otherwise. */
export const calibrationDays = 90
/** Cases looked at at most, the newest. */
export const mostCalibrated = 10_000
const pageSize = 500
/** Somebody who began within so many days is new. */
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

/** How much to look at; `hasLeft`: nobody waits for the answer any more. */
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
