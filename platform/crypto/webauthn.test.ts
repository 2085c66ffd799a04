import { describe, expect, it } from 'vitest'
import { testKeys } from '../database/testing/factories.ts'
import { SealBroken } from './sealing.ts'
import { createAuthenticator, type Twist } from '../testing/authenticator.ts'
import {
  challengeOf,
  credentialIndex,
  openCredential,
  relyingPartyOf,
  sealCredential,
  verifyAssertion,
  verifyRegistration,
} from './webauthn.ts'

const party = { id: 'portal.example.org', origin: 'https://portal.example.org' }
const challenge = 'A'.repeat(43)
const wrong: readonly (readonly [string, Twist])[] = [
  ['another origin', { origin: 'https://portal.example.org.evil.example' }],
  ['another port', { origin: 'https://portal.example.org:8443' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['no user verification', { isVerified: false }],
  ['another challenge', { challenge: 'B'.repeat(43) }],
  ['another type', { type: 'payment.get' }],
]

describe('the relying party of a surface', () => {
  it('is its configured host, and none where that is an address', () => {
    expect(relyingPartyOf('http://portal.localhost:3710')).toEqual({
      id: 'portal.localhost',
      origin: 'http://portal.localhost:3710',
    })
    expect(relyingPartyOf('http://127.0.0.1:3710')).toBeNull()
    expect(relyingPartyOf('http://[::1]:3710')).toBeNull()
  })
})

describe('a new passkey', () => {
  it('gives its credential, without attestation', async () => {
    const key = createAuthenticator(party)
    expect(await verifyRegistration(key.register(challenge), challenge, party)).toEqual({
      credential: key.credential,
      signCount: 1,
    })
  })

  it.each(wrong)('is refused for %s', async (_name, twist) => {
    const key = createAuthenticator(party)
    expect(await verifyRegistration(key.register(challenge, twist), challenge, party)).toBeNull()
  })

  it('is refused when it is an answer to another ceremony', async () => {
    const key = createAuthenticator(party)
    const replayed = key.register(challenge, { type: 'webauthn.get' })
    expect(await verifyRegistration(replayed, challenge, party)).toBeNull()
    expect(
      await verifyRegistration({ ...key.register(challenge), attestationObject: 'AAAA' }, challenge, party),
    ).toBeNull()
  })
})

describe('a known passkey', () => {
  const key = createAuthenticator(party)
  const stored = { credential: key.credential, signCount: 0 }
  const judge = (twist: Twist, signCount = 0) =>
    verifyAssertion(key.assert(challenge, twist), challenge, party, { ...stored, signCount })

  it('is taken, and its counter kept', async () => {
    expect(await judge({ counter: 7 }, 6)).toEqual({ kind: 'good', signCount: 7 })
    // Passkeys that live in an account count nothing.
    expect(await judge({ counter: 0 })).toEqual({ kind: 'good', signCount: 0 })
  })

  it.each(wrong)('is refused for %s', async (_name, twist) => {
    expect(await judge(twist)).toEqual({ kind: 'refused' })
  })

  it('is a copy when its counter does not move on', async () => {
    expect(await judge({ counter: 7 }, 7)).toEqual({ kind: 'cloned' })
    expect(await judge({ counter: 0 }, 7)).toEqual({ kind: 'cloned' })
  })

  it('is refused with the signature of another key, or none', async () => {
    const other = createAuthenticator(party)
    const answer = { ...other.assert(challenge), id: key.id }
    expect(await verifyAssertion(answer, challenge, party, stored)).toEqual({ kind: 'refused' })
    const empty = { ...key.assert(challenge), signature: 'AAAA' }
    expect(await verifyAssertion(empty, challenge, party, stored)).toEqual({ kind: 'refused' })
    expect(await verifyAssertion(other.assert(challenge), challenge, party, stored)).toEqual({
      kind: 'refused',
    })
  })

  it('names the challenge that it answers, and none where nothing can be read', () => {
    expect(challengeOf(key.assert(challenge))).toBe(challenge)
    for (const clientDataJSON of ['', 'AAAA', Buffer.from('null').toString('base64url')])
      expect(challengeOf({ clientDataJSON })).toBe('')
  })
})

describe('a credential at rest', () => {
  const { worker: keys } = testKeys()
  const { credential } = createAuthenticator(party)
  const place = { tenantId: 'tenant-1', table: 'passkeys', ownerId: 'person-1', id: 'passkey-1' } as const
  const sealed = sealCredential(keys, place, credential)

  it('opens in its place', () => {
    expect(openCredential(keys, place, sealed)).toEqual(credential)
    expect(sealed.toString('latin1')).not.toContain(credential.id)
  })

  it.each([
    ['person', { ownerId: 'person-2' }],
    ['row', { id: 'passkey-2' }],
    ['tenant', { tenantId: 'tenant-2' }],
    ['table', { table: 'staff_passkeys' as const }],
  ])('E1: does not open moved to another %s', (_name, change) => {
    expect(() => openCredential(keys, { ...place, ...change }, sealed)).toThrow(SealBroken)
  })

  it('E3: is found by a keyed digest of its tenant', () => {
    const index = credentialIndex(keys, 'tenant-1', credential.id)
    expect(credentialIndex(keys, 'tenant-1', credential.id)).toEqual(index)
    expect(credentialIndex(keys, 'tenant-2', credential.id)).not.toEqual(index)
  })
})
