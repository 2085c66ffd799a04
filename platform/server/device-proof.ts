import { createHash, createPublicKey, verify } from 'node:crypto'
import type { DeviceProof } from '#domain/risk/probe.ts'

/** What a device key is remembered and compared by: SHA-256 of its uncompressed point. */
export const deviceKeyDigest = (publicKey: string): Buffer =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest()

/** Whether the browser signed the nonce with the key it names (ECDSA P-256, r || s, SHA-256). */
export const isDeviceProofValid = (proof: DeviceProof, nonce: string): boolean => {
  const point = Buffer.from(proof.publicKey, 'base64url')
  if (point.length !== 65 || point[0] !== 4) return false
  try {
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    })
    const signature = Buffer.from(proof.signature, 'base64url')
    return verify('sha256', Buffer.from(nonce, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    // Not a point of the curve.
    return false
  }
}
