import { describe, expect, it } from 'vitest'
import { limitedAs } from './rate-limit.ts'

describe('H8: whom a limit counts', () => {
  it('is the /64 of an IPv6 address, however it is written', () => {
    const [home, same, next] = ['2001:db8:1:2::7', '2001:0DB8:0001:0002:ffff:1:2:3', '2001:db8:1:3::7']
    expect(limitedAs(same)).toBe(limitedAs(home))
    expect(limitedAs(next)).not.toBe(limitedAs(home))
  })

  it('is each IPv4 address, also where it is written as IPv6', () => {
    expect(limitedAs('::ffff:192.0.2.7')).toBe(limitedAs('192.0.2.7'))
    expect(limitedAs('192.0.2.8')).not.toBe(limitedAs('192.0.2.7'))
  })

  it('is one for all whose address is not known', () => {
    expect([null, '', 'unknown', '300.1.1.1'].map(limitedAs)).toEqual(['none', 'none', 'none', 'none'])
  })
})
