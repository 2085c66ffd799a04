/** What the worker alone can sign (Ed25519, the key of grants), and everybody can check. */
import { sign, verify } from 'node:crypto'
import type { KeyRing } from './keys.ts'

/** A signature (Ed25519) and the key it was made with. */
export type GrantSignature = { readonly keyId: string; readonly signature: Buffer }

/** @throws Error in a process that holds no signing key */
export const signAsWorker = ({ grant }: KeyRing, bytes: Uint8Array): GrantSignature => {
  const keyId = grant.currentId
  const key = grant.byId.get(keyId)?.privateKey
  if (key === undefined) throw new Error('This process cannot sign: only the worker holds the key.')
  return { keyId, signature: sign(null, bytes, key) }
}

/** Whether these very bytes were signed with a key of ours. */
export const isSignedByWorker = (
  { grant }: KeyRing,
  bytes: Uint8Array,
  { keyId, signature }: GrantSignature,
): boolean => {
  const key = grant.byId.get(keyId)?.publicKey
  return key !== undefined && verify(null, bytes, key, signature)
}
