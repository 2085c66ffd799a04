import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bounceAddress, readBounceAddress } from './bounce-address.ts'
import { testKeys } from '#platform/database/testing/factories.ts'

const keys = testKeys().worker
const domain = 'bounces.northwind.example'
const id = '0f8b6e1c-5a52-4c8e-9d0e-2f1b7a6c3d4e'
const made = bounceAddress(keys, id, domain) ?? ''

describe('Q2: the return path of a mail', () => {
  it('leads back to its delivery, also with other letters, and is a valid address', () => {
    for (let n = 0; n < 50; n += 1) {
      const some = randomUUID()
      const address = bounceAddress(keys, some, domain) ?? ''
      expect(address).toMatch(/^b\.[a-z2-7]{42}@bounces\.northwind\.example$/)
      expect(readBounceAddress(keys, address.toUpperCase(), domain)).toBe(some)
    }
  })

  it('that was made up, changed, of another domain or of another install leads nowhere', () => {
    const swapped = [...made]
      .map((letter, at) => (at === 30 ? (letter === 'a' ? 'b' : 'a') : letter))
      .join('')
    const foreign = bounceAddress(testKeys().worker, id, domain) ?? ''
    for (const address of [
      ...[swapped, `x${made}`, made.replace(domain, 'evil.example'), `b.${'a'.repeat(42)}@${domain}`],
      ...['', `b.@${domain}`, `${made}, x@evil.example`, `<${made}>`],
    ])
      expect(readBounceAddress(keys, address, domain)).toBeNull()
    expect(foreign === made || readBounceAddress(keys, foreign, domain) === null).toBe(true)
  })

  it('is of deliveries only', () => {
    expect(bounceAddress(keys, 'r', domain)).toBeNull()
  })
})
