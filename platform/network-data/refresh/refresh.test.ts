import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLastRefresh } from '../data-report.ts'
import { readPointer } from '../editions.ts'
import { sha256Of } from '../manifest.ts'
import { openNetworkData } from '../open.ts'
import { classList, countryFile, csvOf, rows4, rows6, smallData, type Row } from '../testing/small-data.ts'
import { refresh, rollback } from './refresh.ts'
import { readSourceArgument, type Source } from './sources.ts'

const at = new Date('2026-11-25T12:00:00Z')
const later = new Date('2026-11-26T12:00:00Z')
const tor = ['185.220.101.1', '185.220.101.7', '2a0b:f4c0::1', '23.129.64.130', '192.42.116.16']

let dir: string
let remove: () => void
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
const list = (asOf: string, entries: readonly string[] = tor, kind = 'tor'): Source =>
  readSourceArgument(`${kind}=${put(`${kind}-${asOf}.txt`, `${entries.join('\n')}\n`)}`)
const owners = (asOf: string, more: readonly Row[] = [], rows = rows4): readonly Source[] => [
  readSourceArgument(`asn4=${put(`asn-ipv4-${asOf}.csv`, csvOf([...rows, ...more]))}`),
  readSourceArgument(`asn6=${put(`asn-ipv6-${asOf}.csv`, csvOf(rows6))}`),
]
const feedsOf = (address: string): readonly string[] =>
  openNetworkData(dir)
    .lookup(address)
    ?.feeds.map(({ source }) => source.asOf) ?? []

beforeEach(() => {
  ;({ dir, remove } = smallData())
})
afterEach(() => {
  remove()
})

describe('a refresh', () => {
  it('puts a list in use, names what it took, and leaves the packaged files alone', async () => {
    const before = readFileSync(join(dir, 'manifest.json'), 'utf8')
    const { changed, sentence } = await refresh(dir, [list('2026-11-24')], { at })
    expect(changed).toBe(true)
    expect(sentence).toContain('tor-list of 2026-11-24 (5 rows)')
    expect(feedsOf('185.220.101.7')).toEqual(['2026-11-24'])
    expect(openNetworkData(dir).edition).toMatch(/^20261125T120000000Z-/)
    expect(readFileSync(join(dir, 'manifest.json'), 'utf8')).toBe(before)
    expect(readLastRefresh(dir)).toEqual({ at: at.toISOString(), ok: true, sentence })
  })

  it('reads the date of a list of the Tor project from its lines', async () => {
    const exit = (address: string, day: string): string =>
      `ExitNode 0011BD\nPublished 2026-11-01 04:00:00\nLastStatus ${day} 06:00:00\nExitAddress ${address} ${day} 06:04:05\n`
    const text = exit('185.220.101.1', '2026-11-23') + exit('185.220.101.7', '2026-11-22')
    await refresh(dir, [readSourceArgument(`tor=${put('exit-addresses', text)}`)], { at })
    expect(feedsOf('185.220.101.7')).toEqual(['2026-11-23'])
  })

  it('takes owners and classes; what it does not name stays as it was', async () => {
    await refresh(dir, [list('2026-11-24')], { at })
    const moved: readonly Row[] = [['104.28.0.0/16', 13335, 'Cloudflare, Inc.']]
    const classes = put(
      'classes.json',
      classList('2026-11-20', [{ asn: 13335, class: 'cdn', checked: '2026-11-20' }]),
    )
    await refresh(dir, [...owners('2026-11-20', moved), readSourceArgument(`classes=${classes}`)], {
      at: later,
    })
    const data = openNetworkData(dir)
    expect(data.lookup('104.28.1.1')).toMatchObject({
      asn: 13335,
      asnName: 'Cloudflare, Inc.',
      class: 'cdn',
      sources: {
        asn: { asOf: '2026-11-20' },
        classes: { asOf: '2026-11-20' },
        country: { asOf: '2026-06-17' },
      },
    })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-24'])
  })

  it('replaces a list by its newer one, and keeps another of the same kind', async () => {
    await refresh(dir, [list('2026-11-20'), { ...list('2026-11-21', ['203.0.113.9']), name: 'own' }], { at })
    await refresh(dir, [list('2026-11-24', [...tor, '73.0.0.9'])], { at: later })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-24'])
    const names = openNetworkData(dir)
      .ages(at.getTime())
      .flatMap(({ kind, name }) => (kind === 'reputation' ? [name] : []))
    expect(names).toEqual(['tor-list-2026-11-24', 'tor-own-2026-11-21'])
  })

  it('reads the date of a country file from the file itself', async () => {
    const path = put('country.mmdb', countryFile)
    const outcome = await refresh(dir, [readSourceArgument(`country=${path}`)], { at })
    // The very file that is in use: nothing to do.
    expect(outcome).toEqual({ changed: false, sentence: 'Everything is in use already.' })
  })

  it('keeps one edition before the one in use, and no more', async () => {
    await refresh(dir, [list('2026-11-20')], { at })
    await refresh(dir, [list('2026-11-21')], { at: later })
    await refresh(dir, [list('2026-11-22')], { at: new Date('2026-11-27T12:00:00Z') })
    expect(readdirSync(join(dir, 'refreshed', 'editions'))).toHaveLength(2)
  })

  it('is overtaken by a packaged file that is newer', async () => {
    await refresh(dir, owners('2026-06-20'), { at })
    expect(openNetworkData(dir).lookup('73.0.0.1')?.sources.asn?.asOf).toBe('2026-06-20')
    const upgraded = smallData({ asnVersion: '2.3.2026090117' })
    writeFileSync(join(dir, 'asn.bin'), readFileSync(join(upgraded.dir, 'asn.bin')))
    writeFileSync(join(dir, 'asn-names.bin'), readFileSync(join(upgraded.dir, 'asn-names.bin')))
    writeFileSync(join(dir, 'manifest.json'), readFileSync(join(upgraded.dir, 'manifest.json')))
    upgraded.remove()
    expect(openNetworkData(dir).lookup('73.0.0.1')?.sources.asn?.asOf).toBe('2026-09-01')
  })
})

describe('a refresh refuses, in one sentence and changing nothing,', () => {
  const refused = async (sources: () => readonly Source[], sentence: string | RegExp): Promise<void> => {
    const before = readPointer(dir)
    await expect(refresh(dir, sources(), { at: later })).rejects.toThrow(sentence)
    expect(readPointer(dir)).toEqual(before)
    expect(readLastRefresh(dir)?.ok).toBe(false)
    expect(existsSync(join(dir, 'refreshed', 'lock'))).toBe(false)
  }

  it('a list older than the one in use', async () => {
    await refresh(dir, [list('2026-11-24')], { at })
    await refused(
      () => [list('2026-11-20', tor.slice(1))],
      'tor-list is of 2026-11-20, older than the one in use (2026-11-24)',
    )
  })

  it('a list that would count for less at once, and one of next week', async () => {
    await refused(() => [list('2026-09-01')], 'older than 30 days')
    await refused(() => [list('2026-12-03')], 'which is still to come')
  })

  it('owners older than the packaged ones', async () => {
    await refused(
      () => owners('2026-05-01', [['104.28.0.0/16', 13335, 'Cloudflare']]),
      'older than the one in use (2026-06-17)',
    )
  })

  it('a file without a date', async () => {
    await refused(() => [readSourceArgument(`tor=${put('exits.txt', '185.220.101.1\n')}`)], 'has no date')
  })

  it('a file that was cut off: its checksum says so', async () => {
    await refused(() => {
      const source = list('2026-11-24')
      writeFileSync(`${source.from}.sha256`, sha256Of(readFileSync(source.from)))
      truncateSync(source.from, 20)
      return [source]
    }, 'it is cut off or changed')
  })

  it('a checksum that the operator named and that does not fit', async () => {
    await refused(() => [{ ...list('2026-11-24'), sha256: '0'.repeat(64) }], 'cut off or changed')
  })

  it('a list that lost more than half of its lines', async () => {
    await refresh(dir, [list('2026-11-20')], { at })
    await refused(() => [list('2026-11-24', tor.slice(0, 2))], 'has 2 rows where 5 are in use')
  })

  it('an empty list, a line that is no address, and a line that names a whole part of the net', async () => {
    await refused(() => [list('2026-11-24', ['# nothing'])], 'tor-list is empty')
    await refused(() => [list('2026-11-24', [...tor, '8.8.8'])], 'line 6')
    await refused(() => [list('2026-11-24', [...tor, '0.0.0.0/1'])], 'tor-list names 0.0.0.0/1')
  })

  it('a list that names well-known homes', async () => {
    const homes = ['73.0.0.0/8', '86.128.0.0/16', '87.128.0.0/16']
    await refused(() => [list('2026-11-24', homes)], 'the new lists name 3 of 7 well-known home networks')
  })

  it('owners that lost a fifth of their rows, and half a table', async () => {
    await refused(() => owners('2026-11-20', [], rows4.slice(4)), 'IP to ASN has 11 rows where 15 are in use')
    await refused(() => owners('2026-11-20').slice(0, 1), 'asn4 and asn6 are one table')
  })

  it('owners that no longer know the well-known networks', async () => {
    const others = rows4.map(([cidr, asn, name]): Row => [cidr, asn + 1, name])
    await refused(() => owners('2026-11-20', [], others), /the owner of 4 of 15 well-known addresses only/)
  })

  it('owners that are no table, a country file that is none, and one that was cut off', async () => {
    await refused(
      () => [
        readSourceArgument(`asn4=${put('a-2026-11-20.csv', 'not,a\n')}`),
        ...owners('2026-11-20').slice(1),
      ],
      'row 1 is not start,end,asn,name',
    )
    await refused(() => [readSourceArgument(`country=${put('c-2026-11-20.mmdb', 'no')}`)], 'cannot be read')
    const half = countryFile.subarray(0, countryFile.length / 2)
    await refused(() => [readSourceArgument(`country=${put('c-2026-11-20.mmdb', half)}`)], 'cannot be read')
  })

  it('a class list that names a network which the owners do not know', async () => {
    const classes = classList('2026-11-20', [{ asn: 64999, class: 'vpn', checked: '2026-11-20' }])
    await refused(
      () => [readSourceArgument(`classes=${put('classes.json', classes)}`)],
      'ASN 64999: not in the ASN data',
    )
  })

  it('a second refresh beside the first', async () => {
    writeFileSync(join(dir, 'feeds', 'x'), '')
    await Promise.all([
      refresh(dir, [list('2026-11-24')], { at }),
      expect(refresh(dir, [list('2026-11-24')], { at })).rejects.toThrow('another refresh is under way'),
    ])
  })
})

describe('a rollback', () => {
  it('brings back the edition before, then the one after', async () => {
    await refresh(dir, [list('2026-11-20')], { at })
    await refresh(dir, [list('2026-11-24')], { at: later })
    expect(await rollback(dir)).toMatch(/^Edition .* is in use again\.$/)
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-20'])
    await rollback(dir)
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-24'])
  })

  it('brings back the packaged data after the first refresh, even from an edition that is not whole', async () => {
    await refresh(dir, [list('2026-11-24')], { at })
    const [edition = ''] = readdirSync(join(dir, 'refreshed', 'editions'))
    truncateSync(join(dir, 'refreshed', 'editions', edition, 'manifest.json'), 10)
    expect(() => openNetworkData(dir)).toThrow('is not whole')
    expect(await rollback(dir)).toBe('The packaged data are in use again.')
    expect(feedsOf('185.220.101.1')).toEqual([])
  })

  it('is not undone by the next refresh, unless the operator says so', async () => {
    await refresh(dir, [list('2026-11-24')], { at })
    await rollback(dir, at)
    await expect(refresh(dir, [list('2026-11-24')], { at: later })).rejects.toThrow('was rolled back before')
    const { changed } = await refresh(dir, [list('2026-11-24')], { at: later, again: true })
    expect(changed).toBe(true)
  })

  it('says so when there is nothing to go back to', async () => {
    await expect(rollback(dir)).rejects.toThrow('nothing was refreshed yet')
  })
})
