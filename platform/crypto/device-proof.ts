import { createHash, createPublicKey, verify } from 'node:crypto'
import { provenText, type Breach, type PageProof, type ProvenAct } from '#domain/risk/device-proof.ts'
import type { DeviceProof, ProbeReport } from '#domain/risk/probe.ts'

/** The digest by which a device key is remembered and compared: SHA-256 of its uncompressed point. */
export const deviceKeyDigest = (publicKey: string): Buffer =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest()

/** True if the browser signed the text with the key it names (ECDSA P-256, r || s, SHA-256). */
const isDeviceProofValid = (proof: DeviceProof, text: string): boolean => {
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
    return verify('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    // Not a point of the curve.
    return false
  }
}

/** The worth of the device key that a report names. */
export const proofOfReport = (
  report: Pick<ProbeReport, 'nonce' | 'origin' | 'device'> | undefined,
): 'valid' | 'invalid' | 'absent' => {
  if (!report?.device) return 'absent'
  const text = provenText.report(report.nonce, report.origin)
  return isDeviceProofValid(report.device, text) ? 'valid' : 'invalid'
}

/** The breach; `origin`: the address that the page was loaded from, where that is known and not ours. */
export type BreachFound = { readonly reason: Breach; readonly origin: string | null }

/** Nothing but a scheme, a host and a port gets into an event, whatever a page says of itself. */
const nameable = (origin: string): string | null =>
  /^https?:\/\/[a-z0-9.:[\]-]+$/.test(origin) ? origin : null

/** The breach of a page that was loaded from another address than ours: the owner of that address reads everything along. */
export const foreignPage = (origin: string, ours: string): BreachFound | null =>
  origin === ours ? null : { reason: 'foreign_page', origin: nameable(origin) }

/** The breach of the page on which a code was typed; null: none. */
export const breachOfPage = (
  { origin, device }: PageProof,
  ours: string,
  token: string,
): BreachFound | null => {
  const isForged = device !== null && !isDeviceProofValid(device, provenText.code(token, origin))
  return foreignPage(origin, ours) ?? (isForged ? { reason: 'wrong_key', origin: null } : null)
}

/**
 * The breach of an act in a session that has a key; null: none. The signature covers method, path, body and the
 * session's nonce: it is good for this very request, and a request that is repeated does what it did before.
 */
export const breachOfAct = (
  proof: string,
  act: ProvenAct,
  { deviceKey, ours }: { readonly deviceKey: string; readonly ours: string },
): BreachFound | null => {
  const [origin = '', signature = ''] = proof.split(' ')
  if (signature === '') return { reason: 'no_proof', origin: null }
  const isByKey = isDeviceProofValid({ publicKey: deviceKey, signature }, provenText.act(act, origin))
  return foreignPage(origin, ours) ?? (isByKey ? null : { reason: 'wrong_key', origin: null })
}
