/** The worker alone can sign this way (Ed25519, the key of grants), and everybody can check. */
import { sign, verify } from 'node:crypto'
import type { KeyRing } from './keys.ts'

/** A signature (Ed25519) and the key it was made with. */
export type WorkerSignature = { readonly keyId: string; readonly signature: Buffer }

/** @throws Error in a process that holds no signing key */
export const signAsWorker = ({ grant }: KeyRing, bytes: Uint8Array): WorkerSignature => {
  const keyId = grant.currentId
  const key = grant.byId.get(keyId)?.privateKey
  if (key === undefined) throw new Error('This process cannot sign: only the worker holds the key.')
  return { keyId, signature: sign(null, bytes, key) }
}

/** True if these very bytes were signed with a key of ours. */
export const isSignedByWorker = (
  { grant }: KeyRing,
  bytes: Uint8Array,
  { keyId, signature }: WorkerSignature,
): boolean => {
  const key = grant.byId.get(keyId)?.publicKey
  return key !== undefined && verify(null, bytes, key, signature)
}

type Value = string | number | null | readonly string[]
type Values<Fields> = Readonly<Record<keyof Fields, Value>>

/** The bytes of a record: two that differ in label, in a field's name or in its value have different bytes. */
export const bytesOfRecord = (label: string, fields: readonly (readonly [string, Value])[]): Buffer =>
  Buffer.from(JSON.stringify([label, fields]))

/** The form in which a field is signed: as it is, or as the moment that it names, however that is written. */
type Forms<Fields> = Readonly<Record<keyof Fields & string, 'plain' | 'time'>>

/**
 * A kind of record that the worker signs. Every field has its form here, in the order in which it is signed; what else an
 * object holds is not signed.
 */
export const signed = <Fields extends Values<Fields>>(label: string, forms: Forms<Fields>) => {
  const names = Object.keys(forms) as (keyof Fields & string)[]
  const valueOf = (fields: Fields, name: keyof Fields & string): Value => {
    const at = forms[name] === 'time' ? Date.parse(String(fields[name])) : NaN
    return Number.isNaN(at) ? fields[name] : at
  }
  const bytesOf = (fields: Fields): Buffer =>
    bytesOfRecord(
      label,
      names.map((name) => [name, valueOf(fields, name)]),
    )
  return {
    /** @throws Error in a process that holds no signing key: only the worker signs */
    sign: (ring: KeyRing, fields: Fields): WorkerSignature => signAsWorker(ring, bytesOf(fields)),
    /** True if a record is exactly as it was signed, with a key of ours. */
    isGenuine: (ring: KeyRing, fields: Fields, signature: WorkerSignature): boolean =>
      isSignedByWorker(ring, bytesOf(fields), signature),
  }
}
