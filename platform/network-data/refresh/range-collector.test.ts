import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../address.ts'
import { inMemory } from '../bytes-at.ts'
import { openRangeTable } from '../range-table.ts'
import { collectRanges, type Span } from './range-collector.ts'

const address = (text: string) => {
  const found = readAddress(text)
  if (found === null) throw new Error(`not an address: ${text}`)
  return found
}
/** A stretch of 64 addresses, or of 64 networks of IPv6, so that most ranges overlap. */
const spans = fc.array(
  fc.tuple(
    fc.boolean(),
    fc.integer({ min: 0, max: 63 }),
    fc.integer({ min: 0, max: 63 }),
    fc.integer({ min: 1, max: 7 }),
  ),
  { maxLength: 30 },
)
const half = (index: number): bigint => 0x2003_0000_0000_0000n + BigInt(index)
const made = ([isV4, a, b, value]: readonly [boolean, number, number, number]) => {
  const [start, end] = [Math.min(a, b), Math.max(a, b)]
  const span: Span = isV4
    ? { family: 4, start: 0xffff_ffc0 + start, end: 0xffff_ffc0 + end }
    : { family: 6, start: half(start) << 64n, end: (half(end) << 64n) | ((1n << 64n) - 1n) }
  return { isV4, start, end, value, span }
}

describe('ranges in any order', () => {
  it('are one table, in which an address has the values of all ranges that hold it', () => {
    fc.assert(
      fc.property(spans, (rows) => {
        const ranges = collectRanges('union')
        const all = rows.map(made)
        for (const { span, value } of all) ranges.add(span, value)
        const table = openRangeTable(inMemory(ranges.table()))
        for (let index = 0; index < 64; index += 1)
          for (const isV4 of [true, false]) {
            const text = isV4 ? `255.255.255.${String(192 + index)}` : `2003:0:0:${index.toString(16)}::7`
            const holding = all.filter((one) => one.isV4 === isV4 && one.start <= index && index <= one.end)
            const expected = holding.reduce((marks, { value }) => marks | value, 0)
            expect(table.find(address(text)) ?? 0).toBe(expected)
          }
      }),
    )
  })

  it('let the narrowest win where they say an owner', () => {
    const ranges = collectRanges('narrowest')
    ranges.add({ family: 4, start: 0, end: 99 }, 1)
    ranges.add({ family: 4, start: 10, end: 19 }, 2)
    ranges.add({ family: 4, start: 10, end: 49 }, 3)
    // Finer than a /64: as in the packaged table, left out.
    ranges.add({ family: 6, start: half(1) << 64n, end: (half(1) << 64n) + 9n }, 4)
    const table = openRangeTable(inMemory(ranges.table()))
    expect(
      ['0.0.0.9', '0.0.0.10', '0.0.0.20', '0.0.0.50', '0.0.0.100', '2003:0:0:1::'].map((text) =>
        table.find(address(text)),
      ),
    ).toEqual([1, 2, 3, 1, null, null])
    expect(table.rows).toBe(4)
    expect([table.rangeOf(address('0.0.0.20')), table.rangeOf(address('0.0.1.0'))]).toEqual([
      '0.0.0.20-0.0.0.49',
      null,
    ])
  })
})
