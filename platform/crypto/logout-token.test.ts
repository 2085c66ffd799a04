import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { readLogoutToken } from './logout-token.ts'

const keys = { own: await generateKeyPair('RS256'), other: await generateKeyPair('RS256') }
const expected = { issuer: 'https://id.example.org', audience: 'console' }
const event = 'http://schemas.openid.net/event/backchannel-logout'
const now = () => Math.floor(Date.now() / 1_000)

const claims = (): JWTPayload => ({
  iss: expected.issuer,
  aud: expected.audience,
  sub: 'staff-dana',
  jti: 'one',
  iat: now(),
  exp: now() + 120,
  events: { [event]: {} },
})
const sign = (payload: JWTPayload, key = keys.own.privateKey): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt' }).sign(key)
const read = (token: string) => readLogoutToken(token, () => keys.own.publicKey, expected)

const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name))

describe('F4, F7: a logout token', () => {
  it('that is as it must be names a person', async () => {
    expect(await read(await sign(claims()))).toEqual({ issuer: expected.issuer, subject: 'staff-dana' })
  })

  it.each<readonly [string, () => Promise<string> | string]>([
    ['signed with another key', () => sign(claims(), keys.other.privateKey)],
    ['without a signature', () => new UnsecuredJWT(claims()).encode()],
    [
      'signed with a shared secret',
      () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
    ],
    ['of another issuer', () => sign({ ...claims(), iss: 'https://evil.example' })],
    ['for another client', () => sign({ ...claims(), aud: 'another' })],
    ['that ended', () => sign({ ...claims(), iat: now() - 240, exp: now() - 120 })],
    ['that is old', () => sign({ ...claims(), iat: now() - 3_600 })],
    ['from the future', () => sign({ ...claims(), iat: now() + 3_600, exp: now() + 7_200 })],
    ['with a nonce, so an ID token', () => sign({ ...claims(), nonce: 'x' })],
    ['of another event', () => sign({ ...claims(), events: { 'urn:other': {} } })],
    ...['sub', 'jti', 'iat', 'exp', 'events'].map(
      (name) => [`without ${name}`, () => sign(without(name))] as const,
    ),
    ['that is none', () => 'no.token.at-all'],
  ])('%s is refused', async (_name, make) => {
    expect(await read(await make())).toBeNull()
  })

  it('keys that cannot be had are trouble, no refusal', async () => {
    const token = await sign(claims())
    await expect(
      readLogoutToken(token, () => Promise.reject(new TypeError('fetch failed')), expected),
    ).rejects.toThrow()
  })
})
