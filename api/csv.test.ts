import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

describe('csvLine', () => {
  it('disarms everything that a spreadsheet would run (K5)', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
      expect(csvLine([`${start}1+1`])).toBe(`"'${start}1+1"\r\n`)
  })

  it('quotes by RFC 4180', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', null, 4.2, -1])).toBe(
      '"a,b","say ""hi""","two\nlines",,4.2,-1\r\n',
    )
  })
})
