import { describe, expect, it } from 'vitest'
import { roomFor, type Holder } from './live-room.ts'

const limits = { streams: 12, perSession: 5 }
type Stream = Holder & { readonly at: number }

const streams = (...held: readonly (readonly [tenantId: string, sessionId: string, count: number])[]) =>
  held
    .flatMap(([tenantId, sessionId, count]) => Array.from({ length: count }, () => ({ tenantId, sessionId })))
    .map((one, at): Stream => ({ ...one, at }))
const room = (held: readonly Stream[], tenantId: string, sessionId: string) =>
  roomFor(held, { tenantId, sessionId }, limits)

describe('room for a stream of changes', () => {
  it('is there for five streams of a session; the sixth takes the place of the oldest', () => {
    const held = streams(['a', 'other', 1], ['a', 'mine', 4])
    expect(room(held, 'a', 'mine')).toBeNull()
    expect(room(streams(['a', 'other', 1], ['a', 'mine', 5]), 'a', 'mine')).toMatchObject({ at: 1 })
  })

  it('is made at the tenant that holds most, where the process is full', () => {
    const held = streams(['small', 's', 2], ['large', 'one', 4], ['large', 'two', 5], ['large', 'three', 1])
    expect(room(held, 'new', 'n')).toMatchObject({ tenantId: 'large', sessionId: 'two', at: 6 })
    expect(room(held, 'small', 't')).toMatchObject({ tenantId: 'large', sessionId: 'two' })
  })

  it('is made at the session that holds most, where the own tenant holds most', () => {
    const held = streams(['a', 'greedy', 5], ['a', 'also', 5], ['b', 'one', 2])
    expect(room(held, 'a', 'colleague')).toMatchObject({ sessionId: 'greedy', at: 0 })
  })

  it('ends where only as small a share as the own could go', () => {
    const alone = streams(...Array.from({ length: 12 }, (_, n) => ['a', String(n), 1] as const))
    expect(room(alone, 'a', 'new')).toBe('full')
    const tenants = streams(...Array.from({ length: 12 }, (_, n) => [String(n), String(n), 1] as const))
    expect(room(tenants, '0', '0')).toBe('full')
    expect(room(tenants, 'new', 'n')).toBe('full')
  })

  it('lets every tenant open one stream, whatever the others hold', () => {
    let held = streams(['greedy', 'g1', 5], ['greedy', 'g2', 5], ['greedy', 'g3', 2])
    for (let n = 0; n < 11; n += 1) {
      const tenantId = `t${String(n)}`
      const leaves = room(held, tenantId, tenantId)
      expect(leaves).not.toBe('full')
      held = [...held.filter((one) => one !== leaves), { tenantId, sessionId: tenantId, at: 100 + n }]
    }
    expect(new Set(held.map(({ tenantId }) => tenantId)).size).toBe(12)
  })
})
