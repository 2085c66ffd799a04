import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { blockOf, cutCells, faultsOf, scriptOf, type Block, type CellRule, type CellValue } from './cells.ts'
import { changeEpoch } from './epochs.ts'
import { factRowsOf } from './fact-rows.ts'
import { cellFamilies, cellRules, liveValuesOf } from './facts.ts'
import { plainLabel } from './grading/labels.ts'
import { createTestTools } from './testing/plans.ts'
import { createPeople, createRandom, createTeams, nameOf } from './testing/tenants.ts'

const tools = createTestTools()
const rule: CellRule = { family: 'manager', size: 5, minHolders: 3 }

const value = (name: string, holders = 8, band?: string): CellValue => ({
  value: name,
  label: { kind: 'text', text: name },
  holders,
  ...(band === undefined ? {} : { band }),
})

const textsOf = (block: Block): readonly string[] =>
  block.values.map(({ label }) => (label.kind === 'text' ? label.text : ''))

describe('names in several languages', () => {
  const named = (key: string, en: string, de: string, holders = 20): CellValue => ({
    value: key,
    label: { kind: 'text', text: en, names: { de } },
    holders,
  })
  const five = (last: CellValue) => [
    named('a', 'Printing', 'Drucken'),
    named('b', 'Mailbox', 'Postfach'),
    named('c', 'Calendar', 'Kalender'),
    named('d', 'Screens', 'Monitore'),
    last,
  ]

  it('make a list invalid that is so in any of them: too long, the same word, another script', () => {
    expect(faultsOf(five(named('e', 'Browser', 'Browser')), tools)).toBe(0)
    expect(faultsOf(five(named('e', 'Browser', 'Internetanwendung')), tools)).toBe(1)
    expect(faultsOf(five(named('e', 'Browser', 'Postfach')), tools)).toBe(1)
    expect(faultsOf(five(value('Browser')), tools)).toBe(0)
    expect(faultsOf(five(value('Postfach')), tools)).toBe(1)
    expect(faultsOf(five(named('e', 'Browser', 'Обозреватель')), tools)).toBeGreaterThan(0)
  })

  it('change neither the values of a list nor their order', () => {
    const inTwo = five(named('e', 'Browser', 'Browser'))
    const bare = inTwo.map(({ label, ...one }) => ({
      ...one,
      label: { kind: 'text' as const, text: plainLabel(label) },
    }))
    const keysOf = (values: readonly CellValue[]) =>
      cutCells(values, cellRules.ticket_category, '2026-Q4', tools).blocks.map((block) =>
        block.values.map((one) => one.value),
      )
    expect(keysOf(inTwo)).toEqual(keysOf(bare))
    expect(keysOf(inTwo)).toHaveLength(1)
  })
})

describe('cutting values into lists', () => {
  it('questions 5: gives every process the same blocks, whatever the order of its rows', () => {
    const { values } = createTeams(600, 60, createRandom(1))
    const again = cutCells([...values].reverse(), rule, '2026-Q4', createTestTools())
    expect(cutCells(values, rule, '2026-Q4', tools)).toEqual(again)
  })

  it('questions 2: takes a value that is true for 35 % of the people behind a list, and none that is for more', () => {
    const faultsWith = (...holders: number[]) =>
      faultsOf(
        holders.map((count, at) => value(`Value ${'abcde'.charAt(at)}`, count)),
        tools,
      )
    expect(faultsWith(35, 20, 15, 15, 15)).toBe(0)
    expect(faultsWith(36, 19, 15, 15, 15)).toBe(1)
    expect(faultsWith(40, 36, 8, 8, 8)).toBe(2)
  })

  it('places every value in at most one list of five to nine', () => {
    const { values } = createTeams(610, 61, createRandom(2))
    const { blocks, waiting } = cutCells(values, rule, '2026-Q4', tools)
    const listed = blocks.flatMap((block) => block.values.map((entry) => entry.value))
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.length + waiting.length).toBe(values.filter((entry) => entry.holders >= 3).length)
    for (const block of blocks) expect(block.values.length >= 5 && block.values.length <= 9).toBe(true)
    expect(blockOf(blocks, listed[0] ?? '')?.values.map((entry) => entry.value)).toContain(listed[0])
    expect(blockOf(blocks, 'nobody')).toBeUndefined()
  })

  it('drops personal values that fewer than three people hold', () => {
    const values = [...Array.from({ length: 10 }, (_, i) => value(nameOf(i))), value('Rare Person', 2)]
    const { blocks, waiting } = cutCells(values, rule, '2026-Q4', tools)
    expect([...blocks.flatMap(textsOf), ...waiting]).not.toContain('Rare Person')
  })

  it('merges values that are equal after normalising', () => {
    const names = Array.from({ length: 9 }, (_, i) => value(nameOf(i)))
    const { blocks } = cutCells(
      [...names, value('Jürgen Müller', 2), value('Juergen Mueller', 2)],
      rule,
      'e',
      tools,
    )
    expect(blocks.flatMap(textsOf).filter((text) => /m(ü|ue)ller/i.test(text))).toHaveLength(1)
  })

  it('cuts nothing where there are too few values', () => {
    const few = Array.from({ length: 4 }, (_, i) => value(nameOf(i)))
    expect(cutCells(few, rule, 'e', tools).blocks).toEqual([])
    expect(cutCells([], rule, 'e', tools)).toEqual({ blocks: [], waiting: [] })
  })

  it('cuts two families independently', () => {
    const { values } = createTeams(600, 60, createRandom(3))
    const other = cutCells(values, { ...rule, family: 'device_model' }, '2026-Q4', tools)
    expect(other.blocks.map(textsOf)).not.toEqual(
      cutCells(values, rule, '2026-Q4', tools).blocks.map(textsOf),
    )
  })
})

describe('validity of a list', () => {
  it('finds a value too common, a text too long, a second script and a duplicate', () => {
    const good = ['Ada Adler', 'Bruno Engel', 'Carla Novak', 'Hugo Richter', 'Mira Schulz'].map((n) =>
      value(n),
    )
    expect(faultsOf(good, tools)).toBe(0)
    expect(faultsOf([...good.slice(1), value('Ada Adler', 40)], tools)).toBe(1)
    expect(faultsOf([...good.slice(1), value('Maximiliana Oberhauser-Freudenberg')], tools)).toBe(1)
    expect(faultsOf([...good.slice(1), value('田中太郎一二三四五')], tools)).toBe(1)
    expect(faultsOf([...good.slice(0, 4), value('adler ada')], tools)).toBe(1)
  })

  it('knows scripts', () => {
    expect(['Anna', '田中', 'محمد', 'Иван', 'Ωμέγα', 'שלום', '김민수', '123'].map(scriptOf)).toEqual([
      'latin',
      'han',
      'arabic',
      'cyrillic',
      'greek',
      'hebrew',
      'hangul',
      'other',
    ])
  })

  it('questions 6: holds for every published list of generated tenants: few values, mixed scripts, near-duplicates', () => {
    const text = fc.oneof(
      fc.integer({ min: 0, max: 900 }).map(nameOf),
      fc.constantFrom('田中太郎', '鈴木一郎', '佐藤花子', 'محمد علي', 'Li Wu', 'Bo Xu', 'Иван Петров'),
      fc.constantFrom(
        'Anna Berg',
        'Anne Berg',
        'ANNA BERG',
        'Berg, Anna',
        'Maximiliane von Hohenstein-Falkenburg',
      ),
    )
    const tenant = fc.array(fc.tuple(text, fc.integer({ min: 1, max: 60 })), { maxLength: 120 })
    fc.assert(
      fc.property(tenant, (entries) => {
        const values = entries.map(([name, holders], index) => ({
          ...value(name, holders),
          value: `v${index}`,
        }))
        const merged = new Map<string, number>()
        const { blocks } = cutCells(values, { ...rule, minHolders: 1 }, 'e', tools)
        for (const entry of values) merged.set(entry.value, entry.holders)
        for (const block of blocks) {
          const list = block.values.map(({ value: name, label }) => ({
            value: name,
            label,
            holders: merged.get(name) ?? 0,
          }))
          // Merged duplicates add their holders, so the share is looked at without it here.
          expect(
            faultsOf(
              list.map((entry) => ({ ...entry, holders: 1 })),
              tools,
            ),
          ).toBe(0)
          expect(list.length).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('questions 6: holds for 30 and for 30,000 people', () => {
    for (const people of [30, 30_000]) {
      const { values } = createTeams(people, Math.max(3, Math.round(people / 9)), createRandom(people))
      const byName = new Map(values.map((entry) => [entry.value, entry]))
      const { blocks } = cutCells(values, rule, 'e', tools)
      for (const block of blocks)
        expect(
          faultsOf(
            block.values.map((entry) => byName.get(entry.value) as CellValue),
            tools,
          ),
        ).toBe(0)
      if (people > 30) expect(blocks.flatMap((block) => block.values).length).toBeGreaterThan(2_500)
    }
  })
})

describe('old values among the new', () => {
  const live = Array.from({ length: 20 }, (_, index) => value(nameOf(index)))
  const old = Array.from({ length: 3 }, (_, index) => value(nameOf(100 + index), 0))

  it('are at most one in a list, counted among its five, and only where there are any', () => {
    const { blocks, waiting } = cutCells(live, rule, 'e', tools, old)
    const counts = blocks.map((block) => block.values.filter((entry) => entry.canary).length)
    expect(Math.max(...counts)).toBe(1)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
    for (const block of blocks) expect(block.values.length).toBeGreaterThanOrEqual(5)
    const withOne = blocks.filter((block) => block.values.some((entry) => entry.canary === true))
    expect(withOne.map((block) => block.values.length)).toEqual([5, 5, 5])
    expect(waiting).toEqual([])
    expect(cutCells(live, rule, 'e', tools).blocks.flatMap((block) => block.values)).not.toContainEqual(
      expect.objectContaining({ canary: true }),
    )
  })

  it('are never values that are true, nor values that look different from the rest', () => {
    const odd = [value('Maximiliane von Hohenstein-Falkenburg', 0), value('田中太郎', 0), value(nameOf(3), 0)]
    const { blocks } = cutCells(live, rule, 'e', tools, odd)
    expect(blocks.flatMap((block) => block.values).filter((entry) => entry.canary)).toEqual([])
  })
})

describe('a whole organisation', () => {
  // bench/score measures time and memory for 30,000 people.
  it('has lists of every family that is asked from lists', () => {
    const people = createPeople(1_000, Date.UTC(2026, 10, 24))
    const rows = people.flatMap((person) => factRowsOf(person, tools))
    const ids = people.map((person) => person.participantId)
    for (const family of cellFamilies) {
      const live = liveValuesOf(rows, family, ids, [])
      expect(changeEpoch([], live, cellRules[family], 'e', tools).publish.length).toBeGreaterThan(0)
    }
  })
})
