import { describe, expect, it } from 'vitest'
import { importLimits } from '#domain/questions/import-kinds.ts'
import { anna, codesOf, head, read, tickets } from './testing/files.ts'

describe('files', () => {
  const expected = [
    {
      line: 2,
      personId: anna,
      family: 'ticket',
      key: 'T1',
      value: '{"id":"T1","category":"Printing"}',
      validFrom: new Date('2026-10-01T00:00:00Z'),
    },
  ]
  const file = tickets('anna,T1,Printing,2026-10-01')
  const utf16 = (text: string, isBig: boolean): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return isBig ? bytes.swap16() : bytes
  }

  it.each([
    ['UTF-8', new TextEncoder().encode(file)],
    ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${file}`)],
    ['UTF-16, little end first', utf16(file, false)],
    ['UTF-16, big end first', utf16(file, true)],
    ['carriage returns', new TextEncoder().encode(file.replaceAll('\n', '\r\n'))],
    ['semicolons', new TextEncoder().encode(file.replaceAll(',', ';'))],
    ['tabs', new TextEncoder().encode(file.replaceAll(',', '\t'))],
    ['headers as people write them', new TextEncoder().encode(file.replace('ticket_id', '"Ticket-ID"'))],
    [
      'columns in another order',
      new TextEncoder().encode('opened,category,person,ticket_id\n2026-10-01,Printing,anna,T1'),
    ],
    ['blank lines at the end', new TextEncoder().encode(`${file}\n\n`)],
  ])('are read: %s', async (_, bytes) => {
    for (const size of [1, 3, 4096]) {
      const { facts, problems, rows } = await read('tickets', bytes, 'csv', size)
      expect([facts, problems, rows]).toEqual([expected, [], 1])
    }
  })

  it.each([
    ['an empty file', '', [[null, null, 'empty_file']]],
    ['only a header', head, [[null, null, 'no_rows']]],
    ['no header', 'anna,T1,Printing,2026-10-01\n', [[1, null, 'no_header']]],
    ['a column of another kind', 'person,ticket_id,category,opened,notes\n', [[1, '#5', 'unknown_column']]],
    ['a column twice', 'person,ticket_id,category,opened,person\n', [[1, 'person', 'repeated_column']]],
    ['a missing column', 'person,ticket_id,category\n', [[1, 'opened', 'missing_column']]],
    ['a quote that is not closed', tickets('anna,T1,"Printing,2026-10-01'), [[2, null, 'broken_quotes']]],
    ['a quote within a cell', tickets('anna,T1,Pri"nt"ing,2026-10-01'), [[2, null, 'broken_quotes']]],
    ['text after a quote', tickets('anna,T1,"Pri"nting,2026-10-01'), [[2, null, 'broken_quotes']]],
    ['a cell too few', tickets('anna,T1,Printing'), [[2, null, 'too_few_cells']]],
    ['a cell too many', tickets('anna,T1,Printing,2026-10-01,x'), [[2, null, 'too_many_cells']]],
  ])('are refused with line and reason: %s', async (_, content, problems) => {
    expect(await codesOf(content)).toEqual(problems)
  })

  it('of another encoding are refused by name, on the line where it shows', async () => {
    const latin = Buffer.from(tickets('anna,T1,Printing,2026-10-01', 'bert,T2,Möbel,2026-10-01'), 'latin1')
    expect(await codesOf(latin)).toEqual([[3, null, 'not_utf8']])
    expect(await codesOf(Buffer.from(file, 'utf16le'))).toEqual([[null, null, 'utf16_without_mark']])
    expect(await codesOf(Buffer.from('PK\u0003\u0004xl/workbook.xml'))).toEqual([[null, null, 'workbook']])
    expect(await codesOf(Buffer.concat([Buffer.from(file), Buffer.from([0xc3])]))).toContainEqual([
      2,
      null,
      'not_utf8',
    ])
  })

  it('may end their lines in several ways, as files do that were put together', async () => {
    const rows = [
      'anna,T1,"two\nlines",2026-10-01',
      'anna,T2,Printing,"2026-10-02"',
      'anna,T3,"Printing",2026-10-03',
    ]
    for (const ends of [
      ['\r\n', '\n', '\r'],
      ['\n', '\r', '\r\n'],
      ['\r', '\r\n', '\n'],
    ] as const)
      for (const size of [1, 3, 4096]) {
        const lines = [head.trim(), ...rows].map((row, at) => row + (ends[at % ends.length] ?? ''))
        const { problems, facts } = await read('tickets', lines.join(''), 'csv', size)
        expect([problems, facts.map(({ key, line }) => [key, line])]).toEqual([
          [],
          [
            ['T1', 3],
            ['T2', 4],
            ['T3', 5],
          ],
        ])
      }
  })

  it('with a row that has no end are refused without holding it', async () => {
    expect(await codesOf(tickets(`anna,T1,"${'x'.repeat(70_000)}",2026-10-01`))).toEqual([
      [2, null, 'row_too_long'],
    ])
  })

  it('that cannot be read to their end tell the faults before it, and the line on which it begins', async () => {
    const rows = ['anna,T1,"two\nlines",2026-10-01', 'anna,T2,,2026-10-01']
    const open = tickets(...rows, 'anna,T3,"Printing,2026-10-01', 'anna,T4,Printing,2026-10-01')
    const stray = tickets(...rows, '', 'anna,T3,Pri"nt,2026-10-01')
    const ofRow = [4, 'category', 'required']
    for (const size of [1, 7, 4096])
      for (const [content, line] of [
        [open, 5],
        [stray, 6],
      ] as const) {
        const { problems, rows: whole } = await read('tickets', content, 'csv', size)
        expect(problems.map((one) => [one.line, one.column, one.code])).toEqual([
          ofRow,
          [line, null, 'broken_quotes'],
        ])
        expect(whole).toBe(2)
      }
  })

  it('have a report that names the first faults and counts all', async () => {
    const lines = Array.from({ length: 1_500 }, (_, n) => `anna,T${String(n)},,2026-10-01`)
    const { problems, faults, facts } = await read('tickets', tickets(...lines), 'csv', 65_536)
    expect([problems.length, faults, facts]).toEqual([importLimits.problems, 1_500, []])
  })

  it.each(['csv', 'json'] as const)('hold no more rows than a file may: %s', async (format) => {
    const row = { person: 'anna', ticket_id: 'T1', category: 'Printing', opened: '2026-10-01' }
    const file = (rows: number) =>
      format === 'csv'
        ? tickets(...Array.from({ length: rows }, () => Object.values(row).join(',')))
        : JSON.stringify(Array.from({ length: rows }, () => row))
    const kept = await read('tickets', file(3), format, 64, 3)
    expect([kept.rows, kept.problems]).toEqual([3, []])
    const over = await read('tickets', file(4), format, 64, 3)
    expect(over.problems.map(({ code }) => code)).toEqual(['too_many_rows'])
  })
})
