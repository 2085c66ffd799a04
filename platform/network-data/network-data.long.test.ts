import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'
import { toNumber } from './range-table.ts'
import { compile, installedInputs } from './compile.ts'
import type { Compiled } from './compile.ts'
import { readFeeds, readFeedText } from './feeds.ts'
import { openNetworkData } from './open.ts'

const read = (text: string) => {
  const address = readAddress(text)
  if (address === null) throw new Error(`not an address: ${text}`)
  return address
}
const installed = installedInputs('data-sources/asn-classes.json')

describe('feeds', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'feeds-'))
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  it('reads all three forms', () => {
    const text =
      '# exits\n185.220.101.1\n203.0.113.0/24\n\nExitNode ABC\nPublished 2026-11-20 01:00:00\nExitAddress 2a0b:f4c0::1 2026-11-20 02:00:00\n'
    expect(readFeedText(text)).toEqual(['185.220.101.1', '203.0.113.0/24', '2a0b:f4c0::1'])
  })

  it('refuses a list with one line that is no address, naming the line', () => {
    expect(() => readFeedText('185.220.101.1\n8.8.8\n')).toThrow('line 2')
  })

  it('takes kind and date from the name, checks the checksum and leaves out what it cannot use', () => {
    writeFileSync(join(dir, 'tor-2026-11-20.txt'), '185.220.101.1\n')
    writeFileSync(join(dir, 'vpn-own-list-2026-10-01.txt'), '203.0.113.0/24\n')
    writeFileSync(
      join(dir, 'vpn-own-list-2026-10-01.txt.sha256'),
      `${createHash('sha256').update('203.0.113.0/24\n').digest('hex')}  x\n`,
    )
    writeFileSync(join(dir, 'hostile-2026-11-20.txt'), '5.188.10.0/24\n')
    writeFileSync(join(dir, 'hostile-2026-11-20.txt.sha256'), 'other')
    writeFileSync(join(dir, 'mystery-2026-11-20.txt'), '1.2.3.4\n')
    const { feeds, problems } = readFeeds(dir)
    expect(feeds.map(({ kind, source, entries }) => [kind, source.asOf, entries.length])).toEqual([
      ['tor', '2026-11-20', 1],
      ['vpn', '2026-10-01', 1],
    ])
    expect(problems).toEqual([
      'feed hostile-2026-11-20.txt: checksum does not fit',
      'feed mystery-2026-11-20.txt: the name must be <kind>-<date>.txt',
    ])
  })

  it('has no feeds without a folder', () => {
    expect(readFeeds(join(dir, 'none'))).toEqual({ feeds: [], problems: [] })
  })
})

describe('network data from literals', () => {
  const inputs = {
    ...installed,
    asn4: `${String(toNumber(read('73.0.0.0').bytes))},${String(toNumber(read('73.255.255.255').bytes))},7922,"Comcast, LLC"\n1490944000,1490944255,39351,31173\n1490944128,1490944511,24940,Hetzner\n`,
    asn6: '',
    classes:
      '{"version":"1","asOf":"2026-11-24","entries":[{"asn":39351,"class":"vpn","checked":"2026-11-24"}]}',
  }
  const compiled = compile(inputs)
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'data-'))
    write(dir, compiled)
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  it('looks up owner, country, class and feeds, and says which files it used', () => {
    mkdirSync(join(dir, 'feeds'))
    writeFileSync(join(dir, 'feeds', 'tor-2026-11-20.txt'), '73.0.0.1\n')
    const data = openNetworkData(dir)
    expect(data.lookup('73.0.0.1')).toMatchObject({
      status: 'public',
      family: 4,
      asn: 7922,
      asnName: 'Comcast, LLC',
      country: 'US',
      class: null,
      feeds: [{ kind: 'tor', entry: '73.0.0.1', source: { asOf: '2026-11-20' } }],
      sources: { asn: { name: 'IP to ASN', asOf: '2026-06-17' } },
    })
    expect(data.lookup('::ffff:73.0.0.2')).toMatchObject({ address: '73.0.0.2', country: 'US', feeds: [] })
  })

  it('lets the narrower of two overlapping ranges win', () => {
    const data = openNetworkData(dir)
    const at = (n: number) =>
      data.lookup(
        `${String(n >>> 24)}.${String((n >>> 16) & 255)}.${String((n >>> 8) & 255)}.${String(n & 255)}`,
      )?.asn
    expect([at(1490944000), at(1490944127), at(1490944128), at(1490944300)]).toEqual([
      39351, 39351, 24940, 24940,
    ])
  })

  it('looks nothing up for addresses that are not public, and refuses what is no address', () => {
    const data = openNetworkData(dir)
    for (const text of [
      '10.0.0.1',
      '127.0.0.1',
      '::1',
      'fd00::1',
      '100.64.0.1',
      '203.0.113.9',
      '::ffff:192.168.0.1',
    ])
      expect(data.lookup(text)).toMatchObject({ status: 'not_applicable', asn: null, country: null })
    expect(data.lookup('8.8.8')).toBeNull()
  })

  it('gives the age of every file', () => {
    const ages = openNetworkData(dir).ages(Date.UTC(2026, 10, 24))
    expect(ages.map(({ name, ageDays }) => [name, ageDays])).toEqual([
      ['IP to ASN', 160],
      ['ASN names', 160],
      ['IP to country', 160],
      ['ASN classes', 0],
      ['Browser versions', 0],
    ])
  })

  it('knows the class of a network without an address, by the list or by the name', () => {
    const data = openNetworkData(dir)
    expect([data.classOf(39351), data.classOf(7922), data.classOf(64500)]).toEqual(['vpn', null, null])
  })

  it('holds a second source of countries against the first where one is installed', () => {
    expect(openNetworkData(dir).lookup('73.0.0.1')?.country2).toBeNull()
    const second = compile({ ...inputs, country2: { bytes: inputs.country, version: '2.3.2026060120' } })
    write(dir, second)
    const data = openNetworkData(dir)
    expect(data.lookup('73.0.0.1')).toMatchObject({ country: 'US', country2: 'US' })
    expect(data.lookup('10.0.0.1')).toMatchObject({ country: null, country2: null })
    expect(data.ages(Date.UTC(2026, 10, 24)).map(({ name, asOf }) => [name, asOf])).toContainEqual([
      'IP to country, second source',
      '2026-06-01',
    ])
    appendFileSync(join(dir, 'country2.mmdb'), 'x')
    expect(() => openNetworkData(dir)).toThrow('country2.mmdb is not the file')
  })

  it('is whole without the files that only add to it, as folders of earlier versions are', () => {
    const { 'browsers.json': _, ...files } = compiled.manifest.files
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ version: 1, files }))
    expect(openNetworkData(dir).browsers).toBeNull()
    write(dir, compiled)
    expect(openNetworkData(dir).browsers?.browsers[0]).toMatchObject({ family: 'chromium' })
  })

  it('refuses a changed file, a missing one, a broken manifest and an empty folder, each by name', () => {
    appendFileSync(join(dir, 'asn.bin'), 'x')
    expect(() => openNetworkData(dir)).toThrow('asn.bin is not the file')
    rmSync(join(dir, 'asn.bin'))
    expect(() => openNetworkData(dir)).toThrow('asn.bin is missing')
    writeFileSync(join(dir, 'manifest.json'), '{"version":1,"files":{}}')
    expect(() => openNetworkData(dir)).toThrow('says nothing about asn.bin')
    rmSync(join(dir, 'manifest.json'))
    expect(() => openNetworkData(dir)).toThrow('npm run data:build')
  })

  it('refuses a listed network that the data do not know', () => {
    expect(() => compile({ ...inputs, classes: inputs.classes.replace('39351', '50525') })).toThrow(
      'ASN 50525: not in the ASN data',
    )
  })
})

describe('the installed data', () => {
  it('know the addresses of the small set', () => {
    const dir = mkdtempSync(join(tmpdir(), 'data-'))
    write(dir, compile(installed))
    const data = openNetworkData(dir)
    rmSync(dir, { recursive: true })
    const expected: readonly [string, string, string | null][] = [
      ['185.220.101.1', 'DE', 'tor'],
      ['2a0b:f4c0::1', 'DE', 'tor'],
      ['185.65.134.1', 'NL', 'vpn'],
      ['88.99.0.1', 'DE', 'hosting'],
      ['3.120.0.1', 'DE', 'hosting'],
      ['104.28.1.1', 'US', 'relay'],
      ['165.225.0.1', 'US', 'sse'],
      ['98.97.0.1', 'US', 'satellite'],
      ['199.249.230.80', 'CA', null],
      ['86.128.0.1', 'GB', null],
      ['2003:c0::1', 'DE', null],
      ['153.128.0.1', 'JP', null],
    ]
    expect(
      expected.map(([address]) => [address, data.lookup(address)?.country, data.lookup(address)?.class]),
    ).toEqual(expected)
    expect(data.lookup('71.160.0.1')).toMatchObject({ asn: null, country: 'US' })
  }, 20_000)
})

function write(dir: string, { files, manifest }: Compiled): void {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest))
}
