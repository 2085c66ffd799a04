import { describe, expect, it } from 'vitest'
import { describeFailures, failuresOfPlaywright, failuresOfVitest } from './failures.ts'

const red = (text: string) => `\u001b[31m${text}\u001b[39m`

describe('failed tests at the end of the log', () => {
  it('of vitest: file, full name and the first line of the reason', () => {
    const found = failuresOfVitest(
      {
        testResults: [
          {
            name: '/clone/domain/link.test.ts',
            status: 'failed',
            assertionResults: [
              {
                fullName: 'a link is used once',
                status: 'failed',
                failureMessages: [`\n${red('expected 1')}\nat x`],
              },
              { fullName: 'a link expires', status: 'passed', failureMessages: [] },
            ],
          },
        ],
      },
      '/clone',
    )
    expect(describeFailures(found)).toEqual(['  domain/link.test.ts > a link is used once: expected 1'])
  })

  it('of vitest: a file that could not be loaded', () => {
    const broken = {
      name: '/clone/a.test.ts',
      status: 'failed',
      message: 'No such module',
      assertionResults: [],
    }
    expect(describeFailures(failuresOfVitest({ testResults: [broken] }, '/clone'))).toEqual([
      '  a.test.ts: No such module',
    ])
  })

  it('of Playwright: title and project, however deep, and what failed outside a test', () => {
    const spec = (title: string, status: string) => ({
      title,
      ok: status === 'expected',
      file: 'console/e2e/reset.e2e.ts',
      tests: [{ projectName: 'phone', status, results: [{}, { error: { message: 'Timed out' } }] }],
    })
    const found = failuresOfPlaywright({
      errors: [{ message: 'the stack did not start' }],
      suites: [{ specs: [spec('sends', 'expected')], suites: [{ specs: [spec('resets', 'unexpected')] }] }],
    })
    expect(describeFailures(found)).toEqual([
      '  browser tests: the stack did not start',
      '  console/e2e/reset.e2e.ts > resets (phone): Timed out',
    ])
  })

  it('are cut where there are too many, and counted', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ file: 'f', test: String(index), why: 'x' }))
    expect(describeFailures(many, 2)).toEqual(['  f > 0: x', '  f > 1: x', '  … and 3 more'])
  })
})
