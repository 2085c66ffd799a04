import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AuditEntry, canonicalEntry, chainStart, verifyChain } from './audit.ts'

const tenantId = randomUUID()
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

const append = (chain: readonly AuditEntry[], changes: Partial<AuditEntry> = {}): AuditEntry[] => {
  const before = chain.at(-1) ?? chainStart
  const payload = changes.payload ?? `{"n": ${String(before.seq)}}`
  const entry = {
    tenantId,
    seq: before.seq + 1,
    createdAt: `2026-01-01T10:00:00.${String(before.seq).padStart(6, '0')}Z`,
    eventId: randomUUID(),
    type: 'verification.created',
    version: 1,
    actorKind: 'agent',
    actorId: 'a1',
    actorName: before.seq % 2 === 0 ? 'Alex' : null,
    objectKind: 'verification',
    objectId: 'v1',
    occurredAt: '2026-01-01T09:59:59.000000Z',
    payload,
    payloadHash: sha256(payload),
    prevHash: before.hash,
    hash: '',
    ...changes,
  }
  return [...chain, { ...entry, hash: sha256(canonicalEntry(entry)) }]
}
const chain = Array.from({ length: 40 }).reduce<AuditEntry[]>((made) => append(made), [])
const head = { seq: 40, hash: chain[39]!.hash }
const places = chain.map((_, index) => index)

const edits: Partial<Record<keyof AuditEntry, string | number>> = {
  createdAt: '2026-01-01T11:00:00.000000Z',
  eventId: randomUUID(),
  type: 'verification.closed',
  version: 2,
  actorKind: 'system',
  actorId: 'a2',
  actorName: 'Someone else',
  objectKind: 'person',
  objectId: 'v2',
  occurredAt: '2026-01-01T09:00:00.000000Z',
  payload: '{"n": 99}',
  payloadHash: sha256('{"n": 99}'),
  prevHash: sha256('x'),
  hash: sha256('y'),
}

describe('verifyChain', () => {
  it('G2: a chain that nobody touched is whole, in one piece or in two', () => {
    expect(verifyChain(chain, { head })).toEqual({ ok: true, value: head })
    expect(verifyChain([], {})).toEqual({ ok: true, value: chainStart })
    const half = verifyChain(chain.slice(0, 20))
    expect(half.ok && verifyChain(chain.slice(20), { after: half.value, head })).toEqual({
      ok: true,
      value: head,
    })
    // More entries may have come since the trusted head was noted.
    expect(verifyChain(chain, { head: { seq: 30, hash: chain[29]!.hash } })).toEqual({
      ok: true,
      value: head,
    })
  })

  it.each(Object.entries(edits))('G5: a changed %s is found, at every place', (field, value) => {
    for (const place of places) {
      const changed = chain.map((entry, index) => (index === place ? { ...entry, [field]: value } : entry))
      expect(verifyChain(changed, { head })).toMatchObject({ ok: false, error: { seq: place + 1 } })
    }
  })

  it('G5: a payload replaced together with its hash is found', () => {
    const changed = chain.map((entry, i) =>
      i === 7 ? { ...entry, payload: '{}', payloadHash: sha256('{}') } : entry,
    )
    expect(verifyChain(changed)).toEqual({ ok: false, error: { seq: 8, problem: 'entry_changed' } })
  })

  it('G5: delete, insert, duplicate, reorder and a cut tail are found, at every place', () => {
    for (const place of places) {
      const without = chain.filter((_, index) => index !== place)
      expect(verifyChain(without, { head }).ok).toBe(false)
      const twice = chain.flatMap((entry, index) => (index === place ? [entry, entry] : [entry]))
      expect(verifyChain(twice, { head })).toMatchObject({
        error: { seq: place + 1, problem: 'gap_or_order' },
      })
      const inserted = [...append(chain.slice(0, place)), ...chain.slice(place)]
      expect(verifyChain(inserted, { head }).ok).toBe(false)
      const swapped = [
        ...chain.slice(0, place),
        ...chain.slice(place, place + 2).reverse(),
        ...chain.slice(place + 2),
      ]
      if (place < 39) expect(verifyChain(swapped, { head }).ok).toBe(false)
      const cut = chain.slice(0, place)
      expect(verifyChain(cut, { head })).toEqual({
        ok: false,
        error: { seq: place + 1, problem: 'tail_missing' },
      })
    }
  })

  it('G5: a tail rewritten and recomputed is found against the trusted head', () => {
    const rewritten = Array.from({ length: 10 }).reduce<AuditEntry[]>(
      (made) => append(made),
      chain.slice(0, 30),
    )
    expect(verifyChain(rewritten)).toMatchObject({ ok: true })
    expect(verifyChain(rewritten, { head })).toEqual({
      ok: false,
      error: { seq: 40, problem: 'entry_changed' },
    })
    expect(verifyChain(append(rewritten), { head })).toMatchObject({ ok: false })
  })

  it('G5: an entry of another tenant is found', () => {
    const spliced = append(chain, { tenantId: randomUUID() })
    expect(verifyChain(spliced)).toEqual({ ok: false, error: { seq: 41, problem: 'other_tenant' } })
  })

  it('G9: time that goes backwards is found, though every hash fits', () => {
    const early = append(chain, { createdAt: '2025-12-31T00:00:00.000000Z' })
    expect(verifyChain(early)).toEqual({ ok: false, error: { seq: 41, problem: 'time_goes_back' } })
  })

  it('G2: text cannot slide from one field into the next, and no name is not an empty name', () => {
    const one = chain[0]!
    const bytes = (changes: Partial<AuditEntry>) => canonicalEntry({ ...one, ...changes }).toString('hex')
    expect(bytes({ objectKind: 'ab', objectId: 'c' })).not.toBe(bytes({ objectKind: 'a', objectId: 'bc' }))
    expect(bytes({ actorName: null })).not.toBe(bytes({ actorName: '' }))
  })
})
