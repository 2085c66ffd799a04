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

  const peers = { trusted: '127.0.0.1', mapped: '::ffff:127.0.0.1', untrusted: '73.0.0.1' }
  const entries = {
    plain: '86.128.0.1',
    mapped: '::ffff:86.128.0.1',
    six: '2003:c0::1',
    garbage: '<script>',
    port: '86.128.0.1:443',
    zone: 'fe80::1%eth0',
    octal: '010.0.0.1',
    short: '8.8.8',
    number: '2130706433',
    empty: '',
    long: 'x'.repeat(4_000),
    bidi: '\u202e86.128.0.1',
  }
  const readable = ['plain', 'mapped', 'six']
  const matrix = Object.entries(peers).flatMap(([peer, socket]) =>
    Object.entries(entries).flatMap(([kind, entry]) =>
      Array.from({ length: 10 }, (_, hops) => ({ peer, socket, kind, entry, hops })),
    ),
  )

  it.each(matrix)(
    '$peer peer, $kind claim behind $hops of our proxies',
    ({ peer, socket, kind, entry, hops }) => {
      // The claim is to the left of our own proxies; a claim further left must never count.
      const header = ['9.9.9.9', entry, ...Array.from({ length: hops }, () => '10.0.0.2')].join(', ')
      const { address, problem } = clientAddress(socket, header, trusted)
      if (peer === 'untrusted') {
        expect([address, problem]).toEqual(['73.0.0.1', 'untrusted_peer'])
        return
      }
      expect(address).not.toBe('9.9.9.9')
      const ours = hops === 0 ? '127.0.0.1' : '10.0.0.2'
      const claimed = kind === 'six' ? '2003:c0::1' : '86.128.0.1'
      // The claimed hop and the one left of it count as well: eight in all are believed.
      if (hops + 2 <= 8) {
        expect(address).toBe(readable.includes(kind) ? claimed : ours)
        expect(problem).toBe(readable.includes(kind) ? null : 'garbage')
      } else {
        expect(problem).not.toBeNull()
        expect([ours, claimed]).toContain(address)
      }
    },
  )

  it('reads a header of a hundred thousand entries no further than eight, and quickly', () => {
    const header = `${'1.1.1.1, '.repeat(100_000)}86.128.0.1`
    expect(clientAddress('127.0.0.1', header, trusted)).toMatchObject({
      address: '86.128.0.1',
      problem: 'too_many_hops',
    })
    expect(clientAddress('73.0.0.1', header, trusted).address).toBe('73.0.0.1')
  })

  it('refuses a trusted range it cannot read', () => {
    expect(() => createClientAddress(['10.0.0.0/40'])).toThrow('not an address range: 10.0.0.0/40')
  })
})
