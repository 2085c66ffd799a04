import type { FeedHit, IpFacts, NetworkFacts, SessionVisit, TrustedPlace } from '../../facts.ts'
import { facts, hourMs, ip, now, source } from '../facts.ts'
import type { Scenarios } from './scenario.ts'

const seen = (changes: Partial<IpFacts>, more: Partial<NetworkFacts> = {}) =>
  facts({ network: { ip: ip(changes), ...more } })
const onPhone = (network: Partial<NetworkFacts>) => {
  const given = facts({ network })
  const { userAgent } = given.endpoint
  return {
    ...given,
    endpoint: { ...given.endpoint, userAgent: userAgent && { ...userAgent, isMobile: true } },
  }
}

const tor = (asOf: string): FeedHit => ({
  kind: 'tor',
  entry: '199.249.230.80',
  source: source('tor-exits', asOf),
})
const listed = (kind: FeedHit['kind'], asOf: string): FeedHit => ({
  kind,
  entry: '203.0.113.0/24',
  source: source(`${kind}-list`, asOf),
})
const exit = { address: '185.220.101.1', country: 'DE', asn: 60729, class: 'tor' as const }
const hosted = {
  address: '88.99.0.1',
  country: 'DE',
  asn: 24940,
  class: 'hosting' as const,
  classBy: 'list' as const,
}
const japan = { address: '153.128.0.1', country: 'JP', asn: 4713 }
const germany = { address: '87.128.0.1', country: 'DE', asn: 3320 }
const own = { egress: { configured: true, label: 'Head office' } }

const visit = (changes: Partial<SessionVisit> = {}): SessionVisit => ({
  at: now - hourMs,
  kind: 'opened',
  asn: 2856,
  country: 'GB',
  class: null,
  deviceKeyId: 'key-1',
  ...changes,
})
const leeds: TrustedPlace = {
  label: 'Leeds',
  lat: 53.8,
  lon: -1.55,
  radiusKm: 100,
  at: now - hourMs / 2,
  class: null,
  colleagues30d: 0,
}
const osaka = { label: 'Osaka', lat: 34.69, lon: 135.5, radiusKm: 100, colleagues30d: 0 }
const tokyo = { zone: { name: 'Asia/Tokyo', offsetMinutes: 540, countryOffsets: [0] } }
const request = (headerNames: readonly string[], isSecureContext = true) => ({
  request: { httpVersion: '1.1', isSecureContext, headerNames },
})

/** The network checks. */
export const networkScenarios: Scenarios = {
  NET_CLIENT_IP: {
    fires: [
      facts({ network: { client: { address: '86.128.0.1', hops: 1, problem: 'untrusted_peer' } } }),
      'flag -2',
    ],
    spares: [
      'a participant behind our own chain of balancers',
      facts({ network: { client: { address: '86.128.0.1', hops: 3, problem: null } } }),
      'pass',
    ],
  },
  NET_TOR_EXIT: {
    fires: [seen({ ...exit, feeds: [tor('2026-11-20')] }), 'flag -12'],
    spares: [
      'the new owner of a range that was a Tor exit for years',
      seen({ address: '199.249.230.80', country: 'CA', asn: 396126, feeds: [tor('2024-02-01')] }),
      'info',
    ],
  },
  NET_VPN_ASN: {
    fires: [
      seen({ address: '185.65.134.1', country: 'NL', asn: 39351, class: 'vpn', classBy: 'list' }),
      'flag -5',
    ],
    spares: [
      "the organisation's own VPN pool in such a network",
      seen({ asn: 39351, class: 'vpn', classBy: 'list' }, own),
      'pass',
    ],
  },
  NET_HOSTING_ASN: {
    fires: [seen(hosted), 'flag -6'],
    spares: [
      'a small provider with "cloud" in its name',
      seen({ ...hosted, asn: 64500, classBy: 'name' }),
      'flag -3',
    ],
  },
  NET_GATEWAY: {
    fires: [seen({ address: '165.225.0.1', country: 'US', asn: 22616, class: 'sse' }), 'info'],
    spares: ['a participant who comes from home', seen({}), 'pass'],
  },
  NET_CORP_EGRESS: {
    fires: [seen({}, own), 'pass +6'],
    spares: [
      'guest Wi-Fi, which the operator left out of the list',
      seen({}, { egress: { configured: true, label: null } }),
      'pass',
    ],
  },
  NET_COUNTRY_UNEXPECTED: {
    fires: [seen(japan), 'flag -5'],
    spares: [
      'a traveller whose journey is in the calendar',
      seen(japan, { expectedCountries: ['GB', 'JP'] }),
      'pass',
    ],
  },
  NET_IMPOSSIBLE_TRAVEL: {
    fires: [seen(japan, { lastTrusted: leeds, place: osaka }), 'flag -8'],
    spares: [
      'a participant whose VPN came up in between',
      seen({ ...japan, class: 'vpn' }, { lastTrusted: leeds, place: osaka }),
      'info',
    ],
  },
  NET_NEW_COUNTRY: {
    fires: [seen(germany), 'flag -4'],
    spares: [
      'a new colleague with four sign-ins',
      seen(germany, { history: { events: 4, countries: [{ country: 'GB', count: 4 }], asns: [] } }),
      'unknown',
    ],
  },
  NET_NEW_ASN: {
    fires: [seen(germany), 'flag -1'],
    spares: ['the second use of a network', seen({}), 'pass'],
  },
  NET_TZ_MISMATCH: {
    fires: [facts({ network: tokyo }), 'flag -5'],
    spares: ['a traveller on a roaming phone that keeps its home address', onPhone(tokyo), 'info'],
  },
  NET_HEADER_SHAPE: {
    fires: [facts({ network: request(['host', 'user-agent']) }), 'flag -5'],
    spares: [
      'a browser without encryption, which leaves them out',
      facts({ network: request(['host'], false) }),
      'not_applicable',
    ],
  },
  NET_IP_VELOCITY: {
    fires: [
      facts({ network: { velocity: { participants24h: 5, linksOpened1h: 5 }, history: null } }),
      'critical -6 floor 8',
    ],
    spares: [
      'an office, whose egress is marked',
      facts({ network: { velocity: { participants24h: 40, linksOpened1h: 40 }, ...own } }),
      'not_applicable',
    ],
  },
  NET_SESSION_MOVED: {
    fires: [
      facts({
        network: {
          visits: [visit(), visit({ kind: 'answered', asn: 3320, country: 'DE', deviceKeyId: 'key-2' })],
        },
      }),
      'critical -8 floor 7.5',
    ],
    spares: [
      'a phone that leaves the Wi-Fi',
      facts({ network: { visits: [visit(), visit({ asn: 5607, class: 'mobile' })] } }),
      'info',
    ],
  },
  NET_PRIVACY_RELAY: {
    fires: [seen({ address: '104.28.1.1', country: 'US', asn: 13335, class: 'relay' }), 'flag -1'],
    spares: [
      "the organisation's own egress over a content network",
      seen({ asn: 13335, class: 'cdn' }, own),
      'pass',
    ],
  },
  NET_HOSTILE: {
    fires: [
      seen({ address: '5.188.10.1', country: 'RU', asn: 205553, feeds: [listed('hostile', '2026-11-20')] }),
      'flag -10',
    ],
    spares: [
      'space that was leased again long after the list was made',
      seen({ feeds: [listed('hostile', '2024-11-20')] }),
      'flag -10×0.066',
    ],
  },
  NET_ANON_LISTED: {
    fires: [seen({ address: '203.0.113.9', feeds: [listed('anon', '2026-11-20')] }), 'flag -6'],
    spares: [
      "the organisation's own VPN pool on such a list",
      seen({ feeds: [listed('vpn', '2026-11-20')] }, own),
      'pass',
    ],
  },
  NET_GEO_CONFLICT: {
    fires: [seen({ address: '104.28.9.9', country2: 'IE' }), 'info'],
    spares: ['most people: both sources agree', seen({ country2: 'GB' }), 'pass'],
  },
  NET_PHONE_COUNTRY: {
    fires: [seen(japan, { phone: { contactCode: '44', countryCode: '81' } }), 'flag -2'],
    spares: [
      'an expatriate who kept the number',
      seen(japan, { phone: { contactCode: '44', countryCode: '81' }, expectedCountries: ['JP'] }),
      'info',
    ],
  },
}
