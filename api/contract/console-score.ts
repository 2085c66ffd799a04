/** The checks of a verification and what its score is made of. */
import { z } from 'zod'
import { Band, Category, Sentence } from './common.ts'

/** A sentence, or text that is the same in every language: a number, an address, what a browser calls itself. */
export const EvidenceValue = z.union([Sentence, z.string()])
export const Check = z.strictObject({
  code: z.string(),
  category: Category,
  group: z.string(),
  status: z.enum(['pass', 'info', 'flag', 'critical', 'unknown', 'not_applicable', 'error']),
  mode: z.enum(['live', 'shadow']),
  weight: z.number(),
  applied: z.number(),
  /** Plain words for a help desk manager; the console's copy has the words of each key. */
  text: Sentence,
  remedy: Sentence.nullable(),
  /** Only what this role may see without opening (sensitivity 0, or 1 for those with restricted evidence). */
  evidence: z.array(z.strictObject({ label: z.string(), value: EvidenceValue })),
  hiddenEvidence: z.int(),
  source: z.strictObject({ name: z.string(), version: z.string(), asOf: z.string().nullable() }),
})
export type Check = z.infer<typeof Check>

export const Score = z.strictObject({
  r: z.number(),
  rDecide: z.number(),
  band: Band,
  /** dB, all categories; plus speaks for the participant. */
  e: z.number(),
  categories: z.array(
    z.strictObject({
      category: Category,
      e: z.number(),
      r: z.number().nullable(),
      coverage: z.number().nullable(),
      /** dB, before the category's limit. */
      before: z.number(),
      /** Hits of one group damp each other: `counted` = weight × quality × factor, dB. */
      groups: z.array(
        z.strictObject({
          group: z.string(),
          hits: z.array(
            z.strictObject({
              code: z.string(),
              weight: z.number(),
              quality: z.number(),
              factor: z.number(),
              counted: z.number(),
            }),
          ),
        }),
      ),
    }),
  ),
  floors: z.array(z.strictObject({ code: z.string(), value: z.number(), text: Sentence })),
  /** Strongest first; `without` is R if this one had not been there. */
  reasons: z.array(
    z.strictObject({
      code: z.string(),
      category: Category,
      text: Sentence,
      applied: z.number(),
      without: z.number(),
    }),
  ),
})
export type Score = z.infer<typeof Score>
