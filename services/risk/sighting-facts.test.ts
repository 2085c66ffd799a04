import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { probe, surface } from '#domain/risk/testing/facts.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { deviceCookieOf, sessionOfDeviceCookie } from '#platform/crypto/device-cookie.ts'
import { addressDigests, deviceDigests } from './sighting-facts.ts'

const { api, worker } = testKeys()
const tenantId = randomUUID()

describe('digests of addresses', () => {
  const hex = (address: string | null, tenant = tenantId) => {
    const found = addressDigests(api, tenant, address)
    return found && [found.address.toString('hex'), found.network.toString('hex')]
  }
  it('tell addresses apart and group them by network', () => {
    expect(hex('86.128.0.1')).toEqual(hex('::ffff:86.128.0.1'))
    expect(hex('86.128.0.1')?.[0]).not.toBe(hex('86.128.0.2')?.[0])
    expect(hex('86.128.0.1')?.[1]).toBe(hex('86.128.0.2')?.[1])
    expect(hex('86.128.0.1')?.[1]).not.toBe(hex('86.128.1.1')?.[1])
  })
  it('take a household of IPv6 for one address, and a site for one network', () => {
    expect(hex('2003:c0:1:2::1')?.[0]).toBe(hex('2003:c0:1:2:ffff::9')?.[0])
    expect(hex('2003:c0:1:2::1')?.[0]).not.toBe(hex('2003:c0:1:3::1')?.[0])
    expect(hex('2003:c0:1:2::1')?.[1]).toBe(hex('2003:c0:1:3::1')?.[1])
  })
  it('are of one tenant, alike in both processes, and none for addresses that many share', () => {
    expect(hex('86.128.0.1', randomUUID())).not.toEqual(hex('86.128.0.1'))
    expect(addressDigests(worker, tenantId, '86.128.0.1')).toEqual(
      addressDigests(api, tenantId, '86.128.0.1'),
    )
    expect([hex(null), hex('8.8.8'), hex('10.0.0.1'), hex('100.64.0.1'), hex('::1')]).toEqual(
      Array(5).fill(null),
    )
  })
})

describe('digests of devices', () => {
  it('keep what differs to its own part, and hold nothing that can be read', () => {
    const one = deviceDigests(api, tenantId, probe())
    const other = deviceDigests(api, tenantId, probe({ page: surface({ timeZone: 'Asia/Tokyo' }) }))
    expect({ ...one.parts, timeZone: null }).toEqual({ ...other.parts, timeZone: null })
    expect(one.parts.timeZone).not.toBe(other.parts.timeZone)
    expect(one.whole.equals(other.whole)).toBe(false)
    expect(JSON.stringify(one)).not.toMatch(/Europe|Win32|Intel/)
    expect(deviceDigests(api, tenantId, probe({ fonts: null })).parts.fonts).toBeNull()
  })
})

describe('the cookie of a device', () => {
  const sessionId = randomUUID()
  const cookie = deviceCookieOf(api, tenantId, sessionId)
  it('names the session, and only to the tenant that made it', () => {
    expect(cookie).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(sessionOfDeviceCookie(api, tenantId, cookie)).toBe(sessionId)
    expect(sessionOfDeviceCookie(api, randomUUID(), cookie)).toBeNull()
  })
  it('cannot be made up or changed', () => {
    const bytes = Buffer.from(cookie, 'base64url')
    bytes[3] = (bytes[3] ?? 0) ^ 1
    for (const forged of [bytes.toString('base64url'), 'A'.repeat(43), '', cookie.slice(1)])
      expect(sessionOfDeviceCookie(api, tenantId, forged)).toBeNull()
  })
})
