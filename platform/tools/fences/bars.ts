/** Bars of the security document that apply to what is built, and the tests that name them. */
import { filesBelow, textOf } from './sources.ts'

const span = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${String(from + index)}`)

/** Every bar that applies: sections and numbers. */
export const bars: readonly string[] = [
  ...span('B', 1, 15),
  ...span('B', 17, 22),
  ...span('C', 1, 18),
  ...[...span('D', 1, 8), 'D10', ...span('D', 13, 16)],
  ...[...span('E', 1, 3), 'E5'],
  ...span('F', 1, 14),
  ...[...span('G', 1, 3), 'G8'],
  ...['H1', ...span('H', 3, 4), 'H9'],
  ...span('I', 1, 4),
  ...span('J', 2, 3),
  ...[...span('K', 1, 6), ...span('K', 9, 10)],
  ...[...span('M', 1, 3), 'M8'],
  ...span('N', 1, 6),
]

/** A title: the first argument of a call of the test library, or of what a table of cases gives: `it.each(…)('…'`. */
const title = /(?:\b(?:it|test|describe)(?:\.\w+)*|\))\(\s*(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g

/** The bars that a title names: a letter and a number that stand alone, not after the name of another document. */
const named = /(?<![\w.-])(?<!challenges |risk )[B-N]\d{1,2}(?![\w.])/g

/** Titles of a test file. */
export const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(title)].map(([, , words]) => words ?? '')

/** For each bar the files with a test whose title names it; a suite that runs against several things is one of them. */
export const testsOfBars = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  const folders = [
    'activities',
    'analytics',
    'api',
    'bench',
    'console',
    'domain',
    'platform',
    'portal',
    'workflows',
  ]
  const files = folders
    .flatMap(filesBelow)
    .filter((path) => /\.(test\.tsx?|e2e\.ts)$|\/testing\/contract-[\w-]+\.ts$/.test(path))
  for (const path of files)
    for (const words of titlesIn(textOf(path)))
      for (const [bar] of words.matchAll(named)) found.set(bar, (found.get(bar) ?? new Set()).add(path))
  return found
}
