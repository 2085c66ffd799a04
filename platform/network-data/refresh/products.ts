/**
 * The vendors' products that a refresh reads, by their public descriptions: dev.maxmind.com/geoip/docs/databases,
 * github.com/ipinfo/sample-database, docs.spur.us/feeds. One table says which file it is and what its fields mean here.
 */
import type { FeedKind } from '#domain/risk/facts.ts'
import type { Fields, Product } from './product.ts'

const maxmind = { licence: 'MaxMind EULA', lines: null } as const
const ipinfo = { licence: 'IPinfo terms' } as const

const maxmindFlags = {
  is_tor_exit_node: 'tor',
  is_anonymous_vpn: 'vpn',
  is_public_proxy: 'anon',
  is_residential_proxy: 'residential',
  is_hosting_provider: 'hosting',
} as const
/** IPinfo's `tor` is every relay, not only exits. */
const ipinfoFlags = { tor: 'tor', vpn: 'vpn', proxy: 'anon', relay: 'relay', hosting: 'hosting' } as const

/** Lists of single addresses and ranges: which kinds of list a record puts its addresses on. */
export const listProducts = {
  'maxmind-anonymous': {
    ...maxmind,
    title: 'MaxMind GeoIP Anonymous IP',
    database: /^GeoIP2?-Anonymous-(IP|Plus)\b/,
    columns: ['network', 'is_anonymous', ...Object.keys(maxmindFlags)],
    read(record) {
      const kinds = flagged(record, maxmindFlags)
      // "Any sort of anonymous network" without a word about which.
      return kinds.length === 0 && isSet(record, 'is_anonymous') ? ['anon'] : kinds
    },
  },
  'ipinfo-privacy': {
    ...ipinfo,
    title: 'IPinfo Privacy Detection',
    database: /^ipinfo (standard|extended)_privacy/,
    columns: Object.keys(ipinfoFlags),
    lines: Object.keys(ipinfoFlags),
    read: (record) => flagged(record, ipinfoFlags),
  },
  'ipinfo-residential': {
    ...ipinfo,
    title: 'IPinfo Residential Proxy',
    database: /^ipinfo .*proxy_residential/,
    columns: ['ip', 'service', 'last_seen', 'percent_days_seen'],
    lines: ['ip', 'service', 'last_seen', 'percent_days_seen'],
    read: () => ['residential'],
  },
  spur: {
    title: 'Spur anonymous feeds',
    licence: 'Spur terms',
    database: null,
    columns: null,
    lines: [],
    read: spurKinds,
  },
} as const satisfies Readonly<Record<string, Product<readonly FeedKind[]>>>

export type ListVendor = keyof typeof listProducts
export const listVendors = Object.keys(listProducts) as ListVendor[]

/** The owner of a range: number and name. */
export type Owner = { readonly asn: number; readonly name: string }

export const ownerProducts: readonly Product<Owner>[] = [
  {
    ...maxmind,
    title: 'MaxMind ASN',
    database: /^(GeoLite2-ASN|GeoIP2-ISP)\b/,
    columns: ['network', 'autonomous_system_number', 'autonomous_system_organization'],
    read: (record) => owner(record, 'autonomous_system_number', ['autonomous_system_organization']),
  },
  {
    ...ipinfo,
    title: 'IPinfo ASN',
    database: /^ipinfo .*(asn|lite)/,
    columns: ['asn'],
    lines: ['asn'],
    read: (record) => owner(record, 'asn', ['name', 'as_name']),
  },
]

/** Countries as two letters. */
export const countryProducts: readonly Product<string>[] = [
  {
    ...maxmind,
    title: 'MaxMind City or Country',
    database: /^(GeoLite2|GeoIP2)-(City|Country|Enterprise)\b/,
    // Its CSV files name countries by numbers of another file.
    columns: null,
    read: (record) => country(partOf(record, 'country')['iso_code']),
  },
  {
    ...ipinfo,
    title: 'IPinfo countries',
    database: /^ipinfo .*(location|country)/,
    columns: ['country'],
    lines: ['country'],
    read: (record) => country(record['country_code'] ?? record['country']),
  },
]

const spurFields = [
  'as',
  'client',
  'infrastructure',
  'location',
  'organization',
  'risks',
  'services',
  'tunnels',
]
const spurTunnels: Readonly<Record<string, FeedKind>> = { TOR: 'tor', VPN: 'vpn', PROXY: 'anon' }

function spurKinds(record: Fields): readonly FeedKind[] {
  if (!spurFields.some((field) => field in record))
    throw new Error(`it is no record of Spur: it has none of ${spurFields.join(', ')}`)
  const tunnels = listOf(record, 'tunnels').flatMap((tunnel) => {
    const { type, anonymous } = tunnel as Fields
    // A tunnel that is not anonymous is that of a company for its own staff.
    if (anonymous === false) return []
    return (typeof type === 'string' ? spurTunnels[type] : undefined) ?? []
  })
  const isProxy = listOf(partOf(record, 'client'), 'proxies').length > 0
  const isHosted = record['infrastructure'] === 'DATACENTER'
  return [...tunnels, ...(isProxy ? ['residential' as const] : []), ...(isHosted ? ['hosting' as const] : [])]
}

function flagged(record: Fields, flags: Readonly<Record<string, FeedKind>>): readonly FeedKind[] {
  return Object.entries(flags).flatMap(([field, kind]) => (isSet(record, field) ? [kind] : []))
}

/** As the vendors write it in their formats. A field that is not there is not set. */
function isSet(record: Fields, field: string): boolean {
  const value = record[field] ?? false
  if (value === true || value === 'true' || value === '1') return true
  if (value === false || value === 'false' || value === '0' || value === '') return false
  throw new Error(`${field} is ${JSON.stringify(value)}, neither true nor false`)
}

function owner(record: Fields, field: string, names: readonly string[]): Owner | null {
  const value = record[field] ?? ''
  if (value === '') return null
  const text = typeof value === 'number' ? String(value) : value
  const digits = typeof text === 'string' ? /^(?:AS)?(\d{1,10})$/.exec(text)?.[1] : undefined
  const asn = Number(digits)
  if (digits === undefined || asn >= 2 ** 32)
    throw new Error(`${field} is ${JSON.stringify(value)}, no number of a network`)
  const name = names.map((one) => record[one]).find((text) => typeof text === 'string') ?? ''
  return { asn, name: name }
}

function country(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' && /^[A-Z]{2}$/.test(value)) return value
  throw new Error(`${JSON.stringify(value)} is no code of a country`)
}

function partOf(record: Fields, field: string): Fields {
  const value = record[field] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error(`${field} has another form`)
  return value as Fields
}

function listOf(record: Fields, field: string): readonly unknown[] {
  const value = record[field] ?? []
  if (!Array.isArray(value)) throw new Error(`${field} is no list`)
  return value
}
