import { z } from 'zod'
import { Channel, Instant } from './common.ts'

/** How somebody comes to be asked: by the directory, or because admins named them for it. */
const Relation = z.enum(['manager', 'named'])

/** Somebody who was asked to vouch in a case. */
export const AskedApprover = z.strictObject({
  relation: Relation,
  /** Null for those who may not see restricted evidence. */
  name: z.string().nullable(),
  askedAt: Instant,
  /** Until then it can be answered. */
  expiresAt: Instant,
  answer: z.enum(['waiting', 'yes', 'no', 'not_sure', 'silent']),
  answeredAt: Instant.nullable(),
  /** Where the request went; null where nothing was sent. */
  channel: Channel.nullable(),
  contactMasked: z.string().nullable(),
  delivery: z.string().nullable(),
})
export type AskedApprover = z.infer<typeof AskedApprover>

/** Whoever would be asked now. Chosen from the directory, never by who asks. */
export const NextApprover = z.strictObject({ relation: Relation, name: z.string().nullable() })

/** `pending`: it is on its way, and the page shows it when it is there. */
export const ApproverAsked = z
  .strictObject({ status: z.enum(['asked', 'pending']) })
  .meta({ id: 'ApproverAsked' })
export type ApproverAsked = z.infer<typeof ApproverAsked>
