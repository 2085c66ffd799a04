import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter } from '@temporalio/common'
import { describe, expect, it } from 'vitest'
import { CodecKeyMissing, createCodec, sealedEncoding, type CodecKeys } from './codec.ts'

const key = new Uint8Array(randomBytes(32))
const old = new Uint8Array(randomBytes(32))
const keys = (known: Record<string, Uint8Array>, currentId = 'k2'): CodecKeys => ({
  currentId,
  keyFor: (id) => known[id],
})
const both = keys({ k1: old, k2: key })
const context = { type: 'workflow', namespace: 'n', workflowId: 'tenant-1/verification/v' } as const

const payload = (value: unknown) => defaultPayloadConverter.toPayload(value)

describe('payload codec', () => {
  it('gives back what it was given and hides it on the way', async () => {
    const codec = createCodec(both)
    const [sealed] = await codec.encode([payload({ contact: 'canary-4711' })], context)
    expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toContain('canary-4711')
    expect(new TextDecoder().decode(sealed?.metadata?.['encoding'] ?? new Uint8Array())).toBe(sealedEncoding)
    const [opened] = await codec.decode(sealed ? [sealed] : [])
    expect(defaultPayloadConverter.fromPayload(opened ?? payload(null))).toEqual({ contact: 'canary-4711' })
  })

  it('reads what an older key wrote', async () => {
    const [sealed] = await createCodec(keys({ k1: old }, 'k1')).encode([payload(1)], context)
    const [opened] = await createCodec(both).decode(sealed ? [sealed] : [])
    expect(defaultPayloadConverter.fromPayload(opened ?? payload(null))).toBe(1)
  })

  it('rejects with a retryable error while the key is missing', async () => {
    const [sealed] = await createCodec(both).encode([payload(1)], context)
    const error = await createCodec(keys({}))
      .decode(sealed ? [sealed] : [])
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CodecKeyMissing)
  })

  it('refuses a payload that was moved to another tenant', async () => {
    const codec = createCodec(both)
    const [sealed] = await codec.encode([payload(1)], context)
    const moved = { ...sealed, metadata: { ...sealed?.metadata, tenant: new TextEncoder().encode('other') } }
    await expect(codec.decode([moved])).rejects.toThrow()
  })

  it('takes the empty payload of a void answer as protobuf gives it', async () => {
    const codec = createCodec(both)
    const empty = { ...payload(undefined), data: [] as unknown as Uint8Array }
    const [opened] = await codec.decode(await codec.encode([empty], context))
    expect(defaultPayloadConverter.fromPayload(opened ?? payload(1))).toBeUndefined()
  })

  it('opens what is of no tenant, whose empty name protobuf gives as an empty array', async () => {
    const codec = createCodec(both)
    const ofNone = { ...context, workflowId: 'countersign-maintenance-contacts' }
    const [sealed] = await codec.encode([payload(7)], ofNone)
    const given = { ...sealed, metadata: { ...sealed?.metadata, tenant: [] as unknown as Uint8Array } }
    const [opened] = await codec.decode([given])
    expect(defaultPayloadConverter.fromPayload(opened ?? payload(null))).toBe(7)
  })

  it('never uses an IV twice', async () => {
    const many = await createCodec(both).encode(
      Array.from({ length: 1000 }, () => payload('same')),
      context,
    )
    expect(
      new Set(
        many.map((p) =>
          Buffer.from(p.data ?? [])
            .toString('hex')
            .slice(0, 24),
        ),
      ).size,
    ).toBe(1000)
  })

  it('passes unknown encodings through', async () => {
    expect(await createCodec(both).decode([payload('plain')])).toEqual([payload('plain')])
  })
})
