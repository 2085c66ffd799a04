import { describe, expect, it } from 'vitest'
import type { FeedHit, IpFacts, NetworkFacts } from '../../facts.ts'
import { facts, ip, source } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { anonListed } from './anon-listed.ts'
import { geoConflict } from './geo-conflict.ts'
import { hostile } from './hostile.ts'
import { phoneCountry } from './phone-country.ts'
import { privacyRelay } from './privacy-relay.ts'
import { vpnAsn } from './vpn-asn.ts'

const from = (changes: Partial<IpFacts>, more: Partial<NetworkFacts> = {}) =>
  facts({ network: { ip: ip(changes), ...more } })

describe('every look-up check in shadow', () => {
  it.each(
    [privacyRelay, geoConflict, phoneCountry, hostile, anonListed].map(
      (check) => [check.code, check] as const,
    ),
  )('%s tells unknown from not applicable', (_code, check) => {
    expect(verdictOf(check, facts({ network: { client: null } }))).toBe('unknown')
    expect(verdictOf(check, facts({ network: { ip: null } }))).toBe('unknown')
    expect(verdictOf(check, from({ status: 'not_applicable', range: 'private' }))).toBe('not_applicable')
  })
})

describe('NET_PRIVACY_RELAY', () => {
  const relay = { kind: 'relay' as const, entry: '104.28.0.0/16', source: source('relays', '2026-11-20') }
  it.each<[string, Partial<IpFacts>, string]>([
    ['a relay by its range', { class: 'relay', classBy: 'range' }, 'flag -1'],
    ['a content network, which may hide one', { class: 'cdn', classBy: 'list' }, 'flag -1'],
    ['a relay on a list, network not announced', { feeds: [relay], asn: null }, 'flag -1'],
    ['another kind of list', { feeds: [{ ...relay, kind: 'vpn' }] }, 'pass'],
    ['an access network', {}, 'pass'],
    ['a network nobody announces', { asn: null }, 'unknown'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(privacyRelay, from(changes))).toBe(expected)
  })
  it('is never taken for a VPN, and leaves the own egress alone, which may run over such a network', () => {
    expect(verdictOf(vpnAsn, from({ class: 'relay', classBy: 'range' }))).toBe('pass')
    const egress = { configured: true, label: 'Head office' }
    expect(verdictOf(privacyRelay, from({ class: 'cdn' }, { egress }))).toBe('pass')
  })
  it('names the list that it was found on', () => {
    expect(resultOf(privacyRelay, from({ feeds: [relay] })).source.asOf).toBe('2026-11-20')
  })
})

describe('lists of hostile and of anonymous networks', () => {
  const hit = (kind: FeedHit['kind'], asOf = '2026-11-20'): FeedHit => ({
    ...{ kind, entry: '203.0.113.0/24', source: source(`${kind}-list`, asOf) },
  })
  const inHalfAYear = '2026-04-28'
  it.each<[string, typeof hostile, Partial<IpFacts>, string]>([
    ['an attacker on a fresh list', hostile, { feeds: [hit('hostile')] }, 'flag -10'],
    [
      'on a list that is 30 and 180 days old',
      hostile,
      { feeds: [hit('hostile', inHalfAYear)] },
      'flag -10×0.499',
    ],
    ['the newer of two lists', hostile, { feeds: [hit('hostile', inHalfAYear), hit('hostile')] }, 'flag -10'],
    ['a list without a date', hostile, { feeds: [hit('hostile', '')] }, 'flag -10×0'],
    ['a network that nobody announces', hostile, { feeds: [hit('hostile')], asn: null }, 'flag -10'],
    ['a list of VPNs', hostile, { feeds: [hit('vpn')] }, 'pass'],
    ['no list', hostile, {}, 'pass'],
    ['a proxy on a list', anonListed, { feeds: [hit('anon')] }, 'flag -6'],
    ['a VPN on a list', anonListed, { feeds: [hit('vpn')] }, 'flag -6'],
    ['a home that is sold as a proxy', anonListed, { feeds: [hit('residential')] }, 'flag -6'],
    ['a data centre, which has its own check', anonListed, { feeds: [hit('hosting')] }, 'pass'],
    ['a Tor exit, which has its own check', anonListed, { feeds: [hit('tor')] }, 'pass'],
    ['a relay for consumers', anonListed, { feeds: [hit('relay')] }, 'pass'],
  ])('%s', (_name, check, changes, expected) => {
    expect(verdictOf(check, from(changes))).toBe(expected)
  })
  it('say of a home that another person may be behind it', () => {
    const textOf = (kind: FeedHit['kind']) => resultOf(anonListed, from({ feeds: [hit(kind)] })).text.key
    expect([textOf('residential'), textOf('anon')]).toEqual(['anon_listed.residential', 'anon_listed.hit'])
  })
  it('name the list, its day, and the range for those who may see it', () => {
    const { evidence, source: of } = resultOf(hostile, from({ feeds: [hit('hostile')] }))
    expect(of).toMatchObject({ name: 'hostile-list', asOf: '2026-11-20' })
    expect(evidence.map(({ sensitivity }) => sensitivity)).toEqual([0, 1])
  })
  it("leave the organisation's own networks alone", () => {
    const egress = { configured: true, label: 'Head office' }
    for (const check of [hostile, anonListed])
      expect(verdictOf(check, from({ feeds: [hit('hostile'), hit('anon')] }, { egress }))).toBe('pass')
  })
})

describe('NET_GEO_CONFLICT', () => {
  it.each<[string, Partial<IpFacts>, string]>([
    ['one source', {}, 'not_applicable'],
    ['two that agree', { country2: 'GB' }, 'pass'],
    ['two that differ', { country2: 'IE' }, 'info'],
    ['a relay, whose place says nothing', { country2: 'IE', class: 'relay' }, 'info'],
    ['no country', { country: null, country2: 'GB' }, 'unknown'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(geoConflict, from(changes))).toBe(expected)
  })
  it('weighs nothing of its own, even where a policy gives it a weight', () => {
    expect(geoConflict.defaultWeights).toEqual({})
    expect(resultOf(geoConflict, from({ country2: 'IE' }))).toMatchObject({
      weight: 0,
      text: { key: 'geo_conflict.hit', slots: { country: 'GB', country2: 'IE' } },
    })
  })
})

describe('NET_PHONE_COUNTRY', () => {
  const japan = { address: '153.128.0.1', country: 'JP', asn: 4713 }
  const phone = (contactCode: string, countryCode: string | null) => ({ phone: { contactCode, countryCode } })
  it.each<[string, Partial<IpFacts>, Partial<NetworkFacts>, string]>([
    ['a British number in Japan', japan, phone('44', '81'), 'flag -2'],
    ['in IPv6', { ...japan, family: 6 }, phone('44', '81'), 'flag -2×0.5'],
    ['a number of Guernsey in Great Britain', {}, phone('44', '44'), 'pass'],
    ['a number of the United States in Canada', { country: 'CA' }, phone('1', '1'), 'pass'],
    [
      'an expatriate, where the directory expects them',
      japan,
      { ...phone('44', '81'), expectedCountries: ['JP'] },
      'info',
    ],
    ['no directory data', japan, { ...phone('44', '81'), expectedCountries: null }, 'flag -2'],
    ['a country without a code', japan, phone('44', null), 'unknown'],
    ['no phone', japan, { phone: null }, 'not_applicable'],
  ])('%s', (_name, changes, more, expected) => {
    expect(verdictOf(phoneCountry, from(changes, more))).toBe(expected)
  })
})
