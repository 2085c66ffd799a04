import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { toAscii } from './ascii.ts'

describe('toAscii', () => {
  it('leaves a program as it is where there is nothing to escape', () => {
    expect(toAscii('const a = "b" // \\u2014')).toBe('const a = "b" // \\u2014')
  })

  it.each([
    ['a string', "'Zoë — 名 😀'"],
    ['a template', '`${1 + 1} – 😀`'],
    ['a key and a name', '({ größe: 3 }).größe'],
    ['a regular expression', "'a–b—c'.split(/[–—]/).join()"],
    ['one that knows code points', "'x😀y'.replace(/[😀-😂]/gu, '')"],
    ['a comment', '1 /* → */ + 1'],
  ])('%s means the same', (_what, code) => {
    const escaped = toAscii(code)
    expect(escaped).toMatch(/^[\0-\x7f]*$/)
    expect(runInNewContext(escaped)).toEqual(runInNewContext(code))
  })
})
