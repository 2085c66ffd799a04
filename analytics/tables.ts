import { z } from 'zod'
import type { Table } from './client.ts'

/** `2026-03-01 09:00:00.000`, UTC: how ClickHouse reads a time. */
const Time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/)
/** Empty where an event does not say. */
const Word = z.string().max(80)

/** Numbers as their columns hold them; a larger one would wrap round there. */
export const UInt8 = z.int().min(0).max(255)
export const UInt16 = z.int().min(0).max(65_535)
export const UInt32 = z.int().min(0).max(4_294_967_295)
const Flag = z.boolean().nullable()

/** One event, flat: the columns of `events` (migrations/0001-events.ts). */
const EventRow = z.strictObject({
  tenant_id: z.uuid(),
  verification_id: z.guid(),
  type: Word,
  event_id: z.uuid(),
  version: z.int(),
  occurred_at: Time,
  recorded_at: Time,
  actor_kind: Word,
  actor_id: Word,
  pseudonym: Word,
  purpose: Word,
  tier: Word,
  channel: Word,
  referrer_kind: Word,
  referrer_id: Word,
  outcome: Word,
  decision: Word,
  recommendation: Word,
  band: Word,
  route: Word,
  family: Word,
  verdict: Word,
  status: Word,
  rating: Word,
  label: Word,
  reasons: z.array(Word),
  risk_tenths: UInt8.nullable(),
  decide_tenths: UInt8.nullable(),
  correct: UInt8.nullable(),
  partial: UInt8.nullable(),
  incorrect: UInt8.nullable(),
  invalid: UInt8.nullable(),
  skipped: UInt8.nullable(),
  position: UInt8.nullable(),
  ordinal: UInt16.nullable(),
  tries: UInt16.nullable(),
  seconds_tenths: UInt32.nullable(),
  extensions: UInt16.nullable(),
  accepted: Flag,
  timed_out: Flag,
  too_few: Flag,
  scanner_like: Flag,
})
export type EventRow = z.infer<typeof EventRow>

/** What one event adds to its verification: the columns of `verifications`. Those that it says nothing of are absent. */
const FactRow = z.strictObject({
  tenant_id: z.uuid(),
  started_at: Time,
  verification_id: z.uuid(),
  about: z.strictObject({
    at: Time,
    purpose: Word,
    tier: Word,
    channel: Word,
    referrer_kind: Word,
    referrer_id: Word,
  }),
  sent_at: Time.optional(),
  delivered_at: Time.optional(),
  seen_at: Time.optional(),
  opened_at: Time.optional(),
  answered_at: Time.optional(),
  scoring: z
    .strictObject({
      at: Time,
      risk_tenths: UInt8.max(100),
      band: Word,
      correct: UInt8,
      judged: UInt8,
      reasons: z.array(Word),
    })
    .optional(),
  closing: z.strictObject({ at: Time, outcome: Word }).optional(),
  acting: z.strictObject({ at: Time, action: Word }).optional(),
  feedback: z.strictObject({ at: Time, rating: Word }).optional(),
  labelling: z.strictObject({ at: Time, label: Word }).optional(),
})
export type FactRow = z.infer<typeof FactRow>

const ProgressRow = z.strictObject({ name: Word, as_of: Time })

/** Every event once. */
export const events: Table<typeof EventRow> = { name: 'events', row: EventRow }

/** What is known of each verification. */
export const verifications: Table<typeof FactRow> = { name: 'verifications', row: FactRow }

/** Up to when everything recorded is in. */
export const progress: Table<typeof ProgressRow> = { name: 'relay_progress', row: ProgressRow }
