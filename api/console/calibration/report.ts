import type { CalibrationReport, CheckReport } from '#domain/risk/calibration/report.ts'
import { mostCalibrated, readCalibration } from '#services/risk/calibration.ts'
import { cohortDecisions } from '#services/verifications/remarks.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { Calibration } from '../../contract/console-calibration.ts'
import type { ApiDeps } from '../../deps.ts'
import { comparison, shownPolicy } from '../policy/drafts.ts'
import { createCalculationQueue } from '../policy/calculation-queue.ts'

const instantOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

const checkOf = ({ weights, ...check }: CheckReport): Calibration['checks'][number] => ({
  ...check,
  weights: [...weights],
})

const parts = (report: CalibrationReport) => ({
  cases: report.cases,
  labels: report.labels,
  refused: report.refused,
  audit: { ...report.audit, waiting: [...report.audit.waiting] },
  checks: report.checks.map(checkOf),
  reliability: { ...report.reliability, bins: [...report.reliability.bins] },
  curve: report.curve === null ? null : [...report.curve],
})

/**
 * The calibration report over the newest cases of a window. What it proposes is a draft of the policy: it is compared here
 * and goes its way like any other change (D13, D14).
 */
export const calibration = ({ db }: ApiDeps) => {
  const calculations = createCalculationQueue()
  return bind('console.calibration', ({ staff, query, http }) =>
    calculations.run(staff.tenantId, async () => {
      const window = { days: query.days, most: mostCalibrated, hasLeft: http.hasLeft }
      const { policy, report, ...made } = await readCalibration(db, staff.tenantId, window)
      const decisions = await inTenant(db, staff.tenantId, cohortDecisions)
      const draft = { ...policy, score: { ...policy.score, checks: report.settings.checks } }
      return {
        ...parts(report),
        window: {
          days: made.days,
          from: instantOf(made.from),
          to: instantOf(made.to),
          most: mostCalibrated,
          isCapped: made.isCapped,
        },
        cohorts: report.cohorts.map((cohort) => ({
          ...cohort,
          decision:
            decisions.find(
              ({ dimension, value }) => dimension === cohort.dimension && value === cohort.value,
            ) ?? null,
        })),
        draft: {
          version: policy.version,
          checks: shownPolicy(draft).score.checks,
          ...comparison(policy, draft),
        },
      }
    }),
  )
}
