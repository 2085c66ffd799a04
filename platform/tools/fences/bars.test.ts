import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bars, testsOfBars, titlesIn } from './bars.ts'
import { textOf } from './sources.ts'

/** Rows of the table of bars: the bar, and the files that its row names. */
const rows = new Map(
  [...textOf('docs/threat-model.md').matchAll(/^\| ([B-N]\d{1,2}) +\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, bar = '', tests = '']) => [bar, [...tests.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '')],
  ),
)
const found = testsOfBars()

describe('bars of security', () => {
  it('the table of the threat model has every bar, in order, and no other', () => {
    expect([...rows.keys()]).toEqual(bars)
  })

  it.each(bars)('%s: each file that the table names has a test that names it', (bar) => {
    const files = rows.get(bar) ?? []
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
})
