import { z } from 'zod'
import { languages } from '#domain/languages.ts'
import { actionStates, decisions, outcomes } from '#domain/verification/outcome.ts'
import { funnelSteps } from '#domain/verification/funnel.ts'
import { listColumns } from '#domain/verification/list-columns.ts'
import { states } from '#domain/verification/state.ts'
import { channels, purposes, tiers } from '#domain/verification/verification.ts'

/** Values that several surfaces share. */
export const Id = z.uuid()
/** ISO 8601 UTC, of the years that both databases can hold. */
export const Instant = z.iso
  .datetime()
  .refine((text) => /^(?:19|2[0-2])/.test(text), 'a year from 1900 to 2299')
export const Purpose = z.enum(purposes)
export const Channel = z.enum(channels)
export const Tier = z.enum(tiers)
export const State = z.enum(states)
export const Outcome = z.enum(outcomes)
export const Decision = z.enum(decisions)
export const ActionState = z.enum(actionStates)
export const FunnelStep = z.enum(funnelSteps)
export const ListColumn = z.enum(listColumns)
export const Rating = z.enum(['easy', 'hard'])
/** A silent check by its stable code (`NET_TOR_EXIT`). */
export const CheckCode = z
  .string()
  .regex(/^(?:NET|END|PER|CHA|POS)_[A-Z0-9_]{1,60}$/, 'not the code of a check')
export const Band = z.enum(['low', 'guarded', 'elevated', 'high'])
export const Category = z.enum(['network', 'endpoint', 'persona', 'challenge', 'possession'])
export const Verdict = z.enum(['correct', 'partial', 'incorrect', 'invalid', 'skipped'])
export const Recommendation = z.enum(['approve', 'hold', 'refuse'])

/** Control characters but tab and line feed, zero-width and bidirectional ones. */
const hiddenCharacters = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

/** Free text of staff: one line or a short paragraph, NFC, without control characters (K6). */
export const StaffText = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => !hiddenCharacters.test(text), 'no control or invisible characters'),
    )

/** A sentence by key with slots; the console's and portal's copy hold the words. */
export const Sentence = z.strictObject({
  key: z.string(),
  slots: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Sentence = z.infer<typeof Sentence>

/** The label of an option; the reader's language spells what is no text. */
export const OptionLabel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string(),
    names: z.partialRecord(z.enum(languages), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('quarter'), year: z.int(), quarter: z.int() }),
  z.strictObject({ kind: z.literal('month'), year: z.int(), month: z.int() }),
  z.strictObject({ kind: z.literal('weekday'), weekday: z.int() }),
  z.strictObject({ kind: z.literal('slot'), weekday: z.int(), hour: z.int() }),
])
export type OptionLabel = z.infer<typeof OptionLabel>
