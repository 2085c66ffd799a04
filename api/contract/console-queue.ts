import { z } from 'zod'
import { queueKinds } from '#domain/verification/queue.ts'
import { Band, Id, Instant, Purpose, Sentence } from './common.ts'

/** A case that waits for the caller. */
export const QueueItem = z.strictObject({
  kind: z.enum(queueKinds),
  id: Id,
  participant: z.strictObject({ id: Id, name: z.string(), email: z.string() }),
  purpose: Purpose,
  ticket: z.string().nullable(),
  band: Band.nullable(),
  referrerName: z.string(),
  since: Instant,
  /** When the case, or the first approval, runs out. */
  until: Instant,
  /** The name of the person who gave the first approval. */
  firstBy: z.string().nullable(),
  instruction: Sentence.nullable(),
})
export type QueueItem = z.infer<typeof QueueItem>

/** Cases that wait for the caller, what waits longest first. */
export const Queue = z.strictObject({ items: z.array(QueueItem), more: z.boolean() }).meta({ id: 'Queue' })
export type Queue = z.infer<typeof Queue>
