/**
 * The last line of CI: `summary.ts <failed steps> <vitest.json> <e2e.json>` prints "N passed, N failed" and exits 1 when
 * anything failed. A step that failed without a failed test (a build, a missing report) counts as one failure.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Tests of one run. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
}
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
  readonly errors?: readonly unknown[]
}

/** Reads the JSON report of vitest or Playwright. A file that could not be loaded is a failure though no test failed. */
export function countOf(report: VitestReport | PlaywrightReport): Count {
  if ('stats' in report) {
    const { expected, unexpected, flaky } = report.stats
    const failed = unexpected + flaky
    return { passed: expected, failed: failed === 0 && (report.errors?.length ?? 0) > 0 ? 1 : failed }
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report
  return {
    passed: numPassedTests,
    failed: numFailedTests === 0 && numFailedTestSuites > 0 ? 1 : numFailedTests,
  }
}

/** Sums up a run; `undefined` stands for a report that was not written. */
export function summarise(failedSteps: number, reports: readonly (Count | undefined)[]): Count {
  const passed = reports.reduce((sum, report) => sum + (report?.passed ?? 0), 0)
  const failed = reports.reduce((sum, report) => sum + (report?.failed ?? 1), 0)
  return { passed, failed: Math.max(failed, failedSteps) }
}

function main([failedSteps = '0', ...paths]: readonly string[]): void {
  const reports = paths.map((path) => {
    return existsSync(path)
      ? countOf(JSON.parse(readFileSync(path, 'utf8')) as VitestReport | PlaywrightReport)
      : undefined
  })
  const { passed, failed } = summarise(Number(failedSteps), reports)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
