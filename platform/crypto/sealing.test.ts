import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { GrantFields } from '#domain/grant.ts'
import { testKeys } from '../database/testing/factories.ts'
import { matchCode, sameCode } from './match-code.ts'
import { type InputPlace, openForWorker, sealForWorker } from './sealed-inputs.ts'
import {
  decoyDigest,
  factDigest,
  newToken,
  openSealedText,
  type Place,
  pseudonymOf,
  seal,
  SealBroken,
  signGrant,
  tokenHash,
  valueIndex,
  verifyGrant,
} from './sealing.ts'

const keys = testKeys()
const others = testKeys()
const place: Place = { tenantId: randomUUID(), table: 'contacts', column: 'value_sealed', row: randomUUID() }
const flipped = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('seal', () => {
  it('E1: opens in its place, in both processes', () => {
    expect(openSealedText(keys.worker, place, seal(keys.api, place, '+447700900123 ☎'))).toBe(
      '+447700900123 ☎',
    )
    expect(openSealedText(keys.api, place, seal(keys.worker, place, ''))).toBe('')
  })

  it.each(['tenantId', 'table', 'column', 'row'] as const)('E1: opens nowhere else (%s)', (part) => {
    const sealed = seal(keys.api, place, 'value')
    expect(() => openSealedText(keys.api, { ...place, [part]: randomUUID() }, sealed)).toThrow(SealBroken)
  })

  it('E1: text cannot slide between the parts of a place', () => {
    const sealed = seal(keys.api, { ...place, table: 'ab', column: 'c' }, 'value')
    expect(() => openSealedText(keys.api, { ...place, table: 'a', column: 'bc' }, sealed)).toThrow(SealBroken)
  })

  it('E1: any changed byte, a cut end or another key keeps it shut', () => {
    const sealed = seal(keys.api, place, 'value')
    for (const at of sealed.keys())
      expect(() => openSealedText(keys.api, place, flipped(sealed, at))).toThrow(SealBroken)
    for (const length of sealed.keys())
      expect(() => openSealedText(keys.api, place, sealed.subarray(0, length))).toThrow(SealBroken)
    expect(() => openSealedText(others.api, place, sealed)).toThrow(SealBroken)
  })

  it('E2: 20,000 seals of one value repeat no nonce and no byte string', () => {
    const sealed = Array.from({ length: 20_000 }, () => seal(keys.api, place, 'same'))
    const header = 2 + keys.api.data.currentId.length
    expect(new Set(sealed.map((bytes) => bytes.subarray(header, header + 12).toString('hex'))).size).toBe(
      20_000,
    )
    expect(new Set(sealed.map((bytes) => bytes.toString('hex'))).size).toBe(20_000)
  })

  it('M1: an error and a printed ring say nothing of key or value', () => {
    const sealed = seal(keys.api, place, 'canary-value')
    let text = inspect(keys.worker, { depth: 9 }) + JSON.stringify(keys.worker)
    try {
      openSealedText(others.api, place, sealed)
    } catch (error) {
      text += inspect(error, { depth: 9 })
    }
    const material = keys.worker.lookup.export()
    for (const form of ['hex', 'base64', 'latin1'] as const)
      expect(text).not.toContain(material.toString(form))
    expect(text).not.toContain('canary')
  })
})

describe('keyed digests', () => {
  it('E3: the same value is found in its tenant and kind, and nowhere else', () => {
    const tenant = randomUUID()
    const index = valueIndex(keys.api, tenant, 'phone', '+447700900123')
    expect(valueIndex(keys.worker, tenant, 'phone', '+447700900123')).toEqual(index)
    const elsewhere = [
      valueIndex(keys.api, randomUUID(), 'phone', '+447700900123'),
      valueIndex(keys.api, tenant, 'phone_prefix', '+447700900123'),
      valueIndex(keys.api, tenant, 'phone', '+447700900124'),
      valueIndex(others.api, tenant, 'phone', '+447700900123'),
      tokenHash('+447700900123'),
    ]
    for (const other of elsewhere) expect(other).not.toEqual(index)
  })

  it('each use has its own key', () => {
    const tenant = randomUUID()
    const digests = [
      factDigest(keys.api, tenant, 'f', 'v').toString('hex'),
      decoyDigest(keys.api, tenant)('f', 'v'),
      pseudonymOf(keys.api, tenant, 'f', 'v'),
    ]
    expect(new Set(digests.map((digest) => digest.slice(0, 32))).size).toBe(3)
    expect(digests[2]).toMatch(/^[0-9a-f]{32}$/)
    expect(decoyDigest(keys.worker, tenant)('f', 'v')).toBe(digests[1])
    expect(decoyDigest(keys.worker, tenant)('fv')).not.toBe(digests[1])
  })
})

describe('newToken', () => {
  const tokens = Array.from({ length: 10_000 }, newToken)

  it('C1: 10,000 tokens have the form, no repeats and no shared beginning', () => {
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(new Set(tokens).size).toBe(10_000)
    // 48 bits: among 10,000 random ones two alike have a chance of 2 in 10⁷.
    expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(10_000)
  })

  it('C1: their bytes are evenly spread (χ² with 255 degrees of freedom)', () => {
    const counts = new Array<number>(256).fill(0)
    for (const token of tokens)
      for (const byte of Buffer.from(token, 'base64url')) counts[byte] = (counts[byte] ?? 0) + 1
    const expected = (10_000 * 32) / 256
    const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // Beyond these with p < 10⁻⁶ each way, so that an honest generator does not fail this test.
    expect(chi2).toBeGreaterThan(160)
    expect(chi2).toBeLessThan(375)
  })

  it('C2: what is stored is a hash', () => {
    expect(tokenHash('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

describe('sealForWorker', () => {
  const input: InputPlace = {
    tenantId: randomUUID(),
    verificationId: randomUUID(),
    kind: 'password',
    row: randomUUID(),
  }

  it('M3: the worker opens it; the API that sealed it cannot', () => {
    const sealed = sealForWorker(keys.api, input, 'new pass phrase ✓')
    expect(openForWorker(keys.worker, input, sealed).toString()).toBe('new pass phrase ✓')
    expect(() => openForWorker(keys.api, input, sealed)).toThrow(SealBroken)
    expect(() => openForWorker(others.worker, input, sealed)).toThrow(SealBroken)
    expect(sealForWorker(keys.api, input, 'x')).not.toEqual(sealForWorker(keys.api, input, 'x'))
  })

  it.each([
    ['tenantId', randomUUID()],
    ['verificationId', randomUUID()],
    ['kind', 'match_code'],
    ['row', randomUUID()],
  ])('M3, E1: moved to another %s it stays shut', (part, value) => {
    const sealed = sealForWorker(keys.api, input, 'secret')
    expect(() => openForWorker(keys.worker, { ...input, [part]: value }, sealed)).toThrow(SealBroken)
  })

  it('M3: any changed byte or a cut end keeps it shut', () => {
    const sealed = sealForWorker(keys.api, input, 'x')
    for (const at of sealed.keys()) {
      expect(() => openForWorker(keys.worker, input, flipped(sealed, at))).toThrow(SealBroken)
      expect(() => openForWorker(keys.worker, input, sealed.subarray(0, at))).toThrow(SealBroken)
    }
  })
})

describe('matchCode', () => {
  const of = { tenantId: randomUUID(), verificationId: randomUUID(), ordinal: 1 }

  it('C2: is derived alike in both processes, and from nothing that is stored', () => {
    expect(matchCode(keys.api, of)).toBe(matchCode(keys.worker, of))
    expect(matchCode(keys.api, of)).toMatch(/^\d{6}$/)
    const elsewhere = Array.from({ length: 50 }, (_, index) =>
      matchCode(keys.api, { ...of, ordinal: index + 2 }),
    )
    expect(new Set(elsewhere).size).toBeGreaterThan(40)
    expect(others.api.matchCode.equals(keys.api.matchCode)).toBe(false)
  })

  it('B6: uses all of its range evenly', () => {
    const counts = new Array<number>(10).fill(0)
    for (let ordinal = 0; ordinal < 20_000; ordinal += 1) {
      const first = Number(matchCode(keys.api, { ...of, ordinal })[0])
      counts[first] = (counts[first] ?? 0) + 1
    }
    // Mean 2,000, standard deviation 42: six of them.
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(255)
  })

  it('C16: codes of any length can be compared', () => {
    expect(sameCode('123456', '123456')).toBe(true)
    expect(sameCode('123456', '123457')).toBe(false)
    expect(sameCode('123456', '12345')).toBe(false)
  })
})

describe('signGrant', () => {
  const grant: GrantFields = {
    id: randomUUID(),
    tenantId: randomUUID(),
    verificationId: randomUUID(),
    personId: randomUUID(),
    directory: 'builtin',
    directoryId: 'uid-1',
    purpose: 'password_reset',
    policyVersion: 1,
    approvers: ['s1'],
    evidenceDigest: 'ab',
    sessionId: randomUUID(),
    issuedAt: '2026-01-01T10:00:00Z',
    expiresAt: '2026-01-01T10:15:00Z',
    waited: { scheduledAt: '2026-01-01T09:00:00Z', notBefore: '2026-01-01T09:30:00Z' },
  }

  it('G8: only the worker signs; both can check', () => {
    const signed = signGrant(keys.worker, grant)
    expect(verifyGrant(keys.api, grant, signed)).toBe(true)
    expect(verifyGrant(keys.worker, grant, signed)).toBe(true)
    expect(() => signGrant(keys.api, grant)).toThrow('cannot sign')
    expect(verifyGrant(others.worker, grant, signed)).toBe(false)
  })

  it('G8: a grant changed in any field, or a changed signature, does not verify', () => {
    const signed = signGrant(keys.worker, grant)
    for (const key of Object.keys(grant) as (keyof GrantFields)[]) {
      const others: Partial<Record<keyof GrantFields, unknown>> = { approvers: ['s2'], waited: null }
      const value = key in others ? others[key] : key.endsWith('At') ? '2026-01-01T10:10:00Z' : 'changed'
      expect(verifyGrant(keys.worker, { ...grant, [key]: value }, signed)).toBe(false)
    }
    expect(verifyGrant(keys.worker, grant, { ...signed, signature: flipped(signed.signature, 3) })).toBe(
      false,
    )
    expect(verifyGrant(keys.worker, grant, { ...signed, keyId: 'other' })).toBe(false)
  })
})
