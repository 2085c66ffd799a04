import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

describe('csvLine', () => {
  it('disarms everything that a spreadsheet would run (K5)', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
      expect(csvLine([`${start}1+1`])).toBe(`"'${start}1+1"\r\n`)
  })

  it('disarms behind white space, which spreadsheets trim, and behind what another separator would end (K5)', () => {
    expect(csvLine([' @x'])).toBe(`"' @x"\r\n`)
    expect(csvLine(['\u00a0\u200b=1+1'])).toBe(`"'\u00a0\u200b=1+1"\r\n`)
    expect(csvLine(['\n=1+1'])).toBe(`"'\n'=1+1"\r\n`)
    expect(csvLine(['INC-1;=1+1'])).toBe(`"INC-1;'=1+1"\r\n`)
    expect(csvLine(['INC-1; =1;\t-2'])).toBe(`"INC-1;' =1;\t'-2"\r\n`)
    expect(csvLine(['INC-1"; "=1+1'])).toBe(`"INC-1"";' ""=1+1"\r\n`)
    expect(csvLine(['a-b; c = d', 'x @ y'])).toBe('a-b; c = d,x @ y\r\n')
  })

  it('quotes by RFC 4180', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', null, 4.2, -1])).toBe(
      '"a,b","say ""hi""","two\nlines",,4.2,-1\r\n',
    )
  })
})
