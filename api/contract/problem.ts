import { z } from 'zod'

/** An error, as application/problem+json (RFC 9457). No stack, SQL, provider text or echoed input. */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** A refusal code of the domain, or `invalid_input`, `unavailable`, `internal`. */
    code: z.string(),
    requestId: z.string(),
    /** Invalid input only: every field at fault, as a path, with what is wrong. */
    issues: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    /** Slots for the sentence of the code. */
    slots: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
