import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testKeys } from '../database/testing/factories.ts'
import { bytesOfRecord, signed } from './worker-signature.ts'
import {
  isApprovalGenuine,
  isDecisionGenuine,
  isScheduleGenuine,
  signApproval,
  signDecision,
  signSchedule,
  type ApprovalFields,
  type DecisionFields,
  type ScheduleFields,
} from './signed-records.ts'

const { api, worker } = testKeys()
const others = testKeys()

const time = '2026-11-28T10:00:00.000Z'
const ids = { tenantId: 't', verificationId: 'v', personId: 'p' }
const approval: ApprovalFields = {
  ...{ ...ids, id: 'a', ordinal: 2, firstId: 'f', staffId: 's', screenHash: 'ab' },
  ...{ approvedAt: time, expiresAt: '2026-11-28T10:15:00.000Z' },
}
const decision: DecisionFields = {
  ...{ ...ids, purpose: 'password_reset', tier: 'standard', policyVersion: 3, approvers: ['s1', 's2'] },
  ...{ privilegeFound: 'none', evidenceDigest: 'cd', sessionId: 'x', decidedAt: time },
}
const schedule: ScheduleFields = {
  ...{ ...ids, purpose: 'mfa_reset', policyVersion: 3, approvers: ['s1', 's2'], evidenceDigest: 'cd' },
  ...{ sessionId: 'x', scheduledAt: time, waitSeconds: 600 },
}

/** Other values of a field of the same type, among them those that a careless form would take for it. */
const otherThan = (value: unknown): readonly unknown[] => {
  if (typeof value === 'number') return [value + 1, String(value)]
  if (Array.isArray(value))
    return [
      [],
      [...(value as string[]), ''],
      [(value as string[]).join(',')],
      [...(value as string[])].reverse().concat('s3'),
    ]
  return value === time || value === approval.expiresAt
    ? ['2026-11-28T10:00:00.001Z', '2026-11-28T11:00:00.000Z', 'never', '']
    : [`${String(value)} `, '', null]
}

describe.each([
  ['approval', approval, signApproval, isApprovalGenuine],
  ['decision', decision, signDecision, isDecisionGenuine],
  ['schedule', schedule, signSchedule, isScheduleGenuine],
] as const)('G8, T11: a signed %s', (_name, fields, sign, isGenuine) => {
  // Each pair takes its own kind of record; the rows above hold them together.
  const signAny = sign as (ring: typeof worker, fields: object) => ReturnType<typeof sign>
  const check = isGenuine as (ring: typeof api, fields: object, signature: ReturnType<typeof sign>) => boolean
  const signature = signAny(worker, fields)

  it('is genuine for both processes, however its times are written and whatever else its object holds', () => {
    expect(check(api, fields, signature)).toBe(true)
    expect(check(worker, fields, signature)).toBe(true)
    const offset = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        value === time ? '2026-11-28T11:00:00+01:00' : value,
      ]),
    )
    expect(check(api, { ...offset, more: 'unsigned' }, signature)).toBe(true)
  })

  it('can be signed by the worker alone', () => {
    expect(() => signAny(api, fields)).toThrow('cannot sign')
  })

  it.each(Object.keys(fields))('is worth nothing with another %s', (name) => {
    const value = (fields as Readonly<Record<string, unknown>>)[name]
    for (const other of otherThan(value)) {
      expect(check(api, { ...fields, [name]: other }, signature), JSON.stringify(other)).toBe(false)
    }
  })

  it('is worth nothing with another key or signature', () => {
    expect(check(others.api, fields, signature)).toBe(false)
    expect(check(api, fields, { ...signature, keyId: 'other' })).toBe(false)
    const flipped = Buffer.from(signature.signature)
    flipped.writeUInt8(flipped.readUInt8(3) ^ 1, 3)
    expect(check(api, fields, { ...signature, signature: flipped })).toBe(false)
  })
})

describe('the bytes of a record', () => {
  it('differ between kinds whose fields are the same', () => {
    const [one, other] = ['one', 'other'].map((label) => signed<{ id: string }>(label, { id: 'plain' }))
    const signature = one?.sign(worker, { id: 'a' })
    expect(signature && one?.isGenuine(api, { id: 'a' }, signature)).toBe(true)
    expect(signature && other?.isGenuine(api, { id: 'a' }, signature)).toBe(false)
  })

  // Few characters, so that lists, separators and quotes meet by chance; lone surrogates, which UTF-8 cannot write.
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', ',', '"', '\\', '[', ']', '\0', '\ud800', '\udfff'),
      maxLength: 4,
    }),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const value = fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 }))
  const record = fc.tuple(text, fc.array(fc.tuple(text, value), { maxLength: 4 }))
  const bytes = ([label, fields]: readonly [string, [string, string | number | string[] | null][]]) =>
    bytesOfRecord(label, fields).toString('hex')
  /** Says of two records whether they are the same, without the form under test. */
  const isSame = (one: unknown, other: unknown): boolean =>
    Array.isArray(one) && Array.isArray(other)
      ? one.length === other.length && one.every((part, index) => isSame(part, other[index]))
      : one === other

  it('are the same for the same record and for no other', () => {
    fc.assert(
      fc.property(record, record, (one, other) => {
        expect(bytes(one) === bytes(other)).toBe(isSame(one, other))
      }),
      { numRuns: 2_000 },
    )
  })

  it('differ as soon as one part of a record differs', () => {
    fc.assert(
      fc.property(record, value, fc.nat(3), ([label, fields], changed, at) => {
        const other = fields.map(([name, old], index): (typeof fields)[number] =>
          index === at ? [name, changed] : [name, old],
        )
        expect(bytes([label, other]) === bytes([label, fields])).toBe(isSame(other, fields))
      }),
      { numRuns: 2_000 },
    )
  })
})
