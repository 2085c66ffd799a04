import { describe, expect, it } from 'vitest'
import { devicePartNames, devicePartsOf, likenessOf } from './likeness.ts'
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
