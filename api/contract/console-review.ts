import { z } from 'zod'
import { VerificationPanel, VerificationRow } from './console-verifications.ts'

/** A case without score, outcome and decision, and without anything that happened after it was scored. */
const ReviewCase = VerificationPanel.pick({
  participant: true,
  contactLabel: true,
  verdicts: true,
  device: true,
  deliveries: true,
  approvers: true,
  timeline: true,
}).extend({
  row: VerificationRow.pick({
    id: true,
    purpose: true,
    referrer: true,
    channel: true,
    contactMasked: true,
    ticket: true,
    startedAt: true,
  }),
  progress: VerificationPanel.shape.progress.pick({ route: true }),
})

/** The cases of the random sample that wait for a label by this member of staff, and the oldest of them. */
export const Review = z
  .strictObject({
    waiting: z.int(),
    next: ReviewCase.nullable(),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>
