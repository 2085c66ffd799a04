import { describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'
import { createClassifier, readClassFile } from './asn-classes.ts'
import { encodeAsnNames, openAsnNames } from './asn-names.ts'
import { encodeRanges, openRangeTable, toNumber, upperHalf } from './range-table.ts'
import { inMemory } from './bytes-at.ts'
import { csvRow } from './csv-row.ts'
import { suggestsHosting } from './name-rule.ts'

const read = (text: string) => {
  const address = readAddress(text)
  if (address === null) throw new Error(`not an address: ${text}`)
  return address
}
const v4 = (start: string, end: string, value: number) => ({
  start: toNumber(read(start).bytes),
  end: toNumber(read(end).bytes),
  value,
})
const v6 = (start: string, end: string, value: number) => ({
  start: upperHalf(read(start).bytes),
  end: upperHalf(read(end).bytes),
  value,
})

describe('table of ranges', () => {
  const table = openRangeTable(
    inMemory(
      encodeRanges(
        [
          v4('73.0.0.0', '73.255.255.255', 7922),
          v4('88.99.0.0', '88.99.255.255', 24940),
          v4('255.255.255.0', '255.255.255.255', 1),
        ],
        [v6('2a01:4f8::', '2a01:4f8:ffff:ffff::', 24940), v6('2a0b:f4c0::', '2a0b:f4c0:ffff:ffff::', 205100)],
      ),
    ),
  )

  it.each([
    ['73.0.0.0', 7922],
    ['73.255.255.255', 7922],
    ['72.255.255.255', null],
    ['74.0.0.0', null],
    ['0.0.0.0', null],
    ['88.99.0.1', 24940],
    ['255.255.255.255', 1],
    ['2a01:4f8::1', 24940],
    ['2a01:4f8:ffff:ffff:ffff:ffff:ffff:ffff', 24940],
    ['2a01:4f9::', null],
    ['2a0b:f4c0::1', 205100],
    ['::1', null],
  ])('finds %s at its edges as %s', (text, asn) => {
    expect(table.find(read(text))).toBe(asn)
  })

  it('refuses ranges that overlap, a foreign file and a truncated one', () => {
    const bytes = encodeRanges([v4('1.0.0.0', '1.0.0.255', 13335)], [])
    expect(() => encodeRanges([v4('1.0.0.0', '1.0.0.9', 1), v4('1.0.0.9', '1.0.0.20', 2)], [])).toThrow(
      'row 1',
    )
    expect(() => openRangeTable(inMemory(bytes.subarray(0, bytes.length - 1)))).toThrow('truncated')
    expect(() => openRangeTable(inMemory(new Uint8Array(40)))).toThrow('not a table of ranges')
  })

  it('is read from any place in a buffer', () => {
    const bytes = encodeRanges([v4('1.0.0.0', '1.0.0.255', 13335)], [])
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(openRangeTable(inMemory(shifted.subarray(3))).find(read('1.0.0.7'))).toBe(13335)
  })
})

describe('ASN names', () => {
  it('gives back each name and null for a network without one', () => {
    const names = openAsnNames(
      inMemory(
        encodeAsnNames(
          new Map([
            [24940, 'Hetzner Online GmbH'],
            [7, ''],
            [9123, 'JSC "TIMEWEB" é'],
          ]),
        ),
      ),
    )
    expect([names.nameOf(24940), names.nameOf(7), names.nameOf(9123), names.nameOf(8)]).toEqual([
      'Hetzner Online GmbH',
      '',
      'JSC "TIMEWEB" é',
      null,
    ])
  })
})

describe('csvRow', () => {
  it.each([
    ['1,2,3,Plain', ['1', '2', '3', 'Plain']],
    ['1,2,3,"Cloudflare, Inc."\r', ['1', '2', '3', 'Cloudflare, Inc.']],
    ['1,2,3,"JSC ""TIMEWEB"""', ['1', '2', '3', 'JSC "TIMEWEB"']],
    ['1,2,3,', ['1', '2', '3', '']],
    ['"",2', ['', '2']],
  ])('splits %s', (line, fields) => {
    expect(csvRow(line)).toEqual(fields)
  })
})

describe('name rule', () => {
  it.each([
    'Example Hosting Ltd',
    'Big Cloud Inc',
    'ACME VPS',
    'Dedicated Servers LLC',
    'City Data Center',
    'Leaseweb Asia',
  ])('takes %s for a data centre', (name) => {
    expect(suggestsHosting(name)).toBe(true)
  })
  it.each([
    'Colombia Telecomunicaciones',
    'University of Colorado Cloud',
    'Cloud Telecom',
    'Fibre Cloud Broadband',
    'Aruba',
    'Observers United',
    'Deutsche Telekom AG',
  ])('leaves %s alone', (name) => {
    expect(suggestsHosting(name)).toBe(false)
  })
})

describe('ASN classes', () => {
  const file = {
    version: '1',
    asOf: '2026-11-24',
    entries: [
      {
        asn: 13335,
        class: 'cdn',
        checked: '2026-11-24',
        ranges: [{ cidr: '104.28.0.0/16', class: 'relay' }],
      },
      { asn: 39351, class: 'vpn', checked: '2026-11-24' },
    ],
  }
  const classify = createClassifier(readClassFile(JSON.stringify(file)))

  it('takes the range before the list and the list before the name', () => {
    expect(classify(read('104.28.1.1'), 13335, 'Cloudflare')).toEqual({ class: 'relay', classBy: 'range' })
    expect(classify(read('104.16.1.1'), 13335, 'Cloudflare')).toEqual({ class: 'cdn', classBy: 'list' })
    expect(classify(read('104.28.1.1'), 99, 'Other')).toEqual({ class: null, classBy: null })
    expect(classify(read('185.65.134.1'), 39351, 'VPS Hosting')).toEqual({ class: 'vpn', classBy: 'list' })
    expect(classify(read('9.9.9.9'), 99, 'Some Hosting')).toEqual({ class: 'hosting', classBy: 'name' })
    expect(classify(read('9.9.9.9'), null, null)).toEqual({ class: null, classBy: null })
  })

  it.each([
    ['listed twice', [file.entries[1], file.entries[1]]],
    ['unknown class', [{ asn: 1, class: 'bad', checked: '2026-11-24' }]],
    ['no date', [{ asn: 1, class: 'vpn', checked: '' }]],
    ['range', [{ ...file.entries[0], ranges: [{ cidr: '104.28/16', class: 'relay' }] }]],
  ])('refuses a list with an entry %s', (fault, entries) => {
    expect(() => readClassFile(JSON.stringify({ ...file, entries }))).toThrow(fault)
  })
})
