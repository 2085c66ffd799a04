import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress, createClientAddress } from './client-address.ts'

const trusted = ['127.0.0.1', '10.0.0.0/8', '::1']

describe('clientAddress', () => {
  it.each([
    ['no header', '73.0.0.1', undefined, '73.0.0.1', null],
    ['one trusted hop', '127.0.0.1', '86.128.0.1', '86.128.0.1', null],
    ['mapped peer and hop', '::ffff:127.0.0.1', '::ffff:86.128.0.1', '86.128.0.1', null],
    ['several trusted hops', '127.0.0.1', '86.128.0.1, 10.0.0.2, 10.0.0.3', '86.128.0.1', null],
    [
      'claimed hops left of the first untrusted',
      '127.0.0.1',
      '1.1.1.1, 86.128.0.1, 10.0.0.2',
      '86.128.0.1',
      null,
    ],
    ['two headers', '127.0.0.1', ['86.128.0.1', '10.0.0.2'], '86.128.0.1', null],
    ['untrusted peer', '73.0.0.1', '10.0.0.1', '73.0.0.1', 'untrusted_peer'],
    ['short address', '127.0.0.1', '8.8.8', '127.0.0.1', 'garbage'],
    ['garbage behind a trusted hop', '127.0.0.1', 'x, 10.0.0.2', '10.0.0.2', 'garbage'],
    ['garbage left of the client is not looked at', '127.0.0.1', 'x, 86.128.0.1', '86.128.0.1', null],
    ['empty entry', '127.0.0.1', '86.128.0.1,', '127.0.0.1', 'garbage'],
    ['IPv6', '::1', '2003:c0::1', '2003:c0::1', null],
    [
      'nine trusted hops',
      '127.0.0.1',
      Array.from({ length: 9 }, () => '10.0.0.9'),
      '10.0.0.9',
      'too_many_hops',
    ],
    ['no peer', undefined, '86.128.0.1', null, 'garbage'],
  ])('%s', (_name, peer, header, address, problem) => {
    expect(clientAddress(peer, header, trusted)).toMatchObject({ address, problem })
  })

  it('never lets a sender choose the derived address', () => {
    const derive = createClientAddress(trusted)
    const claims = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 6 })
    fc.assert(
      fc.property(claims, (claimed) => {
        const written = claimed.map((entry) => entry.replaceAll(',', '')).join(', ')
        const header = written === '' ? '86.128.0.1' : `${written}, 86.128.0.1`
        expect(derive('127.0.0.1', header).address).toBe('86.128.0.1')
        expect(derive('73.0.0.1', header).address).toBe('73.0.0.1')
      }),
    )
  })

  it('refuses a trusted range it cannot read', () => {
    expect(() => createClientAddress(['10.0.0.0/40'])).toThrow('not an address range: 10.0.0.0/40')
  })
})
