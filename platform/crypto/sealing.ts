/** Values at rest: sealed, indexed blindly, hashed or signed (C1, C2, E1 to E3, G8, M3). */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { canonicalGrant, type GrantFields } from '#domain/grant.ts'
import { deriveKey, type KeyRing } from './keys.ts'
import { isSignedByWorker, signAsWorker, type WorkerSignature } from './worker-signature.ts'

/** Where a sealed value lives. A ciphertext moved to another place does not open (E1). */
export type Place = {
  readonly tenantId: string
  readonly table: string
  readonly column: string
  /** The row's key within the tenant; a key of several parts joined by "/". */
  readonly row: string
}

/** A sealed value that was changed, moved, cut, or made with a key that is not here. Says nothing about the content. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

const format = 1
const ivBytes = 12
const tagBytes = 16

/** Each part as four bytes of length and its bytes: no two lists of parts look alike. */
export const lengthPrefixed = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part as string)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )

/** iv ‖ ciphertext ‖ tag under AES-256-GCM with a random 96-bit iv (E2: far below 2^32 values per tenant key). */
export const encrypt = (key: KeyObject, aad: Uint8Array, plaintext: string | Uint8Array): Buffer => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
  const body = Buffer.concat([cipher.update(Buffer.from(plaintext as string)), cipher.final()])
  return Buffer.concat([iv, body, cipher.getAuthTag()])
}

/** The reverse of `encrypt`. @throws SealBroken */
export const decrypt = (key: KeyObject, aad: Uint8Array, sealed: Buffer): Buffer => {
  if (sealed.length < ivBytes + tagBytes) throw new SealBroken('a sealed value is too short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(aad).setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)),
      decipher.final(),
    ])
  } catch {
    throw new SealBroken('a sealed value does not open in its place')
  }
}

/** version (1) ‖ length of the key id (1) ‖ key id: in front of every sealed value. */
export const header = (keyId: string): Buffer =>
  Buffer.concat([Buffer.from([format, keyId.length]), Buffer.from(keyId, 'ascii')])

/** Reads the header. @throws SealBroken when it is of another version */
export const splitHeader = (sealed: Buffer): { keyId: string; rest: Buffer } => {
  if (sealed[0] !== format) throw new SealBroken('a sealed value has an unknown form')
  const end = 2 + (sealed[1] ?? 0)
  return { keyId: sealed.subarray(2, end).toString('ascii'), rest: sealed.subarray(end) }
}

const dataKey = (ring: KeyRing, keyId: string, tenantId: string): KeyObject => {
  const master = ring.data.byId.get(keyId)
  if (master === undefined)
    throw new SealBroken('a sealed value needs a data key that is not in the key file')
  return deriveKey(master, 'data', tenantId)
}

const placeBytes = (keyId: string, { tenantId, table, column, row }: Place): Buffer =>
  lengthPrefixed('countersign.sealed.v1', keyId, tenantId, table, column, row)

/** Seals a value for one place in the database, under the tenant's current data key. */
export function seal(ring: KeyRing, place: Place, plaintext: string | Uint8Array): Buffer {
  const keyId = ring.data.currentId
  const body = encrypt(dataKey(ring, keyId, place.tenantId), placeBytes(keyId, place), plaintext)
  return Buffer.concat([header(keyId), body])
}

/** Opens a sealed value, under any key still in the ring. @throws SealBroken */
export function openSealed(ring: KeyRing, place: Place, sealed: Uint8Array): Buffer {
  const { keyId, rest } = splitHeader(Buffer.from(sealed))
  return decrypt(dataKey(ring, keyId, place.tenantId), placeBytes(keyId, place), rest)
}

/** Opens a sealed text. @throws SealBroken */
export const openSealedText = (ring: KeyRing, place: Place, sealed: Uint8Array): string =>
  openSealed(ring, place, sealed).toString('utf8')

/** The kinds of values that have a blind index. */
export type IndexedKind = 'phone' | 'phone_prefix' | 'email'

const keyedDigest = (key: KeyObject, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', key)
    .update(lengthPrefixed(...parts))
    .digest()

/**
 * The blind index by which a contact is found (E3). Equal values of one tenant have equal indexes, and nothing is
 * found across tenants or kinds. The value must be in its stored form: E.164, or a lower-case address.
 */
export const valueIndex = (ring: KeyRing, tenantId: string, kind: IndexedKind, value: string): Buffer =>
  keyedDigest(deriveKey(ring.lookup, 'lookup', tenantId), kind, value)

/** The kept form of a code of a printed sheet: bound to its person and its sheet, and worthless without the key. */
export const recoveryCodeDigest = (
  ring: KeyRing,
  of: { readonly tenantId: string; readonly personId: string; readonly sheetId: string },
  code: string,
): Buffer => keyedDigest(deriveKey(ring.lookup, 'recovery-code', of.tenantId), of.personId, of.sheetId, code)

/** Digest of a fact in the log of shown lists. */
export const factDigest = (ring: KeyRing, tenantId: string, family: string, value: string): Buffer =>
  keyedDigest(deriveKey(ring.disclosure, 'disclosure', tenantId), family, value)

/** Keyed digests, as hexadecimal, for cutting a tenant's values into cells; the parts name family and use. */
export const decoyDigest =
  (ring: KeyRing, tenantId: string) =>
  (...parts: readonly string[]): string =>
    keyedDigest(deriveKey(ring.decoy, 'decoy', tenantId), ...parts).toString('hex')

/** A pseudonym, 32 hexadecimal digits, of something without a row of its own; stable within a tenant and kind (E8). */
export const pseudonymOf = (ring: KeyRing, tenantId: string, kind: string, value: string): string =>
  keyedDigest(deriveKey(ring.pseudonym, 'pseudonym', tenantId), kind, value)
    .subarray(0, 16)
    .toString('hex')

/** A new token: 256 random bits, 43 characters, no structure (C1). */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The stored form of a token (C2, E5): SHA-256 of its text. That is enough, since a token cannot be guessed. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest()

/**
 * Signs a grant (G8). @throws Error in a process that holds no signing key: only the worker issues grants
 */
export function signGrant(ring: KeyRing, grant: GrantFields): WorkerSignature {
  return signAsWorker(ring, canonicalGrant(grant))
}

/** True if a grant is exactly as it was signed, with a key of ours. */
export function verifyGrant(ring: KeyRing, grant: GrantFields, signature: WorkerSignature): boolean {
  return isSignedByWorker(ring, canonicalGrant(grant), signature)
}
