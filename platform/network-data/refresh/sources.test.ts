import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSourceFile } from './sources.ts'

const dir = mkdtempSync(join(tmpdir(), 'sources-'))
const put = (name: string, content: string): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
afterAll(() => {
  rmSync(dir, { recursive: true })
})

describe('the file of sources', () => {
  it('is read, with a day between refreshes unless it says otherwise', () => {
    const path = put('sources.json', '{"sources":[{"kind":"tor","from":"https://lists.example/tor.txt"}]}')
    expect(readSourceFile(path)).toEqual({
      everyHours: 24,
      sources: [{ kind: 'tor', name: 'list', from: 'https://lists.example/tor.txt' }],
    })
  })

  it.each([
    ['{', 'is not JSON'],
    ['{"sources":[]}', 'sources names no source'],
    ['{"sources":[{"kind":"tarot","from":"x"}]}', 'sources.0.kind must be one of asn4'],
    ['{"sources":[{"kind":"tor","from":"x","asOf":"soon"}]}', 'sources.0.asOf must be a date'],
    ['{"sources":[{"kind":"tor","from":"x","sha":"y"}]}', 'sources.0'],
  ])('%s is refused, naming the field', (text, sentence) => {
    expect(() => readSourceFile(put('sources.json', text))).toThrow(sentence)
  })

  it('is missed by name', () => {
    expect(() => readSourceFile(join(dir, 'none.json'))).toThrow('does not exist: DATA_SOURCES')
  })
})
