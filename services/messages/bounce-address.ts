/**
 * The return path of a mail: an address of its own for each delivery, so that a bounce says by itself what it is about
 * (variable envelope return path). Nobody can make up one: it carries a keyed digest of the delivery's id (Q2).
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey, type KeyRing } from '#platform/crypto/keys.ts'

/** Lower-case base 32 (RFC 4648): mail servers may change the case of an address. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const tagBytes = 10

const toBase32 = (bytes: Buffer): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => letters.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
    .join('')
}

const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

const tagOf = (keys: Pick<KeyRing, 'lookup'>, id: Buffer): Buffer =>
  createHmac('sha256', deriveKey(keys.lookup, 'bounce', 'install'))
    .update(id)
    .digest()
    .subarray(0, tagBytes)

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const address = /^b\.([a-z2-7]{42})@([a-z0-9.-]+)$/

/** The return path of a delivery; null where its id is none of ours. */
export const bounceAddress = (
  keys: Pick<KeyRing, 'lookup'>,
  deliveryId: string,
  domain: string,
): string | null => {
  if (!uuid.test(deliveryId)) return null
  const id = Buffer.from(deliveryId.replaceAll('-', ''), 'hex')
  return `b.${toBase32(Buffer.concat([id, tagOf(keys, id)]))}@${domain}`
}

/** The delivery that an address is the return path of; null where we did not make it. */
export const readBounceAddress = (
  keys: Pick<KeyRing, 'lookup'>,
  text: string,
  domain: string,
): string | null => {
  const [, code = '', host] = address.exec(text.toLowerCase()) ?? []
  if (host !== domain) return null
  const bytes = fromBase32(code)
  const id = bytes.subarray(0, 16)
  if (!timingSafeEqual(bytes.subarray(16, 16 + tagBytes), tagOf(keys, id))) return null
  const hex = id.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
