import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { barsIn, citedBars, commentsIn, testsOfBars, titlesIn } from './bars.ts'
import { textOf } from './sources.ts'

/** Rows of the table of bars: the bar, and the files that its row names. */
const table = [...textOf('docs/threat-model.md').matchAll(/^\| ([B-T]\d{1,2}) +\|[^|]*\|([^|]*)\|$/gm)].map(
  ([, bar = '', tests = '']) => ({
    bar,
    files: [...tests.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? ''),
  }),
)
const found = testsOfBars()
const cited = citedBars()

const isAfter = (one: string, other: string): boolean =>
  one[0] === other[0] ? Number(one.slice(1)) > Number(other.slice(1)) : one > other

describe('bars of security', () => {
  it('the table of the threat model has each bar once, in order', () => {
    expect(table.length).toBeGreaterThan(100)
    expect(table.filter(({ bar }, index) => index > 0 && !isAfter(bar, table[index - 1]?.bar ?? ''))).toEqual(
      [],
    )
  })

  it('every bar that code, tests or documents cite has its row', () => {
    const rows = new Set(table.map(({ bar }) => bar))
    expect([...cited].filter(([bar]) => !rows.has(bar)).map(([bar, paths]) => [bar, ...paths])).toEqual([])
  })

  it.each(table)('$bar: each file that the table names has a test that names it', ({ bar, files }) => {
    expect(files.length).toBeGreaterThan(0)
    for (const path of files) {
      expect(existsSync(path), path).toBe(true)
      expect([...(found.get(bar) ?? [])], path).toContain(path)
    }
  })

  it('reads titles and nothing else', () => {
    expect(titlesIn("it('B1: x', () => {})")).toEqual(['B1: x'])
    expect(titlesIn("describe.concurrent('C1, C2: x', () => {})")).toEqual(['C1, C2: x'])
    expect(titlesIn("it.each([\n  ['a', 1],\n])(\n  'F9: %s',\n)")).toEqual(['F9: %s'])
    expect(titlesIn("// what B7 asks\nexpect('F1').toBe(x)\nconst it = 'B2'")).toEqual([])
  })

  it('reads comments of code and of SQL, and no text', () => {
    const text =
      "/** one */ const a = 'https://x.test/B1' // two\n  -- three (B2)\nconst b = 'B3'\n/*\n * four\n */"
    expect(commentsIn(text).map((words) => words.trim())).toEqual([
      '/** one */',
      '// two',
      '-- three (B2)',
      '/*\n * four\n */',
    ])
  })

  it('tells bars from numbers of other documents and from names', () => {
    expect(barsIn('security.md B1, C2 (D10). E1–E3; it is F7.')).toEqual([
      'B1',
      'C2',
      'D10',
      'E1',
      'E3',
      'F7',
    ])
    expect(barsIn('challenges.md 7.1, risk E5, CB1, B1x, F2.5, H123, x-B2')).toEqual([])
  })
})
