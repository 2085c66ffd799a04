import { describe, expect, it } from 'vitest'
import { createBlockTable, createLabels, readAddress, readBlock } from './address.ts'

describe('readAddress', () => {
  it.each([
    ['8.8.8.8', '8.8.8.8', 4, 'unicast'],
    ['::ffff:8.8.8.8', '8.8.8.8', 4, 'unicast'],
    ['::ffff:10.0.0.1', '10.0.0.1', 4, 'private'],
    ['127.0.0.1', '127.0.0.1', 4, 'loopback'],
    ['100.64.0.1', '100.64.0.1', 4, 'carrierGradeNat'],
    ['169.254.0.1', '169.254.0.1', 4, 'linkLocal'],
    ['2A01:4F8::1', '2a01:4f8::1', 6, 'unicast'],
    ['fd00::1', 'fd00::1', 6, 'uniqueLocal'],
    ['::1', '::1', 6, 'loopback'],
  ])('reads %s as %s, IPv%i, %s', (text, canonical, family, range) => {
    expect(readAddress(text)).toMatchObject({ text: canonical, family, range })
  })

  it.each([
    '',
    '8.8.8',
    '8.8.8.8.8',
    '256.1.1.1',
    '0x8.8.8.8',
    '08.8.8.8',
    'fe80::1%eth0',
    'localhost',
    ' 8.8.8.8',
    '1234',
  ])('refuses %j', (text) => {
    expect(readAddress(text)).toBeNull()
  })
})

describe('readBlock', () => {
  it('takes an address or a CIDR and nothing else', () => {
    expect(readBlock('10.0.0.0/8')).toMatchObject({ family: 4, bits: 8 })
    expect(readBlock('2001:db8::/32')).toMatchObject({ family: 6, bits: 32 })
    expect(readBlock('10.1.2.3')).toMatchObject({ bits: 32 })
    for (const text of [
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '10.0.0/8',
      '::ffff:10.0.0.0/104',
      '/8',
      '10.0.0.0/',
    ])
      expect(readBlock(text)).toBeNull()
  })
})

describe('createBlockTable', () => {
  it('finds every block around an address, the narrowest first, never of the other family', () => {
    const table = createBlockTable<string>()
    for (const cidr of ['0.0.0.0/0', '10.0.0.0/8', '10.20.0.0/15', '10.21.0.7', '::/0', '2001:db8::/33']) {
      const block = readBlock(cidr)
      if (block !== null) table.add(block, cidr)
    }
    const find = (text: string) => {
      const address = readAddress(text)
      return address === null ? [] : table.find(address)
    }
    expect(find('10.21.0.7')).toEqual(['10.21.0.7', '10.20.0.0/15', '10.0.0.0/8', '0.0.0.0/0'])
    expect(find('10.22.0.7')).toEqual(['10.0.0.0/8', '0.0.0.0/0'])
    expect(find('2001:db8:7fff::1')).toEqual(['2001:db8::/33', '::/0'])
    expect(find('2001:db8:8000::1')).toEqual(['::/0'])
  })
})

describe('createLabels', () => {
  it('names the range an address is in and refuses a range it cannot read', () => {
    const labelOf = createLabels([{ cidr: '198.51.100.0/24', label: 'Head office' }])
    expect(labelOf('198.51.100.7')).toBe('Head office')
    expect(labelOf('::ffff:198.51.100.7')).toBe('Head office')
    expect(labelOf('198.51.101.7')).toBeNull()
    expect(labelOf('garbage')).toBeNull()
    expect(() => createLabels([{ cidr: '198.51.100', label: 'x' }])).toThrow(
      'not an address range: 198.51.100',
    )
  })
})
