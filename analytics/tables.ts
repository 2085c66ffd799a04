import { z } from 'zod'
import type { Table } from './client.ts'
import { columnShape } from './fields.ts'

/** `2026-03-01 09:00:00.000`, UTC: how ClickHouse reads a time. */
const Time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/)
/** Empty where an event does not say. */
const Word = z.string().max(80)

/** Numbers as their columns hold them; a larger one would wrap round there. */
const Count = z.int().min(0).max(255)
const Tenths = z.int().min(0).max(100)

/** One event, flat: the columns of `events` (migrations/schema.ts). */
const EventRow = z.strictObject({
  tenant_id: z.uuid(),
  verification_id: z.guid(),
  type: Word,
  event_id: z.uuid(),
  version: z.int(),
  occurred_at: Time,
  recorded_at: Time,
  ...columnShape,
})
export type EventRow = z.infer<typeof EventRow>

/**
 * The part that one event adds to its verification: the columns of `verifications`. Those that it says nothing of are
 * absent.
 */
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
      risk_tenths: Tenths,
      band: Word,
      correct: Count,
      judged: Count,
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

/** The table of verifications, one row each. */
export const verifications: Table<typeof FactRow> = { name: 'verifications', row: FactRow }

/** Up to when everything recorded is in. */
export const progress: Table<typeof ProgressRow> = { name: 'relay_progress', row: ProgressRow }
