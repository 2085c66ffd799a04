/** Bars of the threat model: where code, tests and documents cite them, and which tests name them in a title. */
import { filesBelow, textOf } from './sources.ts'

/** A title: the first argument of a call of the test library, or of what a table of cases gives: `it.each(…)('…'`. */
const title = /(?:\b(?:it|test|describe)(?:\.\w+)*|\))\(\s*(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g

/** Comments of code, of SQL within it and of configuration. */
const comment = /\/\*[^]*?\*\/|(?:^|\s)\/\/ .*|^\s*(?:--|#) .*/gm

/** A bar: a letter and a number by themselves, not after the name of another document. */
const named = /(?<![\w.-])(?<!(?:challenges|risk)(?:\.md)? [\d., ]*)[B-NP-RT]\d{1,2}(?!\w|\.\w)/g

/** The bars that a text names. */
export const barsIn = (text: string): readonly string[] => [...text.matchAll(named)].map(([bar]) => bar)

/** Titles of a test file. */
export const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(title)].map(([, , words]) => words ?? '')

/** Comments of a source file. */
export const commentsIn = (text: string): readonly string[] =>
  [...text.matchAll(comment)].map(([words]) => words)

const folders = [
  'activities',
  'analytics',
  'api',
  'bench',
  'console',
  'domain',
  'services',
  'platform',
  'cli',
  'dev',
  'portal',
  'workflows',
]
// The test of this file plants titles; it holds no bar.
const sources = folders.flatMap(filesBelow).filter((path) => !path.endsWith('fences/bars.test.ts'))
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs')]

const isTest = (path: string): boolean =>
  /\.(test\.tsx?|e2e(-ad)?\.ts)$|\/testing\/contract-[\w-]+\.ts$/.test(path)

/** The words of a file: comments and titles of code, the whole text of a document. */
const wordsOf = (path: string): readonly string[] => {
  const text = textOf(path)
  if (path.endsWith('.md')) return [text]
  return [...commentsIn(text), ...(isTest(path) ? titlesIn(text) : [])]
}

/** Where a Q and a number is a family of questions (docs/questions.md) and no bar. */
const asksQuestions = (path: string): boolean => path === 'docs/questions.md' || path.startsWith('domain/')

const collect = (
  paths: readonly string[],
  words: (path: string) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const path of paths)
    for (const bar of words(path).flatMap(barsIn))
      if (!(bar.startsWith('Q') && asksQuestions(path)))
        found.set(bar, (found.get(bar) ?? new Set()).add(path))
  return found
}

/** For each bar the files that cite it, in a comment, a title or a document. */
export const citedBars = (): ReadonlyMap<string, ReadonlySet<string>> =>
  collect(
    [
      ...sources.filter((path) => /\.(tsx?|cjs|mjs|css|html|yml)$/.test(path)),
      ...documents.filter((path) => path.endsWith('.md') && path !== 'docs/threat-model.md'),
      'docker-compose.yml',
      'Dockerfile',
    ],
    wordsOf,
  )

/** For each bar the files with a test whose title names it; a suite that runs against several things is one of them. */
export const testsOfBars = (): ReadonlyMap<string, ReadonlySet<string>> =>
  collect(sources.filter(isTest), (path) => titlesIn(textOf(path)))
