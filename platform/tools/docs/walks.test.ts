import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textOf } from '../fences/sources.ts'
import { declaredIn, lostStops, walksIn } from './walks.ts'

const walks = walksIn(textOf('docs/architecture.md'))
const read = (path: string): string | undefined => (existsSync(path) ? textOf(path) : undefined)

describe('the walks of docs/architecture.md', () => {
  it('are the four that its reader is promised', () => {
    expect(walks.map(({ title }) => title)).toEqual([
      'Send a link',
      'An answer',
      'Approve to directory',
      'Beacon to dashboard tile',
    ])
  })

  it.each(walks)('$title has eight steps or more, and each names a function', ({ steps, stops }) => {
    expect(steps).toBeGreaterThanOrEqual(8)
    expect(stops.length).toBeGreaterThanOrEqual(steps)
  })

  it('name files that are there and functions that these declare', () => {
    expect(lostStops(walks, read)).toEqual([])
  })

  it('are refused with a wrong name or a wrong file', () => {
    const steps = [
      '1. `platform/tools/docs/walks.ts:walksIn` reads, and `platform/tools/docs/walks.ts:isNowhere` does not.',
      '2. `platform/tools/nowhere.ts:walksIn` is not there.',
    ]
    const planted = walksIn(['# A page', '', '## Four walks', '', '### Astray', '', ...steps].join('\n'))
    expect(planted.map(({ title, steps: count }) => [title, count])).toEqual([['Astray', 2]])
    expect(lostStops(planted, read)).toEqual([
      'Astray: no isNowhere in platform/tools/docs/walks.ts',
      'Astray: no file platform/tools/nowhere.ts',
    ])
  })
})

describe('what a file declares', () => {
  it('is its exports and its methods, and nothing else', () => {
    const text = `
      import { imported } from './other.ts'
      export const arrow = () => inner()
      export function plain() { const local = () => 1; return local() }
      const inner = (): number => called(1)
      export class Thing { method() { return this.#secret } #secret = 1 }
      const port = { open: () => 1, shorthand() { return 2 }, value: 3 }
      // a comment about mentioned()
    `
    expect([...declaredIn('a.ts', text)].sort()).toEqual([
      'Thing',
      'arrow',
      'method',
      'open',
      'plain',
      'shorthand',
    ])
  })
})
