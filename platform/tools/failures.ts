/** Which tests of a run failed, and why in one line: for the end of CI's log. */
import { relative } from 'node:path'

/** One failed test, or a file that could not be loaded (then `test` is empty). */
export interface Failure {
  readonly file: string
  readonly test: string
  readonly why: string
}

/** The results of vitest's JSON reporter, as far as they are read here. */
export interface VitestResults {
  readonly testResults?: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

interface Spec {
  readonly title: string
  readonly ok: boolean
  readonly file: string
  readonly tests: readonly {
    readonly projectName: string
    readonly status: string
    readonly results: readonly { readonly error?: { readonly message?: string } }[]
  }[]
}
interface Suite {
  readonly specs?: readonly Spec[]
  readonly suites?: readonly Suite[]
}

/** The results of Playwright's JSON reporter, as far as they are read here. */
export interface PlaywrightResults {
  readonly suites?: readonly Suite[]
  readonly errors?: readonly { readonly message?: string }[]
}

const longest = 160

/** The first line that says something, without colours. */
function firstLine(message: string | undefined): string {
  // eslint-disable-next-line no-control-regex -- colours of the terminal begin with ESC
  const plain = (message ?? '').replace(/\u001b\[[\d;]*m/g, '')
  const line = plain.split('\n').find((one) => one.trim() !== '') ?? 'no reason given'
  return line.trim().slice(0, longest)
}

/** Failures of a run of vitest; `root` is cut from the names of files. */
export function failuresOfVitest({ testResults = [] }: VitestResults, root: string): readonly Failure[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [{ file, test: '', why: firstLine(message) }]
    return failed.map(({ fullName, failureMessages }) => ({
      file,
      test: fullName,
      why: firstLine(failureMessages?.[0]),
    }))
  })
}

/** Failures of a run of Playwright; what failed outside a test comes first. */
export function failuresOfPlaywright({ suites = [], errors = [] }: PlaywrightResults): readonly Failure[] {
  const outside = errors.map(({ message }) => ({ file: 'browser tests', test: '', why: firstLine(message) }))
  return [...outside, ...suites.flatMap(failuresOfSuite)]
}

function failuresOfSuite({ specs = [], suites = [] }: Suite): readonly Failure[] {
  const own = specs
    .filter(({ ok }) => !ok)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status !== 'expected' && status !== 'skipped')
        .map(({ projectName, results }) => ({
          file,
          test: `${title} (${projectName})`,
          why: firstLine(results.find(({ error }) => error)?.error?.message),
        })),
    )
  return [...own, ...suites.flatMap(failuresOfSuite)]
}

/** A line for each, the first `most` of them. */
export function describeFailures(failures: readonly Failure[], most = 40): readonly string[] {
  const lines = failures.slice(0, most).map(({ file, test, why }) => {
    return `  ${[file, test].filter((part) => part !== '').join(' > ')}: ${why}`
  })
  const rest = failures.length - lines.length
  return rest > 0 ? [...lines, `  … and ${String(rest)} more`] : lines
}
