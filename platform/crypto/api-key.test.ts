import { describe, expect, it } from 'vitest'
import { isApiKey, newApiKey } from './api-key.ts'

describe('E5: the key of an API client', () => {
  it('E5: begins with one prefix, holds 256 random bits, and ends with a checksum over both', () => {
    const keys = Array.from({ length: 200 }, newApiKey)
    expect(new Set(keys).size).toBe(200)
    for (const key of keys) {
      expect(key).toMatch(/^countersign_key_[A-Za-z0-9_-]{43}[0-9a-f]{8}$/)
      expect(Buffer.from(key.slice(16, 59), 'base64url')).toHaveLength(32)
      expect(isApiKey(key)).toBe(true)
    }
  })

  it('E5: differs from a text with one character changed, cut off or added, anywhere', () => {
    const key = newApiKey()
    for (let at = 0; at < key.length; at += 1) {
      const other = key[at] === 'a' ? 'b' : 'a'
      expect(isApiKey(key.slice(0, at) + other + key.slice(at + 1)), String(at)).toBe(false)
    }
    for (const text of [
      '',
      key.slice(1),
      key.slice(0, -1),
      `${key}0`,
      ` ${key}`,
      `${key}\n`,
      key.toUpperCase(),
    ])
      expect(isApiKey(text)).toBe(false)
  })
})
