/** The calibration report as lines for a terminal. */
import type { Cohort } from '#domain/risk/calibration/cohorts.ts'
import type { Rate } from '#domain/risk/calibration/intervals.ts'
import type { CalibrationReport, CheckReport, WeightReport } from '#domain/risk/calibration/report.ts'
import type { Bin } from '#domain/risk/calibration/reliability.ts'

/** The parts of a report of calibration. Times are epoch milliseconds. */
export type ToldCalibration = {
  readonly tenant: string
  readonly policyVersion: number
  readonly days: number
  readonly from: number | null
  readonly to: number | null
  readonly most: number
  readonly isCapped: boolean
  readonly report: CalibrationReport
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const rate = ({ hits, of, share, lo, hi }: Rate): string =>
  share === null || lo === null || hi === null
    ? 'nothing counted'
    : `${percent(share)} (${percent(lo)} to ${percent(hi)}; ${String(hits)} of ${String(of)})`

const db = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ') || 'none'

const head = (told: ToldCalibration): readonly string[] => {
  const { report, days, isCapped, most } = told
  const day = (ms: number | null): string => (ms === null ? '–' : new Date(ms).toISOString().slice(0, 10))
  return [
    `Calibration of ${told.tenant}, policy version ${String(told.policyVersion)}`,
    `Window: the last ${String(days)} days, ${String(report.cases)} scored cases from ${day(told.from)} to ${day(told.to)}` +
      (isCapped ? ` (the newest ${String(most)}; there are more)` : ''),
    '',
    `Genuine: ${counts(report.labels.genuine)}`,
    `Impostors: ${counts(report.labels.fraud)}`,
    `Without a label: ${counts(report.labels.unlabelled)}`,
    `Not passed: ${String(report.refused.cases)}, of them with a label: ${String(report.refused.labelled)}`,
    `Audit sample: ${String(report.audit.sampled)} of ${String(report.audit.passes)} passes; suspicious: ${rate(report.audit.suspicious)}; waiting: ${String(report.audit.waiting.length)}`,
  ]
}

const weightLine = (code: string, weight: WeightReport): string => {
  const { name, current, measured, state, proposed, hits } = weight
  const said =
    measured === null ? '' : ` measured ${db(measured.value)} (${db(measured.lo)} to ${db(measured.hi)})`
  const other = weight.isOtherWay ? '; fires more often on the other side' : ''
  return `  ${code} ${name}: ${db(current)} dB,${said} ${proposed === null ? state : `proposed ${db(proposed)}`}; hits ${String(hits.genuine)} genuine, ${String(hits.fraud)} impostors${other}`
}

const weights = ({ checks }: CalibrationReport): readonly string[] => {
  const told = checks.flatMap((check) => check.weights.map((weight) => ({ code: check.code, weight })))
  const known = told.filter(({ weight }) => weight.state !== 'too_little_data')
  return [
    'Weights',
    ...known.map(({ code, weight }) => weightLine(code, weight)),
    `  ${String(told.length - known.length)} further weights: too little data, nothing proposed`,
  ]
}

const alarmLine = ({ code, mode, alarms, advice }: CheckReport): string =>
  `  ${code} (${mode}): ${rate(alarms)}; ${advice ?? ''}`

const alarms = ({ checks }: CalibrationReport): readonly string[] => [
  'Alarms on genuine people',
  ...checks
    .filter(({ advice, alarms: { hits } }) => advice !== null && hits > 0)
    .sort((a, b) => (b.alarms.share ?? 0) - (a.alarms.share ?? 0))
    .map(alarmLine),
]

const binLine = ({ from, to, genuine, fraud, predicted, observed }: Bin): string =>
  `  ${String(from)}–${String(to)}: ${String(genuine)} genuine, ${String(fraud)} impostors` +
  (predicted === null || observed === null
    ? ''
    : `; predicted ${percent(predicted)}, observed ${percent(observed.value)} (${percent(observed.lo)} to ${percent(observed.hi)})`)

const reliability = ({ reliability: { bins, brier }, curve }: CalibrationReport): readonly string[] => [
  `Reliability (both sides weighing the same); Brier score ${brier === null ? '–' : brier.toFixed(4)}`,
  ...bins.map(binLine),
  curve === null
    ? '  Measured curve: too little data; the fixed one stays.'
    : `  Measured curve (the fixed one stays in force): ${curve.map(({ from, to, r }) => `${db(from)} to ${db(to)} dB: ${r.toFixed(1)}`).join('; ')}`,
]

const cohortLine = ({ dimension, value, alarms: alarm, passes, ratio, verdict }: Cohort): string =>
  `  ${dimension} ${value}: alarms ${rate(alarm)}; passed ${rate(passes)}; ` +
  (ratio === null
    ? verdict
    : `ratio ${ratio.value.toFixed(2)} (${ratio.lo.toFixed(2)} to ${ratio.hi.toFixed(2)}), ${verdict}`)

/** Everything, section by section. */
export const calibrationText = (told: ToldCalibration): string =>
  [
    ...head(told),
    '',
    ...weights(told.report),
    '',
    ...alarms(told.report),
    '',
    ...reliability(told.report),
    '',
    'Groups (alarms on genuine people beside everybody else)',
    ...told.report.cohorts.map(cohortLine),
  ].join('\n')
