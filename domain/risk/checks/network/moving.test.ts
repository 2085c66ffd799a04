import { describe, expect, it } from 'vitest'
import type { SessionVisit, TrustedPlace } from '../../facts.ts'
import { dayMs, facts, hourMs, ip, now } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { say } from '../../text.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { sessionMoved } from './session-moved.ts'

const visit = (changes: Partial<SessionVisit> = {}): SessionVisit => ({
  at: now - hourMs,
  kind: 'opened',
  asn: 2856,
  country: 'GB',
  class: null,
  deviceKeyId: 'key-1',
  ...changes,
})

describe('NET_SESSION_MOVED', () => {
  it.each([
    ['one visit', [visit()], 'pass'],
    ['same network', [visit(), visit({ kind: 'answered' })], 'pass'],
    ['other network, same country', [visit(), visit({ asn: 5607, kind: 'answered' })], 'flag -2'],
    ['phone between networks of one country', [visit(), visit({ asn: 5607, class: 'mobile' })], 'info'],
    ['other country', [visit(), visit({ asn: 3320, country: 'DE' })], 'flag -8'],
    ['there and back', [visit(), visit({ asn: 3320, country: 'DE' }), visit()], 'flag -8'],
    ['relay in another country', [visit(), visit({ asn: 13335, country: 'US', class: 'relay' })], 'flag -2'],
    ['country not known', [visit(), visit({ asn: 3320, country: null })], 'flag -2'],
    [
      'answered elsewhere with another device',
      [visit(), visit({ kind: 'answered', asn: 3320, country: 'DE', deviceKeyId: 'key-2' })],
      'critical -8 floor 7.5',
    ],
    [
      'answered on the same network with another device',
      [visit(), visit({ kind: 'answered', deviceKeyId: 'key-2' })],
      'pass',
    ],
    [
      'answered elsewhere without a device key',
      [visit(), visit({ kind: 'answered', asn: 3320, country: 'DE', deviceKeyId: null })],
      'flag -8',
    ],
    ['no visit with a known network', [visit({ asn: null, country: null })], 'unknown'],
  ] as [string, SessionVisit[], string][])('%s', (_name, visits, expected) => {
    expect(verdictOf(sessionMoved, facts({ network: { visits } }))).toBe(expected)
  })

  it('has nothing to compare on private addresses', () => {
    const privateIp = ip({ status: 'not_applicable', range: 'loopback', country: null, asn: null })
    expect(verdictOf(sessionMoved, facts({ network: { ip: privateIp, visits: [] } }))).toBe('not_applicable')
  })

  it('shows the way the session took', () => {
    const visits = [visit(), visit({ kind: 'answered', asn: 3320, country: 'DE' })]
    const { evidence } = resultOf(sessionMoved, facts({ network: { visits } }))
    const at = new Date(now - hourMs).toISOString()
    expect(evidence.map(({ value }) => value)).toEqual([
      say('evidence.network_visit', { at, network: 'AS2856', country: 'GB' }),
      say('evidence.network_visit', { at, network: 'AS3320', country: 'DE' }),
    ])
  })
})

describe('NET_IMPOSSIBLE_TRAVEL', () => {
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
  const dover = { label: 'Dover', lat: 51.13, lon: 1.31, radiusKm: 100, colleagues30d: 0 }
  const travel = (last: Partial<TrustedPlace> | null, place: typeof osaka | null, more = {}) =>
    facts({
      network: { lastTrusted: last && { ...leeds, ...last }, place, ...more },
    })

  it.each([
    ['half an hour to Osaka', travel({}, osaka), 'flag -8'],
    ['eleven hours to Osaka', travel({ at: now - 11 * hourMs }, osaka), 'pass'],
    ['nine hours to Osaka', travel({ at: now - 9 * hourMs }, osaka), 'flag -8'],
    ['a short way', travel({}, dover), 'pass'],
    ['a day old', travel({ at: now - dayMs - 1 }, osaka), 'not_applicable'],
    ['no start', travel(null, osaka), 'not_applicable'],
    ['no place', travel({}, null), 'unknown'],
    ['started behind a VPN', travel({ class: 'vpn' }, osaka), 'info'],
    ['three colleagues use the start', travel({ colleagues30d: 3 }, osaka), 'info'],
    ['two colleagues use the start', travel({ colleagues30d: 2 }, osaka), 'flag -8'],
    ['arrived by satellite', travel({}, osaka, { ip: ip({ class: 'satellite' }) }), 'info'],
    ['arrived through a gateway', travel({}, osaka, { gatewayLabel: 'Gateway' }), 'info'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(impossibleTravel, given)).toBe(expected)
  })

  it('says how far and how fast', () => {
    const { text } = resultOf(impossibleTravel, travel({}, osaka))
    expect(text.slots).toMatchObject({ from: 'Leeds', to: 'Osaka', minutes: 30 })
    // Great circle of 9,345 km less both radii.
    expect(text.slots).toMatchObject({ km: 9145, kmh: 18_290 })
    const inNoTime = resultOf(impossibleTravel, travel({ at: now - 10_000 }, osaka))
    expect(inNoTime.text.slots).toMatchObject({ minutes: 1, kmh: 548_700 })
  })

  // One degree of the equator is 111.195 km.
  const equator = { lat: 0, lon: 0, radiusKm: 0 }
  const kmEast = (km: number) => ({ ...osaka, ...equator, lon: km / 111.194_93 })
  it.each([
    ['500 km in ten minutes', 500, 10, 'pass'],
    ['501 km in ten minutes', 501, 10, 'flag -8'],
    ['900 km in an hour', 900, 60, 'pass'],
    ['901 km in an hour', 901, 60, 'flag -8'],
  ])('%s', (_name, km, minutes, expected) => {
    const given = travel({ ...equator, at: now - minutes * 60_000 }, kmEast(km))
    expect(verdictOf(impossibleTravel, given)).toBe(expected)
  })

  it('looks back for a day, to the minute', () => {
    expect(verdictOf(impossibleTravel, travel({ at: now - dayMs }, osaka))).toBe('pass')
  })
})
