/**
 * Values that the API takes and only the worker may read: a typed code, a new password (M3), the words of a search that goes
 * to the directories.
 * Sealed to the worker's X25519 key with a fresh pair each time, so that the API forgets how to open it at once.
 */
import { createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { KeyRing } from './keys.ts'
import { decrypt, encrypt, header, lengthPrefixed, SealBroken, splitHeader } from './sealing.ts'

/** Which row a sealed input is; one moved to another row, case or tenant does not open. */
export type InputPlace = {
  readonly tenantId: string
  /** A search in the directories has its own id here: it belongs to no case. */
  readonly verificationId: string
  readonly kind:
    | 'match_code'
    | 'second_code'
    | 'passkey'
    | 'provider_sign_in'
    | 'push'
    | 'recovery_code'
    | 'password'
    | 'approver_answer'
    | 'directory_search'
  readonly row: string
}

const publicBytes = 32

const rawOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')

const publicFrom = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') }, format: 'jwk' })

const placeBytes = (keyId: string, place: InputPlace): Buffer =>
  lengthPrefixed('countersign.input.v1', keyId, place.tenantId, place.verificationId, place.kind, place.row)

const sharedKey = (secret: Buffer, ephemeral: Buffer, worker: Buffer, place: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, Buffer.concat([ephemeral, worker]), place, 32)))

/** Seals for the worker. */
export function sealForWorker(ring: KeyRing, place: InputPlace, plaintext: string | Uint8Array): Buffer {
  const keyId = ring.inputs.currentId
  const worker = ring.inputs.byId.get(keyId)
  if (worker === undefined) throw new Error('There is no key to seal for the worker.')
  const pair = generateKeyPairSync('x25519')
  const ephemeral = rawOf(pair.publicKey)
  const secret = diffieHellman({ privateKey: pair.privateKey, publicKey: worker.publicKey })
  const aad = placeBytes(keyId, place)
  const key = sharedKey(secret, ephemeral, rawOf(worker.publicKey), aad)
  return Buffer.concat([header(keyId), ephemeral, encrypt(key, aad, plaintext)])
}

/** Opens what the API sealed. @throws SealBroken when changed or moved, or in a process without the private half */
export function openForWorker(ring: KeyRing, place: InputPlace, sealed: Uint8Array): Buffer {
  const { keyId, rest } = splitHeader(Buffer.from(sealed))
  const own = ring.inputs.byId.get(keyId)
  if (own?.privateKey === undefined) throw new SealBroken('a sealed input needs a key that is not here')
  const ephemeral = rest.subarray(0, publicBytes)
  const aad = placeBytes(keyId, place)
  const key = sharedKey(agree(own.privateKey, ephemeral), ephemeral, rawOf(own.publicKey), aad)
  return decrypt(key, aad, rest.subarray(publicBytes))
}

function agree(privateKey: KeyObject, ephemeral: Buffer): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey: publicFrom(ephemeral) })
  } catch {
    // Cut short, or a point that gives no secret.
    throw new SealBroken('a sealed input does not open in its place')
  }
}
