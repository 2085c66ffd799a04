import { expect } from 'vitest'
import { readCalibration } from '#services/risk/calibration.ts'
import { calibrationText } from '#cli/calibration-text.ts'
import type { Db } from '#platform/database/connect.ts'

/** The past of a demo organisation says something of every part of the calibration report. */
export const expectCalibration = async (db: Db, tenantId: string): Promise<void> => {
  const window = { days: 90, most: 10_000, hasLeft: () => false }
  const begun = performance.now()
  const { policy, ...made } = await readCalibration(db, tenantId, window)
  const seconds = (performance.now() - begun) / 1000
  const { report } = made
  const { genuine, fraud } = report.labels
  expect(made.isCapped).toBe(false)
  expect(report.cases).toBeGreaterThan(1000)
  expect(genuine.undisputed).toBeGreaterThan(300)
  expect(genuine.staff).toBeGreaterThan(20)
  expect(fraud.staff).toBeGreaterThan(30)
  expect(fraud.red_team).toBeGreaterThan(3)
  const weights = report.checks.flatMap((check) => check.weights)
  expect(weights.filter(({ measured }) => measured !== null).length).toBeGreaterThan(3)
  expect(report.reliability.brier).toBeLessThan(0.25)
  expect(report.curve).not.toBe(null)
  const judged = new Set(
    report.cohorts.flatMap(({ dimension, ratio }) => (ratio === null ? [] : [dimension])),
  )
  expect([...judged].sort()).toEqual(['access', 'country', 'device'])
  // Too few of them call to be judged, and the report says so.
  expect(report.cohorts.find(({ value }) => value === 'new_hire')?.verdict).toBe('too_few')
  const text = calibrationText({ tenant: 'demo', policyVersion: policy.version, most: 10_000, ...made })
  process.stdout.write(`${text}\nmade in ${seconds.toFixed(1)} s\n`)
}
