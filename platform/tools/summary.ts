/**
 * The end of CI: which steps failed, which tests, and as last line "N passed, N failed".
 *
 * `summary.ts <failed steps> <vitest.json> <e2e.json> [<vitest.json of check>]`: the steps one a line; exits 1 when
 * anything failed. A step that failed without a failed test (a build, a missing report) counts as one failure. The tests of
 * check run again in `npm test` and are named here, not counted twice.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  describeFailures,
  type Failure,
  failuresOfPlaywright,
  failuresOfVitest,
  type PlaywrightResults,
  type VitestResults,
} from './failures.ts'

/** Tests of one run. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

interface VitestReport extends VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
}
interface PlaywrightReport extends PlaywrightResults {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
}
type Report = VitestReport | PlaywrightReport

/** Reads the JSON report of vitest or Playwright. A file that could not be loaded is a failure though no test failed. */
export function countOf(report: Report): Count {
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

/** Sums up a run; a report that was not written is `undefined`. */
export function summarise(failedSteps: number, reports: readonly (Count | undefined)[]): Count {
  const passed = reports.reduce((sum, report) => sum + (report?.passed ?? 0), 0)
  const failed = reports.reduce((sum, report) => sum + (report?.failed ?? 1), 0)
  return { passed, failed: Math.max(failed, failedSteps) }
}

function read(path: string | undefined): Report | undefined {
  if (path === undefined || !existsSync(path)) return undefined
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const failuresOf = (report: Report): readonly Failure[] =>
  'stats' in report ? failuresOfPlaywright(report) : failuresOfVitest(report, root)

/** The same test may have failed in `check` and in `npm test`. */
function distinct(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((one) => [`${one.file}\n${one.test}`, one])).values()]
}

function main([failedSteps = '', vitest, e2e, check]: readonly string[]): void {
  const steps = failedSteps.split('\n').filter((step) => step !== '')
  const [first, second, third] = [vitest, e2e, check].map(read)
  const reports = [first, second, third].flatMap((report) => (report === undefined ? [] : [report]))
  const { passed, failed } = summarise(
    steps.length,
    [first, second].map((report) => report && countOf(report)),
  )
  if (steps.length > 0) console.log(`Failed steps: ${steps.join(', ')}`)
  const failures = distinct(reports.flatMap(failuresOf))
  if (failures.length > 0) console.log(['Failed tests:', ...describeFailures(failures)].join('\n'))
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
