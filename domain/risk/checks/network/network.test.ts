import { describe, expect, it } from 'vitest'
import type { IpFacts, NetworkFacts } from '../../facts.ts'
import { dayMs, facts, ip, now, source } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { say } from '../../text.ts'
import { clientIp } from './client-ip.ts'
import { corpEgress } from './corp-egress.ts'
import { countryUnexpected } from './country-unexpected.ts'
import { gateway } from './gateway.ts'
import { headerShape } from './header-shape.ts'
import { hostingAsn } from './hosting-asn.ts'
import { ipVelocity } from './ip-velocity.ts'
import { newAsn } from './new-asn.ts'
import { newCountry } from './new-country.ts'
import { torExit } from './tor-exit.ts'
import { tzMismatch } from './tz-mismatch.ts'
import { vpnAsn } from './vpn-asn.ts'

const at = (network: Partial<NetworkFacts>) => facts({ network })
const from = (changes: Partial<IpFacts>, more: Partial<NetworkFacts> = {}) => at({ ip: ip(changes), ...more })
const phone = (network: Partial<NetworkFacts>) => {
  const given = facts({ network })
  const userAgent = given.endpoint.userAgent
  return {
    ...given,
    endpoint: { ...given.endpoint, userAgent: userAgent && { ...userAgent, isMobile: true } },
  }
}
const privateIp = ip({
  address: '10.0.0.1',
  status: 'not_applicable',
  range: 'private',
  country: null,
  asn: null,
})

describe('every look-up check', () => {
  const looking = [
    torExit,
    vpnAsn,
    hostingAsn,
    gateway,
    countryUnexpected,
    newCountry,
    newAsn,
    tzMismatch,
    ipVelocity,
  ]
  it.each(looking.map((check) => [check.code, check] as const))(
    '%s tells unknown from not applicable',
    (_code, check) => {
      expect(verdictOf(check, at({ client: null }))).toBe('unknown')
      expect(verdictOf(check, at({ ip: null }))).toBe('unknown')
      expect(verdictOf(check, at({ ip: privateIp }))).toBe('not_applicable')
      expect(verdictOf(check, facts())).toBe('pass')
    },
  )
})

describe('NET_CLIENT_IP', () => {
  it.each(['untrusted_peer', 'too_many_hops', 'garbage'] as const)('flags %s', (problem) => {
    expect(verdictOf(clientIp, at({ client: { address: '86.128.0.1', hops: 9, problem } }))).toBe('flag -2')
  })
  it('passes a clean chain, and has nothing to say about a private address or before the first visit', () => {
    expect(verdictOf(clientIp, facts())).toBe('pass')
    expect(verdictOf(clientIp, at({ ip: privateIp }))).toBe('not_applicable')
    expect(verdictOf(clientIp, at({ client: null }))).toBe('unknown')
  })
  it('keeps the full address from agents', () => {
    const { evidence } = resultOf(clientIp, facts())
    expect(evidence.find(({ value }) => value === '86.128.0.1')?.sensitivity).toBe(1)
  })
})

describe('NET_VPN_ASN and NET_HOSTING_ASN', () => {
  const hosted = (asOf: string) => ({
    ...{ kind: 'hosting' as const, entry: '86.128.0.1', source: source('hosting-list', asOf) },
  })
  it('weigh a listed network fully and a named one half', () => {
    expect(verdictOf(vpnAsn, from({ class: 'vpn', classBy: 'list' }))).toBe('flag -5')
    expect(verdictOf(hostingAsn, from({ class: 'hosting', classBy: 'list' }))).toBe('flag -6')
    expect(verdictOf(hostingAsn, from({ class: 'hosting', classBy: 'name' }))).toBe('flag -3')
    expect(verdictOf(hostingAsn, from({ class: 'vpn', classBy: 'list' }))).toBe('pass')
  })
  it('halve the weight when the class list is older than a year', () => {
    const sources = { asn: null, country: null, classes: source('classes', '2025-11-01') }
    expect(verdictOf(vpnAsn, from({ class: 'vpn', sources }))).toBe('flag -5×0.5')
    expect(verdictOf(hostingAsn, from({ class: 'hosting', sources }))).toBe('flag -6×0.5')
  })
  it.each<[string, Partial<IpFacts>, string]>([
    ['an address on a list, in a network of homes', {}, 'flag -6'],
    ['in a network that nobody announces', { asn: null }, 'flag -6'],
    ['in a network whose name alone says so', { class: 'hosting', classBy: 'name' }, 'flag -6'],
    ['on a list that is 210 days old', { feeds: [hosted('2026-04-28')] }, 'flag -6×0.499'],
    [
      'on an old list, in a network that is listed itself',
      { feeds: [hosted('2026-04-28')], class: 'hosting', classBy: 'list' },
      'flag -6',
    ],
  ])('know a data centre by %s', (_name, changes, expected) => {
    expect(verdictOf(hostingAsn, from({ feeds: [hosted('2026-11-20')], ...changes }))).toBe(expected)
  })
  it('name the list of addresses, its day and the range', () => {
    const { evidence, source: of, text } = resultOf(hostingAsn, from({ feeds: [hosted('2026-11-20')] }))
    // The network may be one of homes: it is not called a data centre.
    expect(text).toEqual(say('hosting_asn.address', { date: '2026-11-20' }))
    expect(of).toMatchObject({ name: 'hosting-list', asOf: '2026-11-20' })
    expect(evidence.map(({ label }) => label)).toEqual(['list', 'range'])
  })
  it("leave the organisation's own networks alone", () => {
    const egress = { configured: true, label: 'Cloud desktop pool' }
    expect(verdictOf(hostingAsn, from({ feeds: [hosted('2026-11-20')] }, { egress }))).toBe('pass')
    expect(verdictOf(hostingAsn, from({ class: 'hosting' }, { egress }))).toBe('pass')
    expect(verdictOf(vpnAsn, from({ class: 'vpn' }, { gatewayLabel: 'Gateway' }))).toBe('pass')
    expect(verdictOf(vpnAsn, from({ asn: null }))).toBe('unknown')
    expect(verdictOf(hostingAsn, from({ asn: null }))).toBe('unknown')
  })
})

describe('NET_GATEWAY', () => {
  it('is never a penalty and switches off what the location would say', () => {
    const zscaler = { class: 'sse' as const, country: 'US' }
    expect(verdictOf(gateway, from(zscaler))).toBe('info')
    expect(verdictOf(gateway, at({ gatewayLabel: 'Own gateway' }))).toBe('info')
    expect(verdictOf(countryUnexpected, from(zscaler))).toBe('info')
    expect(verdictOf(newCountry, from(zscaler))).toBe('info')
    expect(verdictOf(tzMismatch, from(zscaler))).toBe('info')
  })
})

describe('NET_CORP_EGRESS', () => {
  it('speaks for the participant inside, even at a private address, and is silent where nothing is entered', () => {
    expect(verdictOf(corpEgress, facts())).toBe('not_applicable')
    expect(verdictOf(corpEgress, at({ egress: { configured: true, label: null } }))).toBe('pass')
    expect(verdictOf(corpEgress, at({ ip: privateIp, egress: { configured: true, label: 'Office' } }))).toBe(
      'pass +6',
    )
    expect(verdictOf(corpEgress, at({ client: null, egress: { configured: true, label: null } }))).toBe(
      'unknown',
    )
  })
})

describe('NET_COUNTRY_UNEXPECTED', () => {
  const japan = { address: '153.128.0.1', country: 'JP', asn: 4713 }
  it.each([
    ['another country', japan, {}, 'flag -5'],
    ['one of several expected', japan, { expectedCountries: ['GB', 'JP'] }, 'pass'],
    ['nothing expected', japan, { expectedCountries: [] }, 'unknown'],
    ['no directory data', japan, { expectedCountries: null }, 'unknown'],
    ['country not known', { country: null }, {}, 'unknown'],
    ['IPv6', { ...japan, family: 6 as const }, {}, 'flag -5×0.5'],
    ['two sources that differ', { ...japan, country2: 'KR' }, {}, 'flag -5×0.5'],
    ['two sources that agree', { ...japan, country2: 'JP' }, {}, 'flag -5'],
    ['a consumer relay', { ...japan, class: 'relay' as const }, {}, 'info'],
    ['a CDN, which may hide a relay', { ...japan, class: 'cdn' as const }, {}, 'info'],
  ])('%s', (_name, changes, more, expected) => {
    expect(verdictOf(countryUnexpected, from(changes, more))).toBe(expected)
  })
})

describe('NET_NEW_COUNTRY and NET_NEW_ASN', () => {
  const history = (events: number, asnCount: number, country = 'GB') => ({
    history: {
      events,
      countries: [{ country, count: events }],
      asns: asnCount === 0 ? [] : [{ asn: 2856, count: asnCount }],
    },
  })
  it.each([
    ['no history', { history: null }, 'unknown', 'unknown'],
    ['four events', history(4, 4), 'unknown', 'unknown'],
    ['five events, never seen', history(5, 0, 'FR'), 'flag -4×0.5', 'flag -1×0.5'],
    ['ten events, never seen', history(10, 0, 'FR'), 'flag -4', 'flag -1'],
    ['seen once', history(10, 1), 'pass', 'pass'],
    ['seen twice', history(10, 2), 'pass', 'pass'],
    ['seen three times', history(10, 3), 'pass', 'pass +2'],
    ['seen three times in six events', history(6, 3), 'pass', 'pass +2×0.6'],
  ])('%s', (_name, more, country, asn) => {
    expect(verdictOf(newCountry, at(more))).toBe(country)
    expect(verdictOf(newAsn, at(more))).toBe(asn)
  })
  it('do not guess for a network nobody announces or a country nobody knows', () => {
    expect(verdictOf(newAsn, from({ asn: null }))).toBe('unknown')
    expect(verdictOf(newCountry, from({ country: null }))).toBe('unknown')
  })
})

describe('NET_TZ_MISMATCH', () => {
  const zone = (offsetMinutes: number, countryOffsets: number[] | null = [0], name = 'Asia/Tokyo') => ({
    zone: { name, offsetMinutes, countryOffsets },
  })
  it.each([
    ['no gap', zone(0), 'pass'],
    ['59 minutes', zone(59), 'flag -1'],
    ['just under two hours', zone(119), 'flag -1'],
    ['two hours', zone(120), 'flag -4'],
    ['just under five hours', zone(-299), 'flag -4'],
    ['five hours', zone(300), 'flag -5'],
    ['Tokyo in Great Britain', zone(540), 'flag -5'],
    ['one of many offsets of a country', zone(-480, [-600, -540, -480, -420, -360, -300]), 'pass'],
    ['UTC on a desktop', zone(0, [540], 'Etc/UTC'), 'flag -1'],
    ['UTC where that is local time', zone(0, [0], 'UTC'), 'flag -1'],
    ['no beacon', { zone: null }, 'unknown'],
    ['offsets not known', zone(0, null), 'unknown'],
    ['no offsets', zone(0, []), 'unknown'],
  ])('%s', (_name, more, expected) => {
    expect(verdictOf(tzMismatch, at(more))).toBe(expected)
  })
  it.each([
    ['half hours', zone(330), 'UTC+5:30', 5.5],
    ['west of Greenwich', zone(-210), 'UTC-3:30', 3.5],
    ['a minute', zone(-1), 'UTC-0:01', 0.02],
    ['whole hours', zone(120), 'UTC+2', 2],
  ])('says by how much the clock is off: %s', (_name, more, clock, gap) => {
    expect(resultOf(tzMismatch, at(more)).text.slots).toMatchObject({ clock, gap })
  })

  it('lets a roaming phone keep its home address, not a phone in an unexpected country', () => {
    expect(verdictOf(tzMismatch, phone(zone(540)))).toBe('info')
    // A phone at home has been compared, and says so.
    expect(verdictOf(tzMismatch, phone(zone(0)))).toBe('pass')
    expect(verdictOf(tzMismatch, phone({ ...zone(540), expectedCountries: ['FR'] }))).toBe('flag -5')
    expect(verdictOf(tzMismatch, phone(zone(0, [540], 'UTC')))).toBe('info')
  })
})

describe('NET_HEADER_SHAPE', () => {
  const names = ['host', 'sec-ch-ua', 'sec-fetch-mode', 'accept-language']
  const request = (changes: object) => ({
    request: { httpVersion: '1.1', isSecureContext: true, headerNames: names, ...changes },
  })
  it.each<[string, Partial<NetworkFacts>, string]>([
    ['all there', request({}), 'pass'],
    ...names
      .slice(1)
      .map((left): [string, Partial<NetworkFacts>, string] => [
        `${left} missing`,
        request({ headerNames: names.filter((n) => n !== left) }),
        'flag -5',
      ]),
    ['bare request', request({ headerNames: ['host'] }), 'flag -5'],
    ['no TLS', request({ isSecureContext: false, headerNames: ['host'] }), 'not_applicable'],
    ['host twice', request({ headerNames: [...names, 'host'] }), 'flag -5'],
    ['HTTP 1.0 behind our proxy', request({ httpVersion: '1.0' }), 'pass'],
    [
      'HTTP 1.0 straight',
      { ...request({ httpVersion: '1.0' }), client: { address: '86.128.0.1', hops: 0, problem: null } },
      'flag -5',
    ],
    ['no request', { request: null }, 'unknown'],
  ])('%s', (_name, more, expected) => {
    expect(verdictOf(headerShape, at(more))).toBe(expected)
  })
  it('asks of Chromium 90 and later only', () => {
    const bare = facts({ network: request({ headerNames: ['host'] }) })
    const as = (changes: object) => {
      const userAgent = bare.endpoint.userAgent
      return { ...bare, endpoint: { ...bare.endpoint, userAgent: userAgent && { ...userAgent, ...changes } } }
    }
    expect(verdictOf(headerShape, as({ major: 89 }))).toBe('pass')
    expect(verdictOf(headerShape, as({ major: 90 }))).toBe('flag -5')
    expect(verdictOf(headerShape, as({ isChromium: false }))).toBe('pass')
    expect(verdictOf(headerShape, as({ major: null }))).toBe('pass')
  })
})

describe('NET_IP_VELOCITY', () => {
  const many = (participants24h: number, linksOpened1h = 0) => ({
    ...{ velocity: { participants24h, linksOpened1h }, history: null },
  })
  it.each([
    [1, 'pass', 'pass'],
    [2, 'flag -3', 'pass'],
    [3, 'flag -6', 'pass'],
    [4, 'flag -6', 'flag -3'],
    [5, 'critical -6 floor 8', 'flag -3'],
    [6, 'critical -6 floor 8', 'flag -6'],
    [10, 'critical -6 floor 8', 'critical -6 floor 8'],
  ])('%i participants: %s, on a phone network %s', (people, fixed, mobile) => {
    expect(verdictOf(ipVelocity, at(many(people)))).toBe(fixed)
    expect(verdictOf(ipVelocity, phone(many(people)))).toBe(mobile)
  })
  it('sets no floor where the person is known: an office on the day its sign-in is down shares one address', () => {
    const day = { velocity: { participants24h: 5, linksOpened1h: 5 } }
    expect(verdictOf(ipVelocity, at(day))).toBe('flag -6')
    const device = { ...facts().endpoint.device, known: { times: 3, lastAt: now - dayMs } }
    const away = { network: { ...day, history: null } }
    expect(verdictOf(ipVelocity, facts({ ...away, endpoint: { device } }))).toBe('flag -6')
    expect(verdictOf(ipVelocity, facts(away))).toBe('critical -6 floor 8')
    const failed = { persona: { attempts: { started24h: 2, failed24h: 1 } } }
    expect(verdictOf(ipVelocity, facts({ network: day, ...failed }))).toBe('critical -6 floor 8')
    const uncounted = { persona: { attempts: null } }
    expect(verdictOf(ipVelocity, facts({ network: day, ...uncounted }))).toBe('critical -6 floor 8')
  })
  it('counts links opened, and neither for networks many people share', () => {
    expect(verdictOf(ipVelocity, at(many(1, 20)))).toBe('pass')
    expect(verdictOf(ipVelocity, at(many(1, 21)))).toBe('flag -6')
    expect(verdictOf(ipVelocity, at({ ...many(9), egress: { configured: true, label: 'Office' } }))).toBe(
      'not_applicable',
    )
    expect(verdictOf(ipVelocity, at({ velocity: null }))).toBe('unknown')
  })
})
