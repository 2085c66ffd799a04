import { z } from 'zod'
import { selfHelpPurposes } from '#domain/verification/verification.ts'

/**
 * A person who has nothing yet types this: a login or a work address, and what they need. Nothing else is taken, and
 * the answer is the same for everybody (H1, C14).
 */
export const HelpInput = z.strictObject({
  who: z.string().trim().min(1).max(200),
  purpose: z.enum(selfHelpPurposes),
})
export type HelpInput = z.infer<typeof HelpInput>
