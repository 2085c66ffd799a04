import { describe, expect, it } from 'vitest'
import { devicePartNames, devicePartsOf, driftOf, likenessOf } from './likeness.ts'
import { probe, surface } from './testing/facts.ts'

const known = devicePartsOf(probe())
const shareOf = (changes: Parameters<typeof probe>[0]) =>
  likenessOf(known, devicePartsOf(probe(changes))).share

describe('likeness of devices', () => {
  it('is whole for the same device, whatever window and nonce', () => {
    const later = { nonce: 'other', screen: { ...probe().screen, innerHeight: 300, outerHeight: 400 } }
    expect(shareOf(later)).toBe(1)
    const turned = { ...probe().screen, width: 1080, height: 1920 }
    expect(shareOf({ screen: turned })).toBe(1)
  })

  it('falls by the weight of what differs: one small part is still the device, a graphics card is not', () => {
    expect(shareOf({ page: surface({ timeZone: 'Europe/Paris' }) })).toBeGreaterThanOrEqual(0.9)
    expect(shareOf({ graphics: { vendor: 'ARM', renderer: 'Mali' } })).toBeLessThan(0.9)
    expect(shareOf({ page: surface({ languages: ['de'] }) })).toBeLessThan(0.9)
  })

  it('counts nothing that a browser does not tell', () => {
    const silent = devicePartsOf(probe({ fonts: null, graphics: null }))
    const { share, matched } = likenessOf(silent, silent)
    expect(share).toBeLessThan(0.9)
    expect(matched).not.toContain('graphics')
    expect(devicePartNames.filter((part) => !matched.includes(part))).toEqual(['graphics', 'fonts'])
  })
})

describe('the traits that a device key is remembered with', () => {
  const now = { screen: 's', graphics: 'g', browser: 'b', asn: '1', country: 'GB' }
  const seen = { screen: ['s'], graphics: ['g'], browser: ['b'], asn: ['1'], country: ['GB'] }
  it.each([
    ['all as before', {}, []],
    ['another screen', { screen: 't' }, ['screen']],
    ['graphics that are told no more', { graphics: null }, ['graphics']],
    ['another browser', { browser: 'c' }, ['browser']],
    ['another network of the same country', { asn: '2' }, []],
    ['the same network, whose country changed its name', { country: 'IE' }, []],
    ['another country', { asn: '2', country: 'JP' }, ['network']],
    ['another network of an unknown country', { asn: '2', country: null }, ['network']],
    ['a country without a network', { asn: null, country: 'JP' }, ['network']],
    ['no place at all, since no data are installed', { asn: null, country: null }, []],
    [
      'another machine',
      { screen: 't', graphics: 'h', asn: '2', country: 'JP' },
      ['screen', 'graphics', 'network'],
    ],
  ])('%s', (_name, change, drift) => {
    expect(driftOf(seen, { ...now, ...change })).toEqual(drift)
  })
  it('are each one of those seen before, and any where none was remembered', () => {
    expect(driftOf({ ...seen, screen: ['t', 's'] }, now)).toEqual([])
    expect(driftOf({ graphics: [null] }, { ...now, graphics: null })).toEqual([])
    expect(driftOf({}, now)).toEqual([])
  })
})
