import { describe, expect, it } from 'vitest'
import { createBurst } from './burst.ts'

describe('asking too often', () => {
  it('H6, H8: counts each network for itself, an IPv6 one by its /64, until its time is over', () => {
    let now = 0
    const isBurst = createBurst(2, 1_000, () => now)
    expect(['192.0.2.1', '192.0.2.1', '192.0.2.1'].map(isBurst)).toEqual([false, false, true])
    expect(isBurst('192.0.2.2')).toBe(false)
    expect(['2001:db8::1', '2001:db8::2', '2001:db8::3'].map(isBurst)).toEqual([false, false, true])
    now = 1_000
    expect(isBurst('192.0.2.1')).toBe(false)
  })
})
