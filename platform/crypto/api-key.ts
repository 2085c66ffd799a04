import { crc32 } from 'node:zlib'
import { newToken } from './sealing.ts'

/** Every key begins with this, so that scanners for leaked secrets know it (E5). */
const prefix = 'countersign_key_'

const form = /^countersign_key_[\w-]{43}[0-9a-f]{8}$/

/** Tells a key from what only looks like one, without a look into any database. */
const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0')

/** A new key of an API client: prefix, 256 random bits, CRC-32 of both as eight hexadecimal digits. */
export const newApiKey = (): string => {
  const text = prefix + newToken()
  return text + checksum(text)
}

/** True if a text can be a key at all. */
export const isApiKey = (text: string): boolean =>
  form.test(text) && checksum(text.slice(0, -8)) === text.slice(-8)
