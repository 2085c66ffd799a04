import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anonListed } from '#domain/risk/checks/network/anon-listed.ts'
import { hostingAsn } from '#domain/risk/checks/network/hosting-asn.ts'
import { countryUnexpected } from '#domain/risk/checks/network/country-unexpected.ts'
import { vpnAsn } from '#domain/risk/checks/network/vpn-asn.ts'
import { privacyRelay } from '#domain/risk/checks/network/privacy-relay.ts'
import { torExit } from '#domain/risk/checks/network/tor-exit.ts'
import { facts } from '#domain/risk/testing/facts.ts'
import { verdictOf } from '#domain/risk/testing/findings.ts'
import { openNetworkData } from '#platform/network-data/open.ts'
import { databaseOf } from '#platform/network-data/testing/mmdb.ts'
import { countries, csvOf, rows4, rows6, smallData } from '#platform/network-data/testing/small-data.ts'
import { commands } from './commands.ts'

let dir: string
let remove: () => void
beforeEach(() => {
  ;({ dir, remove } = smallData())
})
afterEach(() => {
  remove()
})
const run = (...args: readonly string[]): Promise<string> =>
  commands['data']?.run(args, { DATA_DIR: dir }) ?? Promise.reject(new Error('no such command'))
const now = new Date()
const today = now.toISOString().slice(0, 10)
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
const checks = { tor: torExit, anon: anonListed, hosting: hostingAsn, relay: privacyRelay }
/** The verdict of every check that looks at lists, for a participant with this address. */
const judged = (address: string): Readonly<Record<string, string>> => {
  const ip = openNetworkData(dir).lookup(address)
  return Object.fromEntries(
    Object.entries(checks)
      .map(
        ([name, check]) =>
          [name, verdictOf(check, { ...facts({ network: { ip } }), at: now.getTime() })] as const,
      )
      .filter(([, verdict]) => verdict !== 'pass'),
  )
}
const lines = (...records: readonly object[]): string =>
  records.map((one) => `${JSON.stringify(one)}\n`).join('')
const seconds = Math.floor(now.getTime() / 1000)

describe('a file of MaxMind Anonymous IP', () => {
  it('reaches the checks as MMDB, with the date that it was built on', async () => {
    const path = put(
      'GeoIP2-Anonymous-IP.mmdb',
      databaseOf(
        'GeoIP2-Anonymous-IP',
        [
          ['73.1.0.0/24', { is_anonymous: true, is_residential_proxy: true }],
          ['73.2.0.0/16', { is_anonymous: true, is_hosting_provider: true }],
          ['73.3.0.7/32', { is_anonymous: true, is_anonymous_vpn: true }],
          ['73.4.0.7/32', { is_anonymous: true, is_tor_exit_node: true, is_hosting_provider: true }],
          ['73.5.0.7/32', { is_anonymous: true, is_public_proxy: true }],
          ['73.6.0.7/32', { is_anonymous: true }],
          ['2003:1::/64', { is_anonymous: true, is_anonymous_vpn: true }],
        ],
        seconds,
      ),
    )
    expect(await run('refresh', `maxmind-anonymous=${path}`)).toContain(
      `maxmind-anonymous-list of ${today} (7 rows)`,
    )
    expect(judged('73.1.0.200')).toEqual({ anon: 'flag -6' })
    expect(judged('73.2.9.9')).toEqual({ hosting: 'flag -6' })
    expect(judged('73.3.0.7')).toEqual({ anon: 'flag -6' })
    expect(judged('73.4.0.7')).toEqual({ tor: 'flag -12', hosting: 'flag -6' })
    expect(judged('73.5.0.7')).toEqual({ anon: 'flag -6' })
    expect(judged('73.6.0.7')).toEqual({ anon: 'flag -6' })
    expect(judged('2003:1::abcd')).toEqual({ anon: 'flag -6' })
    expect([judged('73.3.0.8'), judged('73.1.1.0'), judged('2003:1:0:1::1')]).toEqual([{}, {}, {}])
    expect(await run('status')).toContain(
      `maxmind-anonymous-list-${today}: of ${today} (0 days), fresh, 7 rows, MaxMind EULA`,
    )
  })

  it('reaches the checks as two CSV files', async () => {
    const header =
      'network,is_anonymous,is_anonymous_vpn,is_hosting_provider,is_public_proxy,is_tor_exit_node,is_residential_proxy\n'
    const v4 = put(
      `Blocks-IPv4-${today}.csv`,
      `${header}73.1.0.0/24,1,0,0,0,0,1\r\n73.4.0.7/32,1,0,0,0,1,0\r\n`,
    )
    const v6 = put(`Blocks-IPv6-${today}.csv`, `${header}2003:1::/48,1,0,1,0,0,0\n`)
    await run('refresh', `maxmind-anonymous=${v4}`, `maxmind-anonymous=${v6}`)
    expect([judged('73.1.0.9'), judged('73.4.0.7'), judged('2003:1::1')]).toEqual([
      { anon: 'flag -6' },
      { tor: 'flag -12' },
      { hosting: 'flag -6' },
    ])
  })
})

describe('a file of IPinfo', () => {
  const none = { hosting: false, proxy: false, tor: false, relay: false, vpn: false, service: null }

  it('Privacy Detection reaches the checks as JSON lines', async () => {
    const text = lines(
      { network: '73.1.0.0/31', ...none, hosting: true },
      { network: '73.2.0.1', ...none, proxy: true },
      { network: '73.3.0.1', ...none, tor: true },
      { network: '73.4.0.1', ...none, relay: true },
      { network: '73.5.0.1', ...none, vpn: true, service: 'NordVPN' },
      { network: '2003:1::5', ...none, vpn: true },
      { network: '73.6.0.1', ...none },
    )
    await run('refresh', `ipinfo-privacy=${put(`privacy-${today}.json`, text)}`)
    expect(judged('73.1.0.1')).toEqual({ hosting: 'flag -6' })
    expect(judged('73.2.0.1')).toEqual({ anon: 'flag -6' })
    expect(judged('73.3.0.1')).toEqual({ tor: 'flag -12' })
    expect(judged('73.4.0.1')).toEqual({ relay: 'flag -1' })
    expect(judged('73.5.0.1')).toEqual({ anon: 'flag -6' })
    expect(judged('2003:1::5')).toEqual({ anon: 'flag -6' })
    expect([judged('73.6.0.1'), judged('73.1.0.2')]).toEqual([{}, {}])
    expect(await run('status')).toMatch(/ipinfo-privacy-list-\S+: of .*, IPinfo terms/)
  })

  it('Privacy Detection reaches the checks as CSV with ranges, and as MMDB with words for flags', async () => {
    const csv = `start_ip,end_ip,join_key,hosting,proxy,tor,vpn,relay,service\n73.1.0.7,73.1.0.20,73.1.0.0,,,,true,,"A, B"\n`
    await run('refresh', `ipinfo-privacy=${put(`privacy-${today}.csv`, csv)}`)
    expect([judged('73.1.0.7'), judged('73.1.0.20'), judged('73.1.0.21')]).toEqual([
      { anon: 'flag -6' },
      { anon: 'flag -6' },
      {},
    ])
    const mmdb = databaseOf(
      'ipinfo standard_privacy.mmdb',
      [['73.2.0.0/24', { hosting: 'true', proxy: '', tor: '', vpn: '', relay: '', service: '' }]],
      seconds,
    )
    await run('refresh', `ipinfo-privacy=${put('privacy.mmdb', mmdb)}`)
    expect([judged('73.1.0.7'), judged('73.2.0.9')]).toEqual([{}, { hosting: 'flag -6' }])
  })

  it('Residential Proxy reaches the check, which says that it is a home', async () => {
    const csv = `ip,service,last_seen,percent_days_seen\n73.1.0.7,Floppydata,${today},3\n`
    await run('refresh', `ipinfo-residential=${put(`residential-${today}.csv`, csv)}`)
    expect(judged('73.1.0.7')).toEqual({ anon: 'flag -6' })
    expect(openNetworkData(dir).lookup('73.1.0.7')?.feeds).toMatchObject([
      { kind: 'residential', entry: '73.1.0.7', source: { name: `ipinfo-residential-list-${today}` } },
    ])
  })
})

describe('a feed of Spur', () => {
  it('reaches the checks, packed, in any order, IPv4 and IPv6 from two files', async () => {
    const v4 = lines(
      {
        ip: '73.9.0.1',
        as: { number: 7922, organization: 'Comcast' },
        client: { count: 1, proxies: ['LUMINATI_PROXY'], types: ['MOBILE'] },
        risks: ['CALLBACK_PROXY'],
      },
      {
        ip: '73.1.0.1',
        infrastructure: 'DATACENTER',
        risks: ['TUNNEL'],
        tunnels: [{ anonymous: true, entries: ['73.1.0.2'], operator: 'MULLVAD_VPN', type: 'VPN' }],
      },
      { ip: '73.2.0.1', tunnels: [{ type: 'TOR', operator: 'TOR', anonymous: true }] },
      { ip: '73.3.0.1', tunnels: [{ type: 'PROXY', anonymous: true }] },
      { ip: '73.4.0.1', tunnels: [{ type: 'VPN', operator: 'COMPANY', anonymous: false }], location: {} },
    )
    const v6 = lines({ network: '2003:1::/64', client: { proxies: ['OXYLABS_PROXY'] } })
    await run(
      'refresh',
      `spur=${put(`spur-${today}.json.gz`, gzipSync(v4))}`,
      `spur=${put(`spur-ipv6-${today}.json.gz`, gzipSync(v6))}`,
    )
    expect(judged('73.9.0.1')).toEqual({ anon: 'flag -6' })
    expect(judged('73.1.0.1')).toEqual({ anon: 'flag -6', hosting: 'flag -6' })
    expect(judged('73.2.0.1')).toEqual({ tor: 'flag -12' })
    expect(judged('73.3.0.1')).toEqual({ anon: 'flag -6' })
    expect(judged('73.4.0.1')).toEqual({})
    expect(judged('2003:1::77')).toEqual({ anon: 'flag -6' })
    expect(
      openNetworkData(dir)
        .lookup('73.9.0.1')
        ?.feeds.map(({ kind }) => kind),
    ).toEqual(['residential'])
    expect(await run('status')).toMatch(/spur-list-\S+: of .*, 5 rows, Spur terms/)
  })
})

/** The owners in use, with an address of a home that now belongs to the carrier of a VPN. */
const moved = [
  ...rows4.filter(([, asn]) => asn !== 7922),
  ['73.0.0.0/16', 39351, '31173 Services AB'] as const,
]
const inVpn = (): string => {
  const ip = openNetworkData(dir).lookup('73.0.0.1')
  return verdictOf(vpnAsn, { ...facts({ network: { ip } }), at: now.getTime() })
}

describe('owners of addresses', () => {
  it('come from MaxMind ASN as MMDB', async () => {
    const rows = [...moved, ...rows6].map(
      ([cidr, asn, name]) =>
        [cidr, { autonomous_system_number: asn, autonomous_system_organization: name }] as const,
    )
    await run('refresh', `asn=${put('GeoLite2-ASN.mmdb', databaseOf('GeoLite2-ASN', rows, seconds))}`)
    expect(inVpn()).toBe('flag -5')
    expect(openNetworkData(dir).lookup('2003::1')).toMatchObject({
      asn: 3320,
      asnName: 'Deutsche Telekom AG',
    })
    expect(await run('status')).toContain(
      `IP to ASN (MaxMind ASN): of ${today} (0 days), fresh, 15 rows, MaxMind EULA`,
    )
  })

  it('come from MaxMind ASN as two CSV files', async () => {
    const csv = (rows: readonly (readonly [string, number, string])[]): string =>
      `network,autonomous_system_number,autonomous_system_organization\n${rows.map(([cidr, asn, name]) => `${cidr},${String(asn)},"${name}"\n`).join('')}`
    await run(
      'refresh',
      `asn=${put(`ASN-Blocks-IPv4-${today}.csv`, csv(moved))}`,
      `asn=${put(`ASN-Blocks-IPv6-${today}.csv`, csv(rows6))}`,
    )
    expect(inVpn()).toBe('flag -5')
    await run('rollback')
    expect(inVpn()).toBe('pass')
  })

  it('come from IPinfo as JSON lines', async () => {
    const json = lines(
      ...[...moved, ...rows6].map(([network, asn, name]) => ({
        network,
        asn: `AS${String(asn)}`,
        name,
        type: 'isp',
      })),
      { network: '9.9.9.0/24', asn: null, name: null },
    )
    await run('refresh', `asn=${put(`asn-${today}.json`, json)}`)
    expect(inVpn()).toBe('flag -5')
    expect(openNetworkData(dir).lookup('9.9.9.9')?.asn).toBeNull()
    expect(await run('status')).toContain('IP to ASN (IPinfo ASN)')
  })

  it('are refused when they are of another product, or beside asn4', async () => {
    const anonymous = databaseOf('GeoIP2-Anonymous-IP', [['73.0.0.0/16', {}]], seconds)
    await expect(run('refresh', `asn=${put('a.mmdb', anonymous)}`)).rejects.toThrow(
      'it is a database of "GeoIP2-Anonymous-IP", not of MaxMind ASN or IPinfo ASN',
    )
    await expect(
      run('refresh', `asn=${put(`a-${today}.csv`, 'network,asn\n73.0.0.0/16,ASx\n')}`),
    ).rejects.toThrow('line 2: asn is "ASx", no number of a network')
    const both = [`asn=${put('a.mmdb', anonymous)}`, `asn4=${put(`b-${today}.csv`, csvOf(rows4))}`]
    await expect(run('refresh', ...both)).rejects.toThrow('leave out asn4 and asn6, or asn')
    expect(await run('status')).toContain('edition packaged')
  })
})

describe('countries of addresses', () => {
  // Unlike the packaged file, this one knows the first owner in Japan.
  const home: Readonly<Record<number, string>> = { ...countries, 7922: 'JP' }
  const places = [...rows4, ...rows6].map(([cidr, asn]) => [cidr, home[asn] ?? 'DE'] as const)
  const isUnexpected = (): string => {
    const ip = openNetworkData(dir).lookup('73.0.0.1')
    const seen = facts({ network: { ip, expectedCountries: ['US'] } })
    return verdictOf(countryUnexpected, { ...seen, at: now.getTime() })
  }

  it('come from MaxMind City', async () => {
    const rows = places.map(
      ([cidr, code]) =>
        [
          cidr,
          { city: { geoname_id: 1 }, country: { iso_code: code }, location: { time_zone: 'x' } },
        ] as const,
    )
    expect(isUnexpected()).toBe('pass')
    await run('refresh', `country=${put('GeoIP2-City.mmdb', databaseOf('GeoIP2-City', rows, seconds))}`)
    expect(isUnexpected()).toMatch(/^flag -5/)
    expect(await run('status')).toContain(`IP to country (MaxMind City or Country): of ${today}`)
  })

  it('come from IPinfo, as a second source too', async () => {
    const csv = `network,country,country_code,asn\n${places.map(([cidr, code]) => `${cidr},Some name,${code},\n`).join('')}`
    await run('refresh', `country2=${put(`lite-${today}.csv`, csv)}`)
    expect(openNetworkData(dir).lookup('73.0.0.1')).toMatchObject({ country: 'US', country2: 'JP' })
  })

  it('are refused when they are of another product, or no countries', async () => {
    const asn = databaseOf('GeoLite2-ASN', [['73.0.0.0/16', { autonomous_system_number: 1 }]], seconds)
    await expect(run('refresh', `country=${put('a.mmdb', asn)}`)).rejects.toThrow(
      'it is a database of "GeoLite2-ASN", not of MaxMind City or Country or IPinfo countries',
    )
    const csv = 'network,country\n73.0.0.0/16,Germany\n'
    await expect(run('refresh', `country=${put(`c-${today}.csv`, csv)}`)).rejects.toThrow(
      'line 2: "Germany" is no code of a country',
    )
  })
})

describe('a plain list', () => {
  it.each([
    ['residential', { anon: 'flag -6' }],
    ['hosting', { hosting: 'flag -6' }],
    ['relay', { relay: 'flag -1' }],
  ])('of kind %s reaches its check', async (kind, verdicts) => {
    await run('refresh', `${kind}=${put(`${kind}-${today}.txt`, '# by hand\n73.1.0.0/30\n')}`)
    expect(judged('73.1.0.3')).toEqual(verdicts)
  })
})
