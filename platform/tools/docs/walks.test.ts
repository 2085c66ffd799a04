import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { textOf } from '../fences/sources.ts'
import { declaredIn, lostStops, walksIn } from './walks.ts'

const document = textOf('docs/architecture.md')
const walks = walksIn(document)
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
    const { path, name } = walks[0]?.stops[0] ?? { path: '', name: '' }
    const stop = `\`${path}:${name}\``
    expect(document).toContain(stop)
    const wrongName = document.replace(stop, `\`${path}:isNowhere\``)
    expect(lostStops(walksIn(wrongName), read)).toEqual([`Send a link: no isNowhere in ${path}`])
    const wrongFile = document.replace(stop, `\`api/nowhere.ts:${name}\``)
    expect(lostStops(walksIn(wrongFile), read)).toEqual(['Send a link: no file api/nowhere.ts'])
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
