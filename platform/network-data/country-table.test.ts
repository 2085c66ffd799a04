import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Reader } from 'mmdb-lib'
import type { Response } from 'mmdb-lib'
import { describe, expect, it } from 'vitest'
import { seeded } from '#domain/risk/testing/random.ts'
import { readAddress } from './address.ts'
import { inMemory } from './bytes-at.ts'
import { openCountryTable } from './country-table.ts'
import { PagedFile } from './paged-file.ts'
import { code, countryKey, mmdb } from './testing/mmdb.ts'
import { installedCountries } from './testing/small-data.ts'

const read = (text: string) => {
  const address = readAddress(text)
  if (address === null) throw new Error(`not an address: ${text}`)
  return address
}

/** A file of our own. */
const made = (...parts: Parameters<typeof mmdb>) => inMemory(mmdb(...parts))

describe('the installed countries', () => {
  it("are what the format's own library reads, for thousands of addresses of both families", () => {
    const dir = mkdtempSync(join(tmpdir(), 'country-'))
    writeFileSync(join(dir, 'country.mmdb'), installedCountries)
    const table = openCountryTable(new PagedFile(join(dir, 'country.mmdb')))
    rmSync(dir, { recursive: true })
    const library = new Reader<Response>(Buffer.from(installedCountries))
    const random = seeded(7)
    const byte = (): number => random.int(0, 255)
    const texts = Array.from({ length: 6_000 }, (_, index) =>
      index % 3 > 0
        ? [byte(), byte(), byte(), byte()].join('.')
        : `2${random.int(0, 0xfff).toString(16).padStart(3, '0')}:${byte().toString(16)}:${byte().toString(16)}::1`,
    )
    const differing = texts.filter((text) => {
      const address = read(text)
      const record = library.get(address.text) as { country_code?: string } | null
      return table.countryOf(address) !== (record?.country_code ?? null)
    })
    expect(differing).toEqual([])
    expect(new Set(texts.map((text) => table.countryOf(read(text)))).size).toBeGreaterThan(50)
  })
})

describe('a country file', () => {
  // One node: addresses that begin with a 0 are of the first record, those with a 1 of the second.
  const records = [0xe1, ...countryKey, ...code('DE'), 0xe1, ...countryKey, ...code('FR')]
  const second = 1 + 16 + 1 + countryKey.length + 3

  it.each([24, 28, 32] as const)('is read with links of %i bits', (size) => {
    const table = openCountryTable(made(size, 4, [[1 + 16, second]], records))
    expect([table.countryOf(read('8.8.8.8')), table.countryOf(read('193.0.0.1'))]).toEqual(['DE', 'FR'])
  })

  it('knows nothing where its tree ends without a record, and of a family that it does not have', () => {
    const table = openCountryTable(made(24, 4, [[1, second]], records))
    expect([table.countryOf(read('8.8.8.8')), table.countryOf(read('2003::1'))]).toEqual([null, null])
  })

  it('finds addresses of IPv4 below the zeros of a tree of both families', () => {
    // The root leads on for a 0 only, and ends there: all that begins with zeros is of one record.
    const table = openCountryTable(made(24, 6, [[1 + 16, 1]], records))
    expect([table.countryOf(read('8.8.8.8')), table.countryOf(read('2003::1'))]).toEqual(['DE', 'DE'])
    expect(table.countryOf(read('9000::1'))).toBeNull()
  })

  it('follows pointers and steps over values of every other kind', () => {
    const others = [
      ...[0x41, 0x61, 0xa1, 7], // a: 7
      ...[0x41, 0x62, 0x01, 0x07], // b: true, whose size is its value
      ...[0x41, 0x63, 0x02, 0x04, 0x41, 0x78, 0x41, 0x79], // c: ['x', 'y']
      ...[0x41, 0x64, 0xe1, 0x41, 0x7a, 0x41, 0x7a], // d: { z: 'z' }
      ...[0x41, 0x65, 0x5d, 1, ...new Array<number>(30).fill(0x61)], // e: a text of 30, its size in a byte more
    ]
    const shared = [...code('NL')]
    // 0x20 0x00: a pointer to the first of the records.
    const record = [0xe6, ...others, ...countryKey, 0x20, 0x00]
    const table = openCountryTable(made(24, 4, [[1 + 16 + shared.length, 1]], [...shared, ...record]))
    expect(table.countryOf(read('8.8.8.8'))).toBe('NL')
  })

  it('gives no country that is none', () => {
    const table = openCountryTable(made(24, 4, [[1 + 16, 1]], [0xe1, ...countryKey, ...code('d1')]))
    expect(table.countryOf(read('8.8.8.8'))).toBeNull()
  })

  it('is refused when it is cut off', () => {
    const whole = made(24, 4, [[1 + 16, second]], records)
    expect(() => openCountryTable(inMemory(whole.copy(0, whole.length - 40)))).toThrow()
    expect(() => openCountryTable(inMemory(whole.copy(5, whole.length)))).not.toThrow()
  })
})
