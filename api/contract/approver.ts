import { z } from 'zod'
import { Instant, Purpose } from './common.ts'
import { Brand, Token } from './portal.ts'

/** Before the sign-in nothing is said about anybody. */
export const ApproverStart = z.strictObject({ brand: Brand }).meta({ id: 'ApproverStart' })
export type ApproverStart = z.infer<typeof ApproverStart>
export const ApproverTokenInput = z.strictObject({ token: Token })
/** Where the browser has to go to sign in. */
export const ApproverSignIn = z.strictObject({ url: z.url() }).meta({ id: 'ApproverSignIn' })
export type ApproverSignIn = z.infer<typeof ApproverSignIn>

/** The request of an approver: who asks for what; only for the approver who signed in (D4). */
export const ApproverRequest = z
  .strictObject({
    brand: Brand,
    approverName: z.string(),
    /** The relation by which the approver comes to be asked. */
    as: z.enum(['manager', 'named']),
    participant: z.strictObject({
      name: z.string(),
      title: z.string().nullable(),
      department: z.string().nullable(),
    }),
    purpose: Purpose,
    /** The agent who handles it; null where the participant began it alone. */
    agentName: z.string().nullable(),
    ticket: z.string().nullable(),
    startedAt: Instant,
    secondsLeft: z.int(),
    triesLeft: z.int(),
    /** Hash of all of this: what an answer is bound to. */
    screenHash: z.string(),
  })
  .meta({ id: 'ApproverRequest' })
export type ApproverRequest = z.infer<typeof ApproverRequest>

const screenHash = z.string().regex(/^[0-9a-f]{64}$/)
/** A yes needs the two digits that the participant sees; the others need nothing. */
export const ApproverAnswerInput = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('yes'), digits: z.string().regex(/^\d{2}$/), screenHash }),
  z.strictObject({ answer: z.literal('no'), screenHash }),
  z.strictObject({ answer: z.literal('not_sure'), screenHash }),
])
/** Wrong digits are an answer, not an error: the page stays, with one try less. */
export const ApproverAnswered = z
  .strictObject({ accepted: z.boolean(), triesLeft: z.int() })
  .meta({ id: 'ApproverAnswered' })
export type ApproverAnswered = z.infer<typeof ApproverAnswered>
