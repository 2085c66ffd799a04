/** One-time codes by time (RFC 6238: SHA-1, six digits, thirty seconds), as every authenticator app makes them. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const periodMs = 30_000
const digits = 6
/** Steps that a clock may be off, either way (RFC 6238 section 5.2). */
const window = 1

/** The time step of a moment, milliseconds since 1970. */
export const stepAt = (ms: number): number => Math.floor(ms / periodMs)

/** The code of one step. */
export const codeAt = (secret: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[mac.length - 1] ?? 0) & 15
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step that a typed code belongs to; null: none that is near and later than `after`, the last one that was used. */
export const stepOfCode = (secret: Uint8Array, typed: string, ms: number, after: number): number | null => {
  if (!/^\d{6}$/.test(typed)) return null
  const now = stepAt(ms)
  for (let step = now - window; step <= now + window; step += 1) {
    const isSame = timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(typed))
    if (isSame && step > after) return step
  }
  return null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648), as apps take a secret. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '')
    .join('')
}
