import type { Calibration } from '#api/contract/console-calibration.ts'
import { calibrate } from '#domain/risk/calibration/report.ts'
import {
  calibratedAt,
  calibrationCase,
  calibrationHit,
  calibrationResult,
  impostorCase,
  many,
  possession,
} from '#domain/risk/testing/calibration.ts'

const hosting = (isHit: boolean) =>
  isHit ? calibrationHit('NET_HOSTING_ASN', -6) : calibrationResult('NET_HOSTING_ASN')
const paste = (isHit: boolean) =>
  isHit
    ? calibrationHit('PER_PASTE', -2, { mode: 'shadow' })
    : calibrationResult('PER_PASTE', { mode: 'shadow' })
const device = (name: 'mobile' | 'desktop') => ({
  place: null,
  country: 'GB',
  device: name,
  access: null,
  tenure: null,
})

const { settings, ...report } = calibrate(
  [
    ...many(150, (index) =>
      calibrationCase({
        results: [possession, hosting(index < 2), paste(index < 30)],
        cohorts: device(index < 50 ? 'mobile' : 'desktop'),
        ...(index < 25 ? { band: 'elevated' as const } : {}),
      }),
    ),
    ...many(60, () => impostorCase({ results: [hosting(true)] })),
  ],
  { settings: { checks: {} }, settingsOf: () => undefined, now: calibratedAt },
)

/** The report of a small organisation, made by the domain's own function. */
export const calibrationReport: Calibration = JSON.parse(
  JSON.stringify({
    ...report,
    window: {
      days: 90,
      from: '2026-09-25T12:00:00.000Z',
      to: '2026-09-25T12:00:00.000Z',
      most: 10_000,
      isCapped: false,
    },
    cohorts: report.cohorts.map((cohort) => ({ ...cohort, decision: null })),
    draft: { version: 4, checks: settings.checks, changes: [], weakened: [] },
  }),
) as Calibration
