/** An authenticator in software: makes ES256 credentials and signs, rightly or as a test wants it. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type {
  AssertionAnswer,
  PasskeyCredential,
  RegistrationAnswer,
  RelyingParty,
} from '../crypto/webauthn.ts'

/** The part of an answer that a test makes wrong. */
export type Twist = {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly challenge?: string
  /** False: nobody proved to be its owner. */
  readonly isVerified?: boolean
  readonly counter?: number
}

const userPresent = 0x01
const userVerified = 0x04
const attestedData = 0x40

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

const coseKey = (x: Buffer, y: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    x,
    Buffer.from([0x22, 0x58, 0x20]),
    y,
  ])

const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
const cborBytes = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x59, bytes.length >> 8, bytes.length & 0xff]), bytes])

/** Makes one credential of a relying party. */
export const createAuthenticator = (party: RelyingParty) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const cose = coseKey(Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url'))
  const rawId = randomBytes(32)
  const id = rawId.toString('base64url')
  let counter = 0

  const clientData = (type: string, challenge: string, twist: Twist): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: twist.type ?? type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? party.origin,
        crossOrigin: false,
      }),
    )
  const authData = (flags: number, twist: Twist, attested = Buffer.alloc(0)): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(twist.counter ?? (counter += 1))
    const verified = (twist.isVerified ?? true) ? userVerified : 0
    return Buffer.concat([
      sha256(twist.rpId ?? party.id),
      Buffer.from([flags | userPresent | verified]),
      count,
      attested,
    ])
  }
  return {
    id,
    credential: {
      id,
      publicKey: cose.toString('base64url'),
      transports: ['internal'],
    } satisfies PasskeyCredential,
    register: (challenge: string, twist: Twist = {}): RegistrationAnswer => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, cose])
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        cborBytes(authData(attestedData, twist, attested)),
      ])
      return {
        id,
        clientDataJSON: clientData('webauthn.create', challenge, twist).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      }
    },
    assert: (challenge: string, twist: Twist = {}): AssertionAnswer => {
      const client = clientData('webauthn.get', challenge, twist)
      const data = authData(0, twist)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        id,
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      }
    },
  }
}

/** The authenticator that a test uses. */
export type Authenticator = ReturnType<typeof createAuthenticator>
