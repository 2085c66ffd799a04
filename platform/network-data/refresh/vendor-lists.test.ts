import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLastRefresh } from '../data-report.ts'
import { readPointer } from '../editions.ts'
import { sha256Of } from '../manifest.ts'
import { openNetworkData } from '../open.ts'
import { databaseOf } from '../testing/mmdb.ts'
import { serve, smallData } from '../testing/small-data.ts'
import { refresh, rollback } from './refresh.ts'
import { readSourceArgument, type Source } from './sources.ts'

const at = new Date('2026-11-25T12:00:00Z')
const later = new Date('2026-11-26T12:00:00Z')
const built = Date.UTC(2026, 10, 24) / 1000
let dir: string
let remove: () => void
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
const source = (kind: string, name: string, content: string | Uint8Array): Source =>
  readSourceArgument(`${kind}=${put(name, content)}`)
const kindsAt = (address: string): readonly string[] =>
  openNetworkData(dir)
    .lookup(address)
    ?.feeds.map(({ kind }) => kind) ?? []

beforeEach(() => {
  ;({ dir, remove } = smallData())
})
afterEach(() => {
  remove()
})

const privacyHeader = 'network,hosting,proxy,tor,relay,vpn,service\n'
const privacy = (rows: string, name = 'privacy-2026-11-20.csv') =>
  source('ipinfo-privacy', name, privacyHeader + rows)
const spur = (text: string, name = 'spur-2026-11-20.json') => source('spur', name, text)
const anonymous = (rows: Parameters<typeof databaseOf>[1], type = 'GeoIP2-Anonymous-IP') =>
  databaseOf(type, rows, built)

describe("a vendor's list", () => {
  it('replaces the one before, stays through other refreshes, and goes back with a rollback', async () => {
    await refresh(dir, [privacy('73.1.0.0/24,true,false,false,false,false,\n')], { at })
    await refresh(dir, [source('tor', 'tor-2026-11-24.txt', '73.1.0.1\n')], { at: later })
    expect(kindsAt('73.1.0.1')).toEqual(['tor', 'hosting'])
    await refresh(dir, [privacy('73.1.0.0/24,false,false,false,false,true,\n', 'privacy-2026-11-21.csv')], {
      at: new Date('2026-11-27T12:00:00Z'),
    })
    expect(kindsAt('73.1.0.1')).toEqual(['tor', 'vpn'])
    expect(
      await refresh(dir, [privacy('73.1.0.0/24,false,false,false,false,true,\n', 'privacy-2026-11-21.csv')], {
        at: later,
      }),
    ).toMatchObject({ changed: false })
    await rollback(dir)
    expect(kindsAt('73.1.0.1')).toEqual(['tor', 'hosting'])
  })

  it('keeps the marks of all ranges that hold an address, and names the range', async () => {
    await refresh(
      dir,
      [
        privacy(
          '73.1.0.0/16,true,false,false,false,false,\n73.1.2.0/24,false,false,false,false,true,\n73.1.2.9,false,true,false,false,false,\n',
        ),
      ],
      { at },
    )
    expect([kindsAt('73.1.1.1'), kindsAt('73.1.2.1'), kindsAt('73.1.2.9'), kindsAt('73.1.3.0')]).toEqual([
      ['hosting'],
      ['vpn', 'hosting'],
      ['vpn', 'anon', 'hosting'],
      ['hosting'],
    ])
    expect(openNetworkData(dir).lookup('73.1.1.1')?.feeds).toEqual([
      {
        kind: 'hosting',
        entry: '73.1.0.0-73.1.1.255',
        source: { name: 'ipinfo-privacy-list-2026-11-20', version: expect.any(String), asOf: '2026-11-20' },
      },
    ])
  })

  it('is read where it was built for IPv4 alone', async () => {
    const bytes = databaseOf('GeoIP2-Anonymous-IP', [['2003:1::/48', { is_anonymous_vpn: true }]], built)
    await refresh(dir, [source('maxmind-anonymous', 'a.mmdb', bytes)], { at })
    expect([kindsAt('2003:1::9'), kindsAt('73.1.0.1')]).toEqual([['vpn'], []])
  })

  it('counts a licence that the operator names', async () => {
    await refresh(
      dir,
      [{ ...spur('{"ip":"73.1.0.1","infrastructure":"DATACENTER"}\n'), licence: 'as agreed' }],
      { at },
    )
    expect(openNetworkData(dir).ages(at.getTime())).toContainEqual(
      expect.objectContaining({ name: 'spur-list-2026-11-20', licence: 'as agreed', kind: 'reputation' }),
    )
  })

  it('is taken by address, with the date that the server gives', async () => {
    const server = await serve((_request, response) => {
      response
        .writeHead(200, { 'last-modified': 'Tue, 24 Nov 2026 08:00:00 GMT' })
        .end(gzipSync(`${privacyHeader}73.1.0.1,false,false,false,false,true,\n`))
    })
    await refresh(dir, [readSourceArgument(`ipinfo-privacy=${server.origin}/privacy?token=secret`)], { at })
    await server.close()
    expect(openNetworkData(dir).lookup('73.1.0.1')?.feeds).toMatchObject([
      { kind: 'vpn', source: { asOf: '2026-11-24' } },
    ])
  })

  it('is left out and named, not fatal, once its table is damaged on disk', async () => {
    await refresh(dir, [privacy('73.1.0.1,true,false,false,false,false,\n')], { at })
    const path = join(
      dir,
      'refreshed',
      'editions',
      readPointer(dir)?.edition ?? '',
      'feeds',
      'ipinfo-privacy-list-2026-11-20.bin',
    )
    writeFileSync(path, readFileSync(path).subarray(0, 20))
    const data = openNetworkData(dir)
    expect(data.lookup('73.1.0.1')).toMatchObject({ asn: 7922, feeds: [] })
    expect(data.problems).toEqual(['table ipinfo-privacy-list-2026-11-20.bin: checksum does not fit'])
  })
})

describe("a vendor's list is refused in one sentence, and the one in use stays:", () => {
  const good = 'true,false,false,false,false,\n'
  const wrong: readonly (readonly [string, () => Source, string | RegExp])[] = [
    [
      'a header of another file',
      () => source('ipinfo-privacy', 'p-2026-11-24.csv', 'network,asn,name\n73.1.0.1,AS1,x\n'),
      /p-2026-11-24\.csv cannot be read: line 1: it is no header of IPinfo Privacy Detection: tor, vpn, proxy, relay, hosting not among its columns/,
    ],
    [
      'a row that was cut off',
      () => privacy(`73.1.0.1,${good}73.1.0.2,true,fal`, 'p-2026-11-24.csv'),
      'line 3: 3 values where the header has 7 columns',
    ],
    [
      'a flag that is neither',
      () => privacy('73.1.0.1,maybe,false,false,false,false,\n', 'p-2026-11-24.csv'),
      'line 2: hosting is "maybe", neither true nor false',
    ],
    [
      'no address',
      () => privacy(`300.1.1.1,${good}`, 'p-2026-11-24.csv'),
      'line 2: "300.1.1.1" is neither an address nor a range',
    ],
    [
      'an end before its start',
      () =>
        source(
          'ipinfo-privacy',
          'p-2026-11-24.csv',
          `start_ip,end_ip,hosting,proxy,tor,relay,vpn,service\n73.1.0.9,73.1.0.1,${good}`,
        ),
      '"73.1.0.9" to "73.1.0.1" is no range',
    ],
    [
      'a range of a whole part of the net',
      () => privacy(`64.0.0.0/7,${good}`, 'p-2026-11-24.csv'),
      'line 2: it marks a range that is wider than any list should',
    ],
    ['a file without a record', () => privacy('', 'p-2026-11-24.csv'), 'ipinfo-privacy-list is empty'],
    ['an empty file', () => source('spur', 's-2026-11-24.json', ''), 'it is empty'],
    [
      'JSON lines of another vendor',
      () => spur('{"network":"73.1.0.1","hosting":true}\n', 's-2026-11-24.json'),
      'line 1: it is no record of Spur: it has none of as, client',
    ],
    [
      'Spur given as IPinfo',
      () =>
        source('ipinfo-privacy', 'p-2026-11-24.json', '{"ip":"73.1.0.1","infrastructure":"DATACENTER"}\n'),
      'line 1: it is no record of IPinfo Privacy Detection: it has no tor, vpn',
    ],
    [
      'a JSON line that was cut off',
      () => spur('{"ip":"73.1.0.1","infrastructure":"DATACENTER"}\n{"ip":"73.1', 's-2026-11-24.json'),
      'line 2: it is not JSON: the file is cut off',
    ],
    [
      'tunnels of another form',
      () => spur('{"ip":"73.1.0.1","tunnels":"VPN"}\n', 's-2026-11-24.json'),
      'line 1: tunnels is no list',
    ],
    [
      'a CSV file of Spur, which has none',
      () => spur('ip,tunnels\n73.1.0.1,VPN\n', 's-2026-11-24.json'),
      'Spur anonymous feeds, which has no CSV files',
    ],
    [
      'an MMDB file of Spur',
      () => source('spur', 's-2026-11-24.mmdb', anonymous([['73.1.0.1', {}]], 'Spur')),
      'it is a database of "Spur", not of Spur anonymous feeds',
    ],
    [
      'a packed file that was cut off',
      () =>
        source(
          'spur',
          's-2026-11-24.json.gz',
          gzipSync('{"ip":"73.1.0.1","infrastructure":"DATACENTER"}\n').subarray(0, 40),
        ),
      'cannot be unpacked: it is cut off or damaged',
    ],
    [
      'an archive',
      () => source('maxmind-anonymous', 'm-2026-11-24.zip', 'PK\x03\x04\x14\x00'),
      'it is a zip archive: unpack it first',
    ],
    [
      'a database of another product',
      () =>
        source(
          'maxmind-anonymous',
          'm-2026-11-24.mmdb',
          databaseOf('GeoLite2-ASN', [['73.1.0.0/24', { autonomous_system_number: 1 }]], built),
        ),
      'it is a database of "GeoLite2-ASN", not of MaxMind GeoIP Anonymous IP',
    ],
    [
      'a database that was cut off',
      () =>
        source(
          'maxmind-anonymous',
          'm-2026-11-24.mmdb',
          anonymous([['73.1.0.0/24', { is_anonymous: true }]]).subarray(0, 300),
        ),
      'its end is missing: it was cut off',
    ],
    [
      'a database with another value',
      () =>
        source(
          'maxmind-anonymous',
          'm-2026-11-24.mmdb',
          anonymous([['73.1.0.0/24', { is_tor_exit_node: 'perhaps' }]]),
        ),
      'the record of 73.1.0.0: is_tor_exit_node is "perhaps"',
    ],
    [
      'a file that does not exist',
      () => readSourceArgument('spur=/none/spur-2026-11-24.json'),
      'spur from /none/spur-2026-11-24.json does not exist',
    ],
    [
      'a file without a date',
      () => spur('{"ip":"73.1.0.1","infrastructure":"DATACENTER"}\n', 'feed.json'),
      'has no date',
    ],
    [
      'a list older than the one in use',
      () => privacy(`73.1.0.9,${good}`, 'p-2026-11-19.csv'),
      'older than the one in use (2026-11-20)',
    ],
    [
      'a checksum that does not fit',
      () => ({ ...privacy(`73.1.0.9,${good}`, 'p-2026-11-24.csv'), sha256: '0'.repeat(64) }),
      'cut off or changed',
    ],
  ]
  it.each(wrong)('%s', async (_name, made, sentence) => {
    await refresh(dir, [privacy(`73.1.0.1,${good}`)], { at })
    const before = readPointer(dir)
    await expect(refresh(dir, [made()], { at: later })).rejects.toThrow(sentence)
    expect(readPointer(dir)).toEqual(before)
    expect(readLastRefresh(dir)).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/^[^\n]{20,400}$/),
    })
    expect(kindsAt('73.1.0.1')).toEqual(['hosting'])
    expect(existsSync(join(dir, 'refreshed', 'lock'))).toBe(false)
  })

  it('a checksum beside the file that fits is accepted', async () => {
    const one = privacy(`73.1.0.1,${good}`)
    writeFileSync(`${one.from}.sha256`, sha256Of(readFileSync(one.from)))
    await expect(refresh(dir, [one], { at })).resolves.toMatchObject({ changed: true })
  })

  it('a list that lost more than half of its ranges', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => `73.1.${String(index)}.1,${good}`)
    await refresh(dir, [privacy(rows.join(''))], { at })
    await expect(
      refresh(dir, [privacy(rows.slice(0, 4).join(''), 'p-2026-11-24.csv')], { at: later }),
    ).rejects.toThrow('has 4 rows where 9 are in use')
  })
})
