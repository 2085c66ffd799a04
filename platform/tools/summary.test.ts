import { describe, expect, it } from 'vitest'
import { countOf, summarise } from './summary.ts'

describe('the last line of CI', () => {
  it('adds up the runs', () => {
    const vitest = countOf({ numPassedTests: 400, numFailedTests: 0, numFailedTestSuites: 0 })
    const playwright = countOf({ stats: { expected: 12, unexpected: 0, flaky: 0 }, errors: [] })
    expect(summarise(0, [vitest, playwright])).toEqual({ passed: 412, failed: 0 })
  })

  it('counts a flaky journey as failed', () => {
    expect(countOf({ stats: { expected: 3, unexpected: 1, flaky: 1 } })).toEqual({ passed: 3, failed: 2 })
  })

  it('counts a file that could not be loaded, though no test of it failed', () => {
    expect(countOf({ numPassedTests: 5, numFailedTests: 0, numFailedTestSuites: 1 })).toEqual({
      passed: 5,
      failed: 1,
    })
    expect(countOf({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] }).failed).toBe(1)
  })

  it('counts a missing report and a failed step', () => {
    expect(summarise(0, [{ passed: 1, failed: 0 }, undefined])).toEqual({ passed: 1, failed: 1 })
    expect(summarise(2, [{ passed: 1, failed: 0 }])).toEqual({ passed: 1, failed: 2 })
  })
})
