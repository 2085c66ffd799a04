import { daysReport } from '../queries/days.ts'
import { feedbackReport } from '../queries/feedback.ts'
import { funnelReport } from '../queries/funnel.ts'
import { hourOfWeekReport } from '../queries/hour-of-week.ts'
import { reasonsReport } from '../queries/reasons.ts'
import { riskBinsReport } from '../queries/risk-bins.ts'
import { sliceReports } from '../queries/slices.ts'
import { totalsReport } from '../queries/totals.ts'

/** Every question about a tenant's verifications. */
export const cohortReports = [
  totalsReport,
  daysReport,
  feedbackReport,
  funnelReport,
  hourOfWeekReport,
  reasonsReport,
  riskBinsReport,
  ...Object.values(sliceReports),
] as const
