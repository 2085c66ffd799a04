import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '#domain/testing/any-character.ts'
import { importForms, importKinds } from '#domain/questions/import-kinds.ts'
import { anna, bert, codesOf, head, read, tickets } from './testing/files.ts'

describe('cells', () => {
  it.each([
    ['category', tickets('anna,T1,,2026-10-01'), 'required'],
    ['category', tickets('anna,T1,\u200b ,2026-10-01'), 'required'],
    ['category', tickets(`anna,T1,${'x'.repeat(81)},2026-10-01`), 'too_long'],
    ['ticket_id', tickets('anna,T\u202e1,Printing,2026-10-01'), 'hidden_characters'],
    [
      'ticket_id',
      tickets('anna,T\u20001,Printing,2026-10-01'.replace('\u2000', '\u200d')),
      'hidden_characters',
    ],
    ['person', tickets('an\u200bna,T1,Printing,2026-10-01'), 'hidden_characters'],
    ['opened', tickets('anna,T1,Printing,01.10.2026'), 'not_a_moment'],
    ['opened', tickets('anna,T1,Printing,2026-02-30'), 'not_a_moment'],
    ['opened', tickets('anna,T1,Printing,2026-10-01 10:00'), 'not_a_moment'],
    ['opened', tickets('anna,T1,Printing,2999-10-01'), 'in_future'],
  ])('%s of %j: %s', async (column, content, code) => {
    expect(await codesOf(content)).toEqual([[2, column, code]])
  })

  it.each([
    ['start_dates', 'person,start_date\nanna,2020-13-01', [[2, 'start_date', 'not_a_day']]],
    [
      'start_dates',
      'person,start_date,by_merger\nanna,2020-01-01,maybe',
      [[2, 'by_merger', 'not_yes_or_no']],
    ],
    ['offices', 'person,office,country\nanna,Mill House,Germany', [[2, 'country', 'not_a_country']]],
    [
      'groups',
      'person,group_id,name,kind,last_active\nanna,g,Choir,club,2026-10-01',
      [[2, 'kind', 'not_a_choice']],
    ],
    [
      'weekly_meetings',
      'person,meeting_id,weekday,hour,attendees\nanna,m,6,9,5',
      [[2, 'weekday', 'not_a_number']],
    ],
    [
      'weekly_meetings',
      'person,meeting_id,weekday,hour,attendees\nanna,m,5,x,5',
      [[2, 'hour', 'not_a_number']],
    ],
    [
      'networks',
      'person,network,country,sign_ins,last_seen\nanna,BT,GB,0,2026-11-16',
      [
        [2, 'network', 'not_a_number'],
        [2, 'sign_ins', 'not_a_number'],
      ],
    ],
    [
      'networks',
      'person,network,sign_ins,last_seen\nanna,4294967296,1,2026-11-16',
      [[2, 'network', 'not_a_number']],
    ],
    ['busy_days', 'person,week_of,weekdays\nanna,2026-11-16,1 9', [[2, 'weekdays', 'not_weekdays']]],
    ['busy_days', 'person,week_of,weekdays\nanna,2026-11-17,1 2', [[2, 'week_of', 'not_a_monday']]],
  ] as const)('of %s are refused by column: %j', async (kind, content, problems) => {
    expect(await codesOf(content, kind)).toEqual(problems)
  })

  it('of a row are all looked at', async () => {
    expect(await codesOf(tickets(',,,'))).toEqual([
      [2, 'person', 'required'],
      [2, 'ticket_id', 'required'],
      [2, 'category', 'required'],
      [2, 'opened', 'required'],
    ])
  })

  it('K5, K6: keep formulas, emoji and 80 characters as text, and lose what cannot be seen', async () => {
    const formula = '=HYPERLINK("https://example.org","click")'
    const long = 'ß'.repeat(79) + '👩‍💻'.slice(0, 2)
    const { facts, problems } = await read(
      'tickets',
      tickets(
        `anna,T1,"${formula.replaceAll('"', '""')}",2026-10-01`,
        `anna,T2,${long},2026-10-01`,
        'anna,T3,Pri\u202enting\u200b,2026-10-01',
        'anna,T4,"two\nlines, and ""quotes""",2026-10-01',
        'anna,T5,Cafe\u0301,2026-10-01',
      ),
    )
    expect(problems).toEqual([])
    expect(facts.map(({ value }) => (JSON.parse(value) as { category: string }).category)).toEqual([
      formula,
      long,
      'Printing',
      'twolines, and "quotes"',
      'Caf\u00e9',
    ])
  })
})

describe('people', () => {
  it('are found by directory id, login or work e-mail, and by nothing near it', async () => {
    const names = [
      'uid-a',
      'anna',
      'anna@EXAMPLE.org',
      'Anna',
      'twin',
      'nobody',
      'ann\u0430',
      'annа@example.org',
    ]
    const { facts, problems, unknown, faults } = await read(
      'tickets',
      tickets(...names.map((name, n) => `${name},T${String(n)},Printing,2026-10-01`)),
    )
    expect(facts.map(({ personId }) => personId)).toEqual([anna, anna, anna])
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [5, 'unknown_person'],
      [6, 'ambiguous_person'],
      [7, 'unknown_person'],
      [8, 'unknown_person'],
      [9, 'unknown_person'],
    ])
    expect([unknown, faults]).toEqual([5, 0])
  })

  it('whom a row names beside the one it is about are found too', async () => {
    const columns = 'person,meeting_id,organiser,held,attendees,accepted\n'
    const { facts } = await read(
      'meetings',
      `${columns}anna,m1,bert@example.org,2026-11-01T09:00:00+01:00,5,yes`,
    )
    expect(facts).toEqual([
      {
        line: 2,
        personId: anna,
        family: 'joined',
        key: 'm1',
        value: JSON.stringify({ id: 'm1', organiser: bert, attendees: 5, accepted: true, cancelled: false }),
        validFrom: new Date('2026-11-01T08:00:00Z'),
      },
    ])
    const unknown = await read('meetings', `${columns}zoe,m1,yan,2026-11-01,5,yes`)
    expect([unknown.unknown, unknown.problems.map(({ column }) => column)]).toEqual([
      1,
      ['person', 'organiser'],
    ])
  })
})

describe('names in other languages', () => {
  it('are kept beside the name that the source uses, where they are there', async () => {
    const named = await read(
      'tickets',
      'person,ticket_id,category,category_de,opened\nanna,T1,Wireless,Funknetz,2026-10-01\nbert,T2,Mailbox,,2026-10-01',
    )
    expect(named.facts.map(({ value }) => JSON.parse(value) as unknown)).toEqual([
      { id: 'T1', category: 'Wireless', names: { de: 'Funknetz' } },
      { id: 'T2', category: 'Mailbox' },
    ])
    const group = await read(
      'groups',
      'person,group_id,name,name_en,kind,last_active\nanna,g1,Dienstplan,Shift plan,work,2026-10-01',
    )
    expect(group.facts.map(({ value }) => JSON.parse(value) as unknown)).toEqual([
      { id: 'g1', name: 'Dienstplan', kind: 'work', names: { en: 'Shift plan' } },
    ])
  })
})

describe('JSON', () => {
  const row = { person: 'anna', ticket_id: 'T1', category: 'Printing', opened: '2026-10-01' }

  it('says the same as CSV', async () => {
    const csv = await read('tickets', tickets('anna,T1,Printing,2026-10-01'))
    const json = await read('tickets', JSON.stringify([row]), 'json')
    expect(json.facts).toEqual(csv.facts.map((fact) => ({ ...fact, line: 1 })))
    const meeting = { person: 'anna', meeting_id: 7, weekday: 1, hour: 9, attendees: 5 }
    const weekly = await read('weekly_meetings', ` \n${JSON.stringify([meeting])}\n `, 'json')
    expect(weekly.facts[0]?.value).toBe('{"id":"7","weekday":1,"hour":9,"attendees":5}')
  })

  it.each([
    ['', [[null, null, 'empty_file']]],
    ['{"person":"anna"}', [[null, null, 'not_an_array']]],
    ['person,ticket_id', [[null, null, 'not_json']]],
    ['[]', [[null, null, 'no_rows']]],
    ['[1]', [[1, null, 'not_a_value']]],
    ['[[]]', [[1, null, 'not_a_value']]],
    [JSON.stringify([row]).slice(0, -1), [[2, null, 'not_json']]],
    [`${JSON.stringify([row])}]`, [[2, null, 'not_json']]],
    [JSON.stringify([{ ...row, category: { is: 'Printing' } }]), [[1, 'category', 'not_a_value']]],
    [JSON.stringify([{ ...row, notes: 'x' }]), [[1, '#5', 'unknown_column']]],
    ['[{"__proto__":{"person":"anna"}}]', [[1, '#1', 'unknown_column']]],
    ['[{"person":"anna","ticket_id":"T1","person":"bert"}]', [[1, 'person', 'repeated_column']]],
    ['[{"person":"anna","p\\u0065rson":"bert"}]', [[1, 'person', 'repeated_column']]],
    [
      `[{"person":"anna","person":"anna"},${JSON.stringify(row)},{"category":"a","opened":"","category":"a"}]`,
      [
        [1, 'person', 'repeated_column'],
        [3, 'category', 'repeated_column'],
      ],
    ],
    // Values that look like names, and names deeper down, are no second name.
    [
      JSON.stringify([{ ...row, category: { category: 'category', person: 'person' } }]),
      [[1, 'category', 'not_a_value']],
    ],
    [JSON.stringify([{ ...row, category: null }]), [[1, 'category', 'required']]],
    // A number that a reader of JSON cannot hold is another number by now.
    [JSON.stringify([row]).replace('"T1"', '12345678901234567891'), [[1, 'ticket_id', 'not_a_value']]],
    [JSON.stringify([row]).replace('"T1"', '1e400'), [[1, 'ticket_id', 'not_a_value']]],
    // Half a character is none: no database takes it.
    [JSON.stringify([{ ...row, ticket_id: 'T\ud800' }]), [[1, 'ticket_id', 'hidden_characters']]],
    [JSON.stringify([{ ...row, category: '\udc00' }]), [[1, 'category', 'required']]],
  ])('%s', async (content, problems) => {
    expect(await codesOf(content, 'tickets', 'json')).toEqual(problems)
    expect(Object.prototype).not.toHaveProperty('person')
  })

  const deep = 40_000
  it.each([
    ['lists in lists', '['.repeat(300_000)],
    ['objects in objects', '[{"person":'.concat('{"a":'.repeat(deep))],
    ['a list within a row', `[${JSON.stringify([row]).slice(1, -1)},[${'1,'.repeat(deep)}1]]`],
    ['a text', `[${JSON.stringify(row)},{"person":"${'x'.repeat(2 * deep)}"}]`],
    ['a name', `[{"${'x'.repeat(2 * deep)}":1}]`],
    ['a number', `[${'1'.repeat(2 * deep)}]`],
    ['blanks', `[${JSON.stringify(row)},${' '.repeat(2 * deep)}]`],
  ])('H9: holds no row without end, whatever it is made of: %s', async (_, content) => {
    for (const size of [700, 65_536, 1_000_000]) {
      const { problems } = await read('tickets', content, 'json', size)
      const line = content.startsWith(`[${JSON.stringify(row)}`) ? 2 : 1
      expect(problems.map((one) => [one.line, one.column, one.code])).toEqual([[line, null, 'row_too_long']])
    }
  })

  it('takes a long list of short rows in one piece, and blanks before it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => ({ ...row, ticket_id: n }))
    const content = ' '.repeat(100_000) + JSON.stringify(rows)
    const { facts, problems } = await read('tickets', content, 'json', 1_000_000)
    expect([facts.length, problems]).toEqual([5_000, []])
  })

  it('K6: keeps every character whole, wherever a piece of the file ends', async () => {
    const category = '😀'.repeat(80)
    for (const shift of [0, 1]) {
      const rows = Array.from({ length: 100 }, (_, n) => ({ ...row, ticket_id: n + 100, category }))
      const content = `[${' '.repeat(shift)}${JSON.stringify(rows).slice(1)}`
      const { facts } = await read('tickets', content, 'json', 1_000_000)
      expect(facts.filter(({ value }) => value.includes(category))).toHaveLength(100)
    }
  })
  it('ends in a report and never in an error (fuzz)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...importKinds),
        fc.constantFrom('csv' as const, 'json' as const),
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.string({ unit: anyCharacter, maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
          fc
            .string({ unit: 'grapheme', maxLength: 80 })
            .map((cell) =>
              new TextEncoder().encode(`${head}anna,T1,"${cell.replaceAll('"', '""')}",2026-10-01`),
            ),
        ),
        async (kind, format, bytes) => {
          const { rows, problems, facts } = await read(kind, bytes, format)
          expect(problems.length > 0 || facts.length > 0 || rows > 0).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('of each kind can be written from its columns', async () => {
    const cells: Readonly<Record<string, string>> = {
      person: 'anna',
      text: 'Mill House',
      id: 'x1',
      day: '2026-11-16',
      moment: '2026-11-16T10:00:00Z',
      yes_no: 'no',
      country: 'GB',
      device_kind: 'laptop',
      group_kind: 'work',
      weekday: '2',
      weekdays: '1, 3',
      hour: '9',
      count: '6',
      network: 'AS2856',
      times: '12',
    }
    for (const kind of importKinds) {
      const { columns, facts: families } = importForms[kind]
      const all = await read(
        kind,
        `${columns.map(({ name }) => name).join(';')}\n${columns.map(({ form }) => cells[form]).join(';')}`,
      )
      expect([kind, all.problems]).toEqual([kind, []])
      expect(all.facts.map(({ family }) => family)).toEqual([...families])
      const least = columns.filter(({ isRequired }) => isRequired)
      const short = await read(
        kind,
        `${least.map(({ name }) => name).join(',')}\n${least.map(({ form }) => cells[form]).join(',')}`,
      )
      expect([kind, short.problems]).toEqual([kind, []])
    }
  })
})
